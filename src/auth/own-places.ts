import { isObject } from '../model/json.ts';
import { fitsHost, isAtHome, webPlaces } from '../lib/net/places.ts';

/**
 * Where a credential's own requests may carry what is secret of it, and what it uses: the places at which its settings say
 * that it signs in, and the hosts that they name besides. Where an answer leads (a redirect, a discovered endpoint) is the
 * idea of whoever answers.
 */
export class OwnPlaces {
  readonly #places: readonly URL[];
  readonly #hosts: readonly string[];

  /** @param options Of a scheme, as its schema yields them. */
  constructor(options: unknown) {
    const steps = listAt(options, 'before').map((step) => textAt(step, 'url'));
    const signIns = ['url', 'tokenUrl', 'issuer'].map((name) => textAt(options, name));
    this.#places = webPlaces([...signIns, ...steps]);
    this.#hosts = listAt(options, 'hosts').filter((host) => typeof host === 'string');
  }

  admit(target: URL): boolean {
    return (
      this.#places.some((place) => isAtHome(place, target)) ||
      this.#hosts.some((pattern) => fitsHost(pattern, target))
    );
  }
}

function textAt(options: unknown, name: string): string | undefined {
  const value: unknown = isObject(options) ? options[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function listAt(options: unknown, name: string): readonly unknown[] {
  const value: unknown = isObject(options) ? options[name] : undefined;
  return Array.isArray(value) ? value : [];
}
