import { webPlaces } from '../../lib/net/places.ts';
import { isObject } from '../../model/json.ts';
import type { Settings } from '../../model/settings.ts';

/** Where addresses of services and sign-ins stand; those of channels are secrets. */
export type Addressed = Partial<Pick<Settings, 'services' | 'credentials' | 'connectivityUrl'>>;

/**
 * Addresses that the configuration itself names, and their origins, as messages show them: whoever wrote them there may copy
 * them out of a message. One with a secret in it is shown otherwise, and is none of these.
 *
 * @param scrub Takes out what the configuration keeps secret.
 */
export function ownAddresses(
  { services = [], credentials = {}, connectivityUrl }: Addressed,
  scrub: (text: string) => string,
): readonly string[] {
  const named = [
    ...services.flatMap(({ docs, baseUrl, server }) => [...docs, baseUrl, server]),
    ...Object.values(credentials).flatMap(({ options }) => signInPlaces(options)),
    connectivityUrl,
  ];
  const places = webPlaces(named).filter(({ username, password }) => username === '' && password === '');
  const forms = places.flatMap(({ href, origin }) => [href, href.replace(/\/$/, ''), origin]);
  return [...new Set(forms)].filter((form) => scrub(form) === form);
}

function signInPlaces(options: unknown): readonly (string | undefined)[] {
  if (!isObject(options)) return [];
  const { before } = options;
  const steps: readonly unknown[] = Array.isArray(before) ? before : [];
  return [options, ...steps].flatMap((one) => ['url', 'tokenUrl', 'issuer'].map((name) => textAt(one, name)));
}

function textAt(options: unknown, name: string): string | undefined {
  const value: unknown = isObject(options) ? options[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
