/** A robot's place as a person pastes it: the whole webhook URL, or only what is secret in it. */
export interface Address {
  readonly secret: string;
  /** Of the URL, when it was one. */
  readonly origin?: string;
}

/** Finds the secret in the query parameter `name` of a URL, or takes the text as the secret itself. */
export function addressByQuery(text: string, name: string): Address | undefined {
  return addressFrom(text, (url) => url.searchParams.get(name) ?? '');
}

/** As `addressByQuery`, for URLs that end in their secret: `…/hook/<id>`. */
export function addressByPath(text: string): Address | undefined {
  return addressFrom(text, (url) => /\/hook\/([\w-]+)\/?$/.exec(url.pathname)?.[1] ?? '');
}

function addressFrom(text: string, find: (url: URL) => string): Address | undefined {
  const trimmed = text.trim();
  if (/^[\w-]+$/.test(trimmed)) return { secret: trimmed };
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  const secret = find(url);
  return secret === '' ? undefined : { secret, origin: url.origin };
}

/** `origin` of the options wins over the URL's own, which wins over the vendor's. */
export function baseOf(origin: string | undefined, address: Address, vendor: string): string {
  return (origin ?? address.origin ?? vendor).replace(/\/+$/, '');
}
