import { getPath } from 'hono/utils/url';
import type { ServerSettings } from '../../model/settings.ts';

/** The path at which people reach the server, without a slash at its end: `/patrol` for `https://ops.example/patrol/`. */
export function basePath({ url }: Pick<ServerSettings, 'url'>): string {
  return url === undefined ? '' : new URL(url).pathname.replace(/\/+$/, '');
}

/** What is asked for below the base: some proxies take it off, others leave it on. */
export function pathBelow(base: string, request: Request): string {
  const path = getPath(request);
  if (base === '' || !(path === base || path.startsWith(`${base}/`))) return path;
  return path.slice(base.length) || '/';
}
