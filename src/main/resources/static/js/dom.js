export const $ = id => document.getElementById(id);

/** Touches the page only when something changed, so it may be called as often as one likes. */
export function setText(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}

/** An element with a class and text. Text never becomes markup. */
export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}
