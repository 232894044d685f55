/** The path below which everything of the server stands, without a slash at its end: empty, or `/patrol` behind a proxy. */
export const root = import.meta.env.DEV ? '' : new URL(document.baseURI).pathname.replace(/\/$/, '');
