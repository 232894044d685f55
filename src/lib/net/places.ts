/** The addresses of the web among those that are written. */
export function webPlaces(written: readonly (string | undefined)[]): readonly URL[] {
  return written.flatMap((url) =>
    url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? [new URL(url)] : [],
  );
}

/** The same origin, or the same host asked more safely: a port of its own may be somebody else's. */
export function isAtHome(place: URL, target: URL): boolean {
  const isSecured =
    place.protocol === 'http:' && target.protocol === 'https:' && place.port === '' && target.port === '';
  return place.origin === target.origin || (place.hostname === target.hostname && isSecured);
}

/** `api.example`, `*.example`, `*`; with a port only that one. */
export function fitsHost(pattern: string, target: URL): boolean {
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(pattern.toLowerCase()) ?? [];
  if (port !== undefined && port !== portOf(target)) return false;
  return host.startsWith('*') ? target.hostname.endsWith(host.slice(1)) : target.hostname === host;
}

function portOf({ port, protocol }: URL): string {
  if (port !== '') return port;
  return protocol === 'https:' ? '443' : '80';
}
