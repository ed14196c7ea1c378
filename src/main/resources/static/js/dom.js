export const $ = id => document.getElementById(id);

/** Touches the page only when something changed, so it may be called as often as one likes. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** An element with a class and text. Text never becomes markup. */
export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Calls the action, with the button that was pressed, in place of what the browser would do. */
export function onSubmit(form, action) {
  form.addEventListener('submit', event => {
    event.preventDefault();
    action(event.submitter);
  });
}

/** Enter submits, Shift+Enter is a new line, and Enter that ends the input of a composed character does nothing. */
export function submitOnEnter(textarea) {
  textarea.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    const button = textarea.form.querySelector('button');
    if (!button.disabled) textarea.form.requestSubmit();
  });
}

/** A list that shows its newest entry, unless somebody has scrolled up. */
export const isAtEnd = scroller => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
export const toEnd = scroller => { scroller.scrollTop = scroller.scrollHeight; };
