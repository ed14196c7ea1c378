/**
 * What the parts of the page have in common. Whether a token is needed, over `/push` or over HTTP, is found out as it is used: one
 * was typed in, or the service asked for one.
 */
export const shown = { topic: '', needsToken: false, needsKey: false, facts: undefined };

const changes = new EventTarget();

export function change(parts) {
  Object.assign(shown, parts);
  changes.dispatchEvent(new Event('change'));
}

/** @param listener is called with each change */
export const onChange = listener => changes.addEventListener('change', listener);

/** Whether a topic is a pattern: many can be read by it, none published to. */
export const isPattern = topic => topic.split('.').some(part => part === '*' || part === '>');
