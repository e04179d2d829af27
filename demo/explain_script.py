"""JavaScript of the explanation: what a word or a patch interacts with, bare pictures, files."""

#: Nothing but a file is asked of the server; what is drawn is in the section's `data-pairs`.
EXPLAIN = r"""
const digits = (number, top) => number.toFixed(top < 0.1 ? 3 : 2);
const minus = (number, top) => digits(number, top).replace('-', '\u2212').replace(/^(?=\d)/, '+');
const dark = (plus, strength) => {
  const end = plus ? [230, 97, 1] : [44, 96, 178];
  const line = end.map((c) => (255 + strength * (c - 255)) / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2] < 0.179;
};
const NUMBERED = 30;  // strongest parts, whose patches carry a number
const parts = (side) => element.querySelectorAll(`figure[data-side=${side}] [data-element]`);
const named = (part) => part.getAttribute('aria-label') || part.querySelector('b').textContent;
const clear = () => {
  element.querySelectorAll('.answers').forEach((side) => side.classList.remove('answers'));
  element.querySelectorAll('[data-element]').forEach((part) => {
    part.setAttribute('aria-pressed', 'false');
    if (part.matches('.cell')) {
      part.setAttribute('class', 'cell');
      part.setAttribute('fill-opacity', 0);
      part.nextElementSibling.textContent = '';
    } else if (part.dataset.before) {
      const [kind, style, text] = JSON.parse(part.dataset.before);
      part.className = kind;
      part.setAttribute('style', style);
      part.querySelector('small').textContent = text;
    }
  });
  const said = element.querySelector('.picked [role=status]');
  if (said) said.textContent = said.dataset.hint;
  element.querySelectorAll('[data-clear]').forEach((button) => button.hidden = true);
};
const paint = (part, value, top, numbered) => {
  const strength = top ? Math.min(1, Math.abs(value) / top) : 0;
  const edge = strength < 0.1 ? '' : value < 0 ? ' edge dashed' : ' edge';
  const kind = (value < 0 ? 'minus' : 'plus') + edge;
  if (part.matches('.cell')) {
    part.setAttribute('class', 'cell ' + kind);
    part.setAttribute('fill-opacity', strength.toFixed(2));
    part.nextElementSibling.textContent = numbered && strength >= 0.1 ? minus(value, top) : '';
    return;
  }
  part.dataset.before ||= JSON.stringify(
    [part.className, part.getAttribute('style'), part.querySelector('small').textContent]);
  const deep = dark(value >= 0, strength) ? ' deep' : '';
  part.className = 'chip ' + kind + deep + (strength < 0.1 ? ' faint' : '');
  part.setAttribute('style', `--s:${(100 * strength).toFixed(0)}%`);
  part.querySelector('small').textContent = minus(value, top);
};
const pick = (part) => {
  const again = part.getAttribute('aria-pressed') === 'true';
  const section = element.querySelector('[data-pairs]');
  const side = part.closest('figure').dataset.side;
  const other = side === 'mention' ? 'entity' : 'mention';
  clear();
  const answering = [...parts(other)];
  if (again || !answering.length) return;
  const cells = JSON.parse(section.dataset.pairs);
  const number = Number(part.dataset.element);
  const values = side === 'mention' ? cells[number] : cells.map((row) => row[number]);
  const shown = answering.map((one) => [one, values[Number(one.dataset.element)]]);
  shown.sort((one, two) => Math.abs(two[1]) - Math.abs(one[1]));
  const top = Math.abs(shown[0][1]);
  shown.forEach(([one, value], place) => paint(one, value, top, place < NUMBERED));
  element.querySelector(`figure[data-side=${other}]`).classList.add('answers');
  part.setAttribute('aria-pressed', 'true');
  const list = shown.slice(0, 3).filter(([, value]) => value)
    .map(([one, value]) => `${named(one)} ${minus(value, top)}`).join('; ');
  const sum = values.reduce((one, two) => one + two, 0);
  const fill = {
    name: named(part), sum: minus(sum, top), top: digits(top, top), list: list || '0'};
  element.querySelector('.picked [role=status]').textContent =
    section.dataset.picked.replace(/{(\w+)}/g, (_, key) => fill[key]);
  element.querySelector('[data-clear]').hidden = false;
};
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-save], [data-bare], [data-clear], [data-element]');
  const map = event.target.closest('.map:not(.pick)');
  if (!button) { if (map) map.classList.toggle('bare'); return; }
  if (button.dataset.save)
    trigger('select', {index: Number(button.dataset.index), value: button.dataset.save});
  else if ('bare' in button.dataset) {
    const on = button.closest('figure').querySelector('.map').classList.toggle('bare');
    button.setAttribute('aria-pressed', String(on));
  } else if ('clear' in button.dataset) {
    clear();
    element.querySelector('[data-element]').focus();
  } else pick(button);
});
const STEP = {ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0]};
element.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') clear();
  const cell = event.target.closest('.cell');
  if (!cell) return;
  if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(cell); }
  if (!STEP[event.key]) return;
  event.preventDefault();
  const all = [...cell.closest('svg').querySelectorAll('.cell')];
  const wide = all.filter((one) => one.getAttribute('y') === all[0].getAttribute('y')).length;
  const [down, right] = STEP[event.key];
  const at = all.indexOf(cell);
  const column = at % wide + right;
  const next = all[at + down * wide + right];
  if (!next || column < 0 || column >= wide) return;
  cell.setAttribute('tabindex', -1);
  next.setAttribute('tabindex', 0);
  next.focus();
});
"""

#: Takes the file that has just been made.
TAKE_FILE = """
() => setTimeout(() => document.querySelector('#%s').click(), 200)
"""
