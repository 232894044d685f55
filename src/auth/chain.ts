import { Secret, secretsIn } from '../lib/secrets/secret.ts';
import { Guarded, guardedIn } from './guarded.ts';

/** `{{ token.name }}`, or `{{ token.name.field }}` for one of several values. */
const reference = /\{\{\s*token\.([\w-]+)(?:\.(\w+))?\s*\}\}/g;

/** What else is to be filled in. */
export function withoutReferences(text: string): string {
  return text.replace(reference, '');
}

/** Names of the credentials whose tokens stand in a scheme's options, each once. */
export function referencesIn(options: unknown): readonly string[] {
  const sealed = [...secretsIn(options), ...guardedIn(options)];
  const texts = [...stringsIn(options), ...sealed.map((one) => one.reveal())];
  const names = texts.flatMap((text) => [...text.matchAll(reference)].map((match) => match[1] ?? ''));
  return [...new Set(names)];
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** The same options with tokens in the place of references. `valueOf` is asked only for names in `referencesIn`. */
export function resolveReferences(
  options: unknown,
  valueOf: (name: string, field: string | undefined) => string,
): unknown {
  const fill = (text: string) =>
    text.replace(reference, (_, name: string, field?: string) => valueOf(name, field));
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value);
    if (value instanceof Secret) return new Secret(fill(value.reveal()));
    if (value instanceof Guarded) return new Guarded(fill(value.reveal()));
    if (Array.isArray(value)) return value.map(visit);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]));
  };
  return visit(options);
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The way from `name` back to itself, as `a → b → a`; `undefined` when there is none. */
export function circleFrom(name: string, needsOf: (name: string) => readonly string[]): string | undefined {
  const search = (current: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(current)) return current === name ? [...trail, current] : undefined;
    for (const next of needsOf(current)) {
      const found = search(next, [...trail, current]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(name, [])?.join(' → ');
}
