/** What may stand behind the `?` of the address of a database; all else is a mistake. */
export const databaseParameters: ReadonlySet<string> = new Set([
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'search_path',
  'host',
]);

/** `encoding`: a password (or user) is not percent-encoded, and what of it would be host, path or parameter nobody can tell. */
export type DatabaseAddressFault = 'form' | 'encoding';

/**
 * What is wrong with `postgres://user:password@host:port/database?…` (RFC 3986 §3.2.1, as libpq reads it). In a password `:`,
 * spaces and a second `@` are read as they are meant; from `/`, `?`, `#` or a lone `%` on it would be read as something else.
 */
export function databaseAddressFault(text: string): DatabaseAddressFault | undefined {
  const [, rest] = /^postgres(?:ql)?:\/\/(.+)$/s.exec(text) ?? [];
  if (rest === undefined) return 'form';
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const user = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
  if (/%(?![0-9a-f]{2})/i.test(user) || isCut(rest.slice(authority.length))) return 'encoding';
  return URL.canParse(text) && !rest.includes('#') && isDecodable(user) ? undefined : 'form';
}

/** Whether the end of user and password stands where path and parameters do. */
function isCut(behind: string): boolean {
  const [path = '', ...query] = behind.split('?');
  if (/[#@]/.test(path)) return behind.includes('@');
  return query
    .join('?')
    .split('&')
    .some((pair) => pair.includes('@') && !databaseParameters.has(pair.split('=', 1)[0] ?? ''));
}

/** `%FF` is no character. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
