"""JavaScript of the marked text: mentions by mouse and keyboard, and which words are selected."""

#: Tells `index` and `value`: the place of a mention and `choose` or `drop`, or the selected words,
#: in code points, and `add` or `move`. The browser counts UTF-16 units, Python characters.
MARKS = """
const text = () => element.querySelector('.running');
const points = (part) => Array.from(part).length;
let chosen = null;
const note = (value) => {
  chosen = value;
  element.querySelectorAll('[data-action=add], [data-action=move]').forEach((button) => {
    button.disabled = !chosen;
  });
};
const inField = (field) => {
  const {selectionStart: start, selectionEnd: end, value} = field;
  if (start === end || value !== text().textContent) return null;
  return [points(value.slice(0, start)), points(value.slice(0, end))];
};
const inText = () => {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (!range || range.collapsed || !text().contains(range.commonAncestorContainer)) return null;
  const before = range.cloneRange();
  before.selectNodeContents(text());
  before.setEnd(range.startContainer, range.startOffset);
  const start = points(before.toString());
  return [start, start + points(range.toString())];
};
document.addEventListener('selectionchange', () => {
  if (!text()) return;
  const field = document.querySelector('#text-field textarea');
  const found = document.activeElement === field ? inField(field) : inText();
  if (found) note(found);
  else if (document.activeElement === field || text().contains(getSelection().anchorNode))
    note(null);
});
const send = (index, value) => {
  window.mimicText = {value, keyboard: text().contains(document.activeElement)};
  trigger('select', {index, value});
};
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-action]');
  const mark = event.target.closest('mark');
  const action = button?.dataset.action;
  if (action === 'add' || action === 'move') {
    if (chosen) send(chosen, action);
    note(null);
  } else if (button) send(-1, action);
  else if (mark && getSelection().isCollapsed) send(Number(mark.dataset.index), 'choose');
});
element.addEventListener('keydown', (event) => {
  const mark = event.target.closest('mark');
  if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = [...text().querySelectorAll('mark')], at = all.indexOf(mark);
  const next = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
    Home: 0, End: all.length - 1}[event.key];
  const action = {Enter: 'choose', ' ': 'choose', Delete: 'drop', Backspace: 'drop'}[event.key];
  if (next === undefined && !action) return;
  event.preventDefault();
  if (action) send(at, action);
  else if (all[next]) {
    all.forEach((one) => one.tabIndex = one === all[next] ? 0 : -1);
    all[next].focus();
  }
});
"""

#: After a change the keyboard is where it was, and on a narrow screen a ranking comes into view.
AFTER = """
() => {
  const {value, keyboard} = window.mimicText || {};
  if (keyboard) document.querySelector('#text-view mark[tabindex="0"]')
    ?.focus({preventScroll: true});
  const part = document.querySelector('#text-ranking');
  if (value !== 'choose' || !part?.firstElementChild) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (part.getBoundingClientRect().top > window.innerHeight - 160)
    part.scrollIntoView({behavior: calm ? 'auto' : 'smooth', block: 'start'});
}
"""

#: Marks the text below as that of another field, or not.
STALE = "() => { document.querySelector('#text-work').dataset.stale = '%s'; }"
