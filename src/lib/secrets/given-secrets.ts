import { isObject, type Json } from '../../model/json.ts';
import { isSensitiveName, type Reach, type Redactor } from './secret.ts';

/** Names of cookies that tell one session, visitor or request from another. */
const sessionName = /sess|sid$|token|auth(?!or)|ticket|tgc|remember|jwt|[cx]srf/i;
/** Instead of a session. */
const none = /^(?:deleted?(?:me)?|invalid|undefined|expired|anonymous|logged[-_]?(?:in|out))$/i;
/** What is shorter stands in too many texts. */
const least = 6;
/** As long as a setting may be; whoever is told by one of its words has been told nothing. */
const longestSetting = 24;

/**
 * The secrets among what answers set as cookies (RFC 6265 §4.1.1), as they are written and as they are meant, those of cookies
 * that are named like sessions first. A session is one whatever it looks like; a language, a theme or a place is none.
 *
 * @param lines `Set-Cookie` headers.
 */
export function secretsOfCookies(lines: readonly string[]): readonly string[] {
  const sessions: string[] = [];
  const others: string[] = [];
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split(';');
    if (attributes.some(endsIt)) continue;
    const written = pair.split('=', 1)[0] ?? '';
    const name = written.trim();
    const secrets = secretsOfCookie(name, pair.slice(written.length + 1));
    (sessionName.test(name) ? sessions : others).push(...secrets);
  }
  return [...sessions, ...others];
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

/** Names whose values let in, in the answers of a sign-in; also of several. */
const letsIn = /token|ticket|secret|session|jwt|[cx]srf|credential/i;
/** Names whose values say which one, where or when. */
const tellsApart =
  /(?:id|uuid|guid|no|code|ur[il]|link|href|path|avatar|image|icon|hash|etag|version|time|date|at)$/i;
/** With capitals, small letters and digits, and long. */
const tokenLike = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w.~+/=-]{24,}$/;
const dateLike = /^\d{4}-\d\d-\d\d/;

/**
 * The secrets among the values of an answer to a sign-in, beside the one that is used: what is called a token, and what looks
 * like one under a name that says nothing else.
 */
export function secretsOfAnswer(data: Json | undefined): readonly string[] {
  const found = new Set<string>();
  const left: (readonly [name: string, value: Json])[] = data === undefined ? [] : [['', data]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [name, value] = next;
    if (typeof value === 'string' && isSecretGiven(name, value)) found.add(value);
    if (Array.isArray(value)) for (const item of value as readonly Json[]) left.push([name, item]);
    // What stands below a name that lets in is all of that kind.
    if (isObject(value))
      for (const [key, item] of Object.entries(value))
        left.push([letsIn.test(name) ? `${key} ${name}` : key, item]);
  }
  return [...found];
}

function isSecretGiven(name: string, value: string): boolean {
  if (value.length < least || /\s|:\/\//.test(value) || dateLike.test(value)) return false;
  const isNamed = letsIn.test(name) || isSensitiveName(name.replace(/s$/, ''));
  return isNamed ? isSecretLooking(value) : tokenLike.test(value) && !tellsApart.test(name);
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
  /** Of values that come together the first so many are looked for in encodings, the others as they are written. */
  readonly together: number;
  /** Values in every disguise, which costs milliseconds each. */
  readonly disguised: number;
  /** Values in all. */
  readonly values: number;
  /** UTF-16 units in all; the newest values are remembered whatever their length. */
  readonly units: number;
}

/** Secrets that come and go: a server may still name one that was replaced long ago. */
export class RememberedSecrets {
  readonly #redactors: readonly Redactor[];
  readonly #memory: Memory;
  /** Newest first: what came together. */
  #generations: readonly (readonly string[])[] = [];
  #told: ReadonlyMap<string, Reach> = new Map();

  /** @param redactors Told of all that is remembered, and no longer. */
  constructor(redactors: readonly Redactor[], memory: Memory) {
    this.#redactors = redactors;
    this.#memory = memory;
  }

  /** @param values Those that matter most first. */
  add(values: readonly string[]): void {
    const newest = [...new Set(values)];
    if (newest.length === 0) return;
    const isNew = new Set(newest);
    const older = this.#generations.map((one) => one.filter((value) => !isNew.has(value)));
    this.#generations = this.#within([newest, ...older.filter((one) => one.length > 0)]);
    const before = this.#told;
    this.#told = this.#reaches();
    // What is still known must not be unknown in between.
    this.#tell(this.#told, before, (redactor, value, reach) => redactor.add(value, reach));
    this.#tell(before, this.#told, (redactor, value, reach) => redactor.remove(value, reach));
  }

  #within(generations: readonly (readonly string[])[]): readonly (readonly string[])[] {
    const { all, together, values, units } = this.#memory;
    let count = 0;
    let length = 0;
    const end = generations.findIndex((one, age) => {
      count += Math.min(one.length, together);
      length += one.reduce((sum, value) => sum + value.length, 0);
      return age > 0 && (age >= all || count > values || length > units);
    });
    return end === -1 ? generations : generations.slice(0, end);
  }

  #reaches(): ReadonlyMap<string, Reach> {
    const { fresh, disguised, together } = this.#memory;
    const reaches = new Map<string, Reach>();
    let everywhere = 0;
    for (const [age, values] of this.#generations.entries())
      for (const [place, value] of values.entries()) {
        const isEverywhere = age < fresh && place < together && everywhere++ < disguised;
        reaches.set(value, isEverywhere ? 'everywhere' : place < together ? 'usual' : 'written');
      }
    return reaches;
  }

  /** Of what is in the first and not in the second. */
  #tell(
    reaches: ReadonlyMap<string, Reach>,
    others: ReadonlyMap<string, Reach>,
    tell: (redactor: Redactor, value: string, reach: Reach) => void,
  ): void {
    for (const [value, reach] of reaches)
      if (others.get(value) !== reach) for (const redactor of this.#redactors) tell(redactor, value, reach);
  }
}
