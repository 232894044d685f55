import type { Redactor } from './secret.ts';

/** Names of cookies that tell one session, visitor or request from another. */
const sessionName = /sess|sid$|token|auth(?!or)|ticket|tgc|remember|jwt|[cx]srf/i;
/** Instead of a session. */
const none = /^(?:deleted?(?:me)?|invalid|undefined|expired|anonymous|logged[-_]?(?:in|out))$/i;
/** What is shorter stands in too many texts. */
const least = 6;
/** As long as a setting may be; whoever is told by one of its words has been told nothing. */
const longestSetting = 24;

/**
 * The secrets among what answers set as cookies (RFC 6265 §4.1.1), as they are written and as they are meant. A session is one
 * whatever it looks like; a language, a theme or a place is none.
 *
 * @param lines `Set-Cookie` headers.
 */
export function secretsOfCookies(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const [pair = '', ...attributes] = line.split(';');
    if (attributes.some(endsIt)) return [];
    const name = pair.split('=', 1)[0] ?? '';
    return secretsOfCookie(name.trim(), pair.slice(name.length + 1));
  });
}

export function secretsOfCookie(name: string, written: string): readonly string[] {
  const value = written.trim().replace(/^"(.*)"$/, '$1');
  if (none.test(value)) return [];
  const isSecret = sessionName.test(name) ? value.length >= least : isSecretLooking(value);
  return isSecret ? [value, ...meantBy(value)] : [];
}

/** Whether a value that was handed out for one sign-in may tell who has signed in: all but settings and short numbers. */
export function isSecretLooking(value: string): boolean {
  if (value.length < least) return false;
  return value.length > longestSetting || !value.split(/[^A-Za-z0-9]+/).every(isWordOrNumber);
}

function isWordOrNumber(part: string): boolean {
  return /^(?:[A-Z]?[a-z]{0,14}|[A-Z]{1,15}|[a-z]{1,8}[A-Z][a-z]{1,8}|v?\d{1,9})$/.test(part);
}

/** The server takes it back: `rememberMe=deleteMe; Max-Age=0`. */
function endsIt(attribute: string): boolean {
  return /^\s*(?:max-age\s*=\s*(?:0|-\d+)\s*$|expires\s*=.*\b19\d\d\b)/i.test(attribute);
}

function meantBy(value: string): readonly string[] {
  if (!value.includes('%')) return [];
  try {
    return [decodeURIComponent(value)];
  } catch {
    // No escapes, then.
    return [];
  }
}

interface Memory {
  /** So many of the newest are looked for in every disguise, those before them where they usually stand. */
  readonly fresh: number;
  readonly all: number;
}

/** Secrets that come and go: a server may still name one that was replaced long ago. */
export class RememberedSecrets {
  readonly #redactors: readonly Redactor[];
  readonly #memory: Memory;
  /** Newest first: what came together. */
  #generations: readonly (readonly string[])[] = [];

  /** @param redactors Told of all that is remembered, and no longer. */
  constructor(redactors: readonly Redactor[], memory: Memory) {
    this.#redactors = redactors;
    this.#memory = memory;
  }

  add(values: readonly string[]): void {
    const newest = [...new Set(values)];
    if (newest.length === 0) return;
    const older = this.#generations.map((one) => one.filter((value) => !newest.includes(value)));
    const before = this.#generations;
    this.#generations = [newest, ...older.filter((one) => one.length > 0)].slice(0, this.#memory.all);
    // What is still known must not be unknown in between.
    this.#tell(this.#generations, (redactor, value, reach) => redactor.add(value, reach));
    this.#tell(before, (redactor, value, reach) => redactor.remove(value, reach));
  }

  #tell(
    generations: readonly (readonly string[])[],
    tell: (redactor: Redactor, value: string, reach: 'everywhere' | 'usual') => void,
  ): void {
    for (const [age, values] of generations.entries())
      for (const value of values)
        for (const redactor of this.#redactors)
          tell(redactor, value, age < this.#memory.fresh ? 'everywhere' : 'usual');
  }
}
