// The page may be served under a context path: everything is found relative to it.
export const base = new URL('.', document.baseURI);

/** @param path from its slash on */
export const httpUrl = path => base.origin + base.pathname.slice(0, -1) + path;
export const wsUrl = path => httpUrl(path).replace(/^http/, 'ws');

/** Where a topic is over HTTP. */
export const topicUrl = topic => httpUrl(`/topics/${encodeURIComponent(topic)}`);
