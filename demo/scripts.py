"""The few lines of JavaScript that the page needs in the browser."""

#: Sends the `data-index` of the clicked button, and its `data-key` as the value; listens on the
#: component itself, because its content is replaced with every result.
PICK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-index]');
  if (!button) return;
  element.querySelectorAll('button[aria-pressed]').forEach((other) =>
    other.setAttribute('aria-pressed', String(other === button)));
  trigger('select', {index: Number(button.dataset.index), value: button.dataset.key || ''});
});
"""

#: Sends what the clicked button says of its row: an answer that is right, or none.
SAY = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-answer]');
  if (button)
    trigger('submit', {place: Number(button.dataset.row), answer: button.dataset.answer});
});
"""

#: Says in a row of `results_page` what was noted of it.
TELL_ROW = """
([place, said]) => {
  const row = document.querySelector(`#results [data-noted="${place}"]`);
  if (row) row.textContent = said;
}
"""

#: As `PICK` where a row has several buttons: `value` is the `data-action` of the clicked one, and
#: the `data-case` that it is for.
PICK_ACTION = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-action]');
  if (button)
    trigger('select', {index: Number(button.dataset.index),
      value: `${button.dataset.action} ${button.dataset.case || ''}`});
});
"""

#: Takes the selected words as the mention. The browser counts UTF-16 units, Python characters.
TAKE_SELECTION = """
(mention, span) => {
  const box = document.querySelector('#sentence textarea');
  const raw = box.value.slice(box.selectionStart, box.selectionEnd);
  const chosen = raw.trim();
  if (!chosen) return [mention, span];
  const before = box.value.slice(0, box.selectionStart + raw.indexOf(chosen));
  const start = Array.from(before).length;
  return [chosen, [start, start + Array.from(chosen).length]];
}
"""

#: Brings a part of the page into view when it lies below the window (narrow screens).
REVEAL = """
() => {
  const part = document.querySelector('%s');
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (part?.getBoundingClientRect().top > window.innerHeight - 160)
    part.scrollIntoView({behavior: calm ? 'auto' : 'smooth', block: 'start'});
}
"""

#: Marks the ranked list as the answer to other fields than those that stand beside it, or not.
MARK_STALE = "() => { document.querySelector('#workbench').dataset.stale = '%s'; }"

#: Follows one entity through the lists of its board: nothing is asked of the server.
FOLLOW = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('li button');
  if (!button) return;
  const chosen = button.closest('li').dataset.entity;
  element.querySelectorAll('[data-entity]').forEach((part) => {
    const on = part.dataset.entity === chosen;
    part.classList.toggle('on', on);
    part.querySelector('button')?.setAttribute('aria-pressed', String(on));
  });
});
"""

#: A box drawn on the picture with the pointer, sent in percent of the picture.
DRAW_BOX = """
let start = null;
const place = (event) => {
  const area = element.querySelector('.canvas div').getBoundingClientRect();
  const share = (value, from, size) => Math.min(100, Math.max(0, 100 * (value - from) / size));
  return [share(event.clientX, area.left, area.width), share(event.clientY, area.top, area.height)];
};
const box = (event) => {
  const end = place(event);
  return [0, 1].map((i) => Math.round(Math.min(start[i], end[i])))
    .concat([0, 1].map((i) => Math.round(Math.max(start[i], end[i]))));
};
element.addEventListener('pointerdown', (event) => {
  if (!event.target.closest('.canvas div')) return;
  start = place(event);
  event.preventDefault();
});
element.addEventListener('pointermove', (event) => {
  if (!start) return;
  const [left, top, right, bottom] = box(event);
  const drawn = element.querySelector('.canvas i');
  drawn.classList.remove('whole');
  Object.assign(drawn.style, {
    left: left + '%', top: top + '%', width: right - left + '%', height: bottom - top + '%'});
});
window.addEventListener('pointerup', (event) => {
  if (!start) return;
  const [left, top, right, bottom] = box(event);
  start = null;
  const whole = right - left < 3 || bottom - top < 3;  // a click takes the whole picture again
  trigger('select', {index: whole ? [0, 0, 100, 100] : [left, top, right, bottom], value: ''});
});
"""

#: Tells the browser the language of the page, and keeps it in the address for a reload.
TELL_LANGUAGE = """
(language) => {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  const address = new URL(location.href);
  address.searchParams.set('lang', language);
  history.replaceState(history.state, '', address);
}
"""

#: Adds to a handler's inputs, as the last one, whether a part of the page is in sight.
WITH_OPEN = """
(...inputs) => [...inputs.slice(0, -1), !!document.querySelector('%s')?.checkVisibility()]
"""

#: Gradio (6.31) tells of `input` at `keypress`, so that what is pasted, deleted or composed
#: (Chinese) would be told to nobody.
TELL_EDITS = """
() => {
  let told = false;
  document.addEventListener('keypress', () => {
    told = true;
    setTimeout(() => { told = false; });
  });
  document.addEventListener('input', (event) => {
    if (!told && event.target.matches('[data-testid=textbox]'))
      event.target.dispatchEvent(new KeyboardEvent('keypress', {bubbles: true}));
  });
}
"""

#: A button that names a tab opens it, wherever it stands.
OPEN_TAB = """
() => document.addEventListener('click', (event) => {
  const name = event.target.closest('button[data-tab]')?.dataset.tab;
  if (name) document.querySelector(`#${name}-button`)?.click();
})
"""

#: The answer is what a keyboard and a reader of the screen come to next.
TO_ANSWER = """
() => document.querySelector('#ranking .results')?.focus({preventScroll: true})
"""

#: Arrow keys walk through the rows below a field, and Escape leads back to it.
ENTITY_KEYS = """
const box = element.closest('.entity-box');
box.addEventListener('keydown', (event) => {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (!step && event.key !== 'Escape') return;
  const stops = [box.querySelector('input, textarea'), ...box.querySelectorAll('li button')];
  const at = stops.indexOf(document.activeElement);
  const next = stops[step ? at + step : 0];
  if (!next || at < 0) return;
  event.preventDefault();
  next.focus();
});
"""

#: Brings the beginning of a panel into view.
TO_TABS = "() => document.querySelector('#tabs').scrollIntoView()"

#: Copies what a button holds, with the page's own address in it; where the browser keeps its
#: clipboard from pages that came unencrypted, through a field.
COPY = """
element.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-copy]');
  if (!button) return;
  const text = button.dataset.copy.replaceAll('{PAGE}', location.origin + location.pathname);
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else {
    const field = document.body.appendChild(document.createElement('textarea'));
    field.value = text;
    field.select();
    document.execCommand('copy');
    field.remove();
    button.focus();
  }
  const said = button.textContent;
  if (button.dataset.said) return;
  button.dataset.said = said;
  button.textContent = button.closest('[data-done]').dataset.done;
  setTimeout(() => { button.textContent = said; delete button.dataset.said; }, 1500);
});
"""

#: The address of the page becomes that of the case, so that a reload shows it again.
TELL_CASE = """
() => {
  const part = document.querySelector('#ranking [data-address]');
  if (!part) return;
  const address = new URL(location.href), language = address.searchParams.get('lang');
  address.search = part.dataset.address;
  if (language) address.searchParams.set('lang', language);
  history.replaceState(history.state, '', address);
}
"""

#: Warns before the page is left while something would be lost: a case that is not kept yet,
#: captions that are typed and not saved, or a tray whose key the browser cannot remember.
WARN_OF_LOSS = """
(...inputs) => {
  if (window.mimicUnsaved) return inputs;
  window.mimicUnsaved = new Set();
  let remembers = true;
  try { localStorage.setItem('mimic-probe', '1'); localStorage.removeItem('mimic-probe'); }
  catch { remembers = false; }
  window.addEventListener('beforeunload', (event) => {
    const draft = document.querySelector('#case-caption :is(textarea, input)')?.value.trim();
    const tray = !remembers && document.querySelector('#tray .cases');
    if (window.mimicUnsaved.size || draft || tray) event.preventDefault();
  });
  return inputs;
}
"""

#: Notes that captions were typed, and that they were saved.
CAPTIONS_TYPED = "() => { window.mimicUnsaved?.add('captions'); }"
CAPTIONS_SAVED = "() => { window.mimicUnsaved?.delete('captions'); }"

#: Keeps the keys of a visitor's knowledge bases while this tab of the browser lasts, so that a
#: reload finds them again; nobody else's tab does.
STORE_KEYS = "(keys) => sessionStorage.setItem('mimic-own', JSON.stringify(keys || []))"
STORED_KEYS = """
(language) => [language, JSON.parse(sessionStorage.getItem('mimic-own') || '[]')]
"""
