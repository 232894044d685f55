/** A robot's place as a person pastes it: the whole webhook URL, or only what is secret in it. */
export interface Address {
  readonly secret: string;
  /** What the vendor's path stands behind, when it was a URL: the origin, and the path of a relay if there is one. */
  readonly base?: string;
}

/** Finds the secret in the query parameter `name` of a URL that ends in the vendor's `path`, or takes the text as the secret itself. */
export function addressByQuery(text: string, path: string, name: string): Address | undefined {
  return addressFrom(text, (url) => [url.pathname, path, url.searchParams.get(name) ?? '']);
}

/** As `addressByQuery`, for URLs that end in their secret: `…/hook/<id>`. */
export function addressByPath(text: string, path: string): Address | undefined {
  return addressFrom(text, (url) => {
    const [, before = '', secret = ''] = /^(.*)\/([\w-]+)\/?$/.exec(url.pathname) ?? [];
    return [before, path, secret];
  });
}

type Found = readonly [pathname: string, path: string, secret: string];

/** Nothing is sent to another address than the one that was written: a path that is not the vendor's is refused. */
function addressFrom(text: string, find: (url: URL) => Found): Address | undefined {
  const trimmed = text.trim();
  if (/^[\w-]+$/.test(trimmed)) return { secret: trimmed };
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  const [pathname, path, secret] = find(url);
  const plain = pathname.replace(/\/+$/, '');
  if (secret === '' || !plain.endsWith(path)) return undefined;
  return { secret, base: `${url.origin}${plain.slice(0, -path.length)}` };
}

/** `origin` of the options wins over the URL's own, which wins over the vendor's. */
export function baseOf(origin: string | undefined, address: Address, vendor: string): string {
  return (origin ?? address.base ?? vendor).replace(/\/+$/, '');
}
