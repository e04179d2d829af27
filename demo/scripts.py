"""The few lines of JavaScript that the page needs in the browser."""

#: Sends the `data-index` of the clicked button; listens on the component itself, because its
#: content is replaced with every result.
PICK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-index]');
  if (!button) return;
  element.querySelectorAll('button[aria-pressed]').forEach((other) =>
    other.setAttribute('aria-pressed', String(other === button)));
  trigger('select', {index: Number(button.dataset.index), value: ''});
});
"""

#: The same where a row has several buttons: `value` is the `data-action` of the clicked one.
PICK_ACTION = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-action]');
  if (button)
    trigger('select', {index: Number(button.dataset.index), value: button.dataset.action});
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
  if (part.getBoundingClientRect().top > window.innerHeight - 160)
    part.scrollIntoView({behavior: calm ? 'auto' : 'smooth', block: 'start'});
}
"""
