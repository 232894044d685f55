import type { FilledValue } from './check.ts';

/**
 * Headers by which a program says who it is and in which form it wants an answer (RFC 9110, sections 8.3, 10.1 and 12.5), and
 * that browsers and what stands in between add by themselves (`Sec-`: the Fetch standard; `Forwarded`: RFC 7239).
 */
const ofClient =
  /^(?:accept(?:-.+)?|content-(?:type|length|language|encoding)|sec-.+|user-agent|x-requested-with|referr?er|origin|host|connection|keep-alive|cache-control|pragma|dnt|te|date|expect|via|from|priority|upgrade-insecure-requests|if-.+|range|forwarded|x-forwarded-.+|x-real-ip)$/i;

/** Whether a value says how is asked rather than for what: whatever it is, it explains no failure. */
export function isOfClient({ name, in: place }: Pick<FilledValue, 'name' | 'in'>): boolean {
  return place === 'header' && ofClient.test(name);
}

/**
 * By what a value is known in other operations of its service: a tenant or a language is the same everywhere, `id` means something
 * else in each path. `undefined` for what is this operation's own.
 *
 * @param path Its template.
 */
export function sharedName({ name, in: place }: FilledValue, path: string): string | undefined {
  if (place === 'body' || name === 'id') return undefined;
  if (place !== 'path') return `${place} ${name}`;
  const [before] = path.split(`{${name}}`);
  return `path ${name} ${before}`;
}

/** The same with what it is. */
export function valueKey(filled: FilledValue, path: string): string | undefined {
  const name = sharedName(filled, path);
  return name === undefined ? undefined : `${name} ${JSON.stringify(filled.value)}`;
}
