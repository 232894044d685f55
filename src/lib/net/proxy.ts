/** Environment variables, of which `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` count, in either case. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/** The proxy that the environment names for an origin, as curl reads it. */
export function environmentProxy(origin: string, env: ProxyEnvironment): URL | undefined {
  const { protocol, hostname, port } = new URL(origin);
  const variable = protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  // The upper-case HTTP_PROXY can be set by a request to a CGI program (CVE-2016-5385): here nobody is one.
  const value = env[variable] ?? env[variable.toUpperCase()] ?? env['all_proxy'] ?? env['ALL_PROXY'];
  if (value === undefined || value === '') return undefined;
  const excluded = env['no_proxy'] ?? env['NO_PROXY'] ?? '';
  if (isExcluded(hostname, port, excluded)) return undefined;
  return new URL(value.includes('://') ? value : `http://${value}`);
}

/** `host`, `.domain`, `*.domain`, `host:port` or `*`, separated by commas or blanks. */
function isExcluded(hostname: string, port: string, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = entry, only] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (only !== undefined && only !== port) return false;
      const bare = name.replace(/^\*?\./, '');
      return hostname === bare || hostname.endsWith(`.${bare}`);
    });
}
