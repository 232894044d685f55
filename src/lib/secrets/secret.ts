import { inspect } from 'node:util';
import { atOnce, type Steps } from '../yielder.ts';
import { coverOf, masked, type Stretch, undisguised, unquoted } from './disguise.ts';
import { decoded } from './decoders.ts';
import { alphabet32Hex, base32Inside, base64Inside, turned } from './encodings.ts';
import { KnownDigits } from './known-digits.ts';
import { KnownEnds } from './known-ends.ts';
import { KnownForms } from './known-forms.ts';
import { KnownGaps } from './known-gaps.ts';
import { KnownMasked } from './known-masked.ts';
import { KnownNumbers } from './known-numbers.ts';
import { KnownParts } from './known-parts.ts';
import { KnownPieces } from './known-pieces.ts';
import { KnownRuns } from './known-runs.ts';
import { KnownScattered, type Scattered } from './known-scattered.ts';
import { KnownSpread } from './known-spread.ts';
import { isShort, ShortSecrets } from './short-secrets.ts';
import { spelledOut } from './spelled-out.ts';

const mask = '***';
/** A letter is a letter. */
const leastQuoted = 2;

/**
 * A value that nobody may see. It prints as `***` however it is printed; only `reveal()` gives it out, and only
 * the code that puts it on the wire calls that.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}

/** Every `Secret` in a value, at any depth. */
export function secretsIn(value: unknown): readonly Secret[] {
  if (value instanceof Secret) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(secretsIn);
}

const sensitiveName =
  /^(?:key|sign|sig|signature|pwd|pass|passphrase|jwt|auth|assertion|authorization|proxy-authorization|cookie|set-cookie|session|(?:j|php)?session[-_]?id|sid)$|(?:password|passwd|passphrase|secret|token|signature|assertion|(?:api|secret|private|access|session)[-_]?key)$/i;
/** Also one that was cut off. */
const jwt = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?/g;
/** Also in a shell word, whose spaces are escaped, and in an address. */
const authorization = /\b(Bearer|Basic|Token)((?:\\?\s|%20|\+)+)((?:[A-Za-z0-9+/=_.~-]|%(?:2B|2F|3D)){4,})/gi;
/** What a challenge names, and no credential: `Basic realm="orders"`. */
const challenge = /^(?:realm|charset|scope|error(?:_\w+)?)=/i;
/** The rest of a header line, as in a curl command or a trace. */
const headerLine =
  /\b((?:proxy-)?authorization|(?:set-)?cookie)(\s*:\s*)([^\r\n'"]+(?:"[^\r\n'"]*"[^\r\n'"]*)*)/gi;
/** At the beginning of such a rest: a whole `user:password` in base64, behind which something else begins. */
const basicValue = /^[[\\\s]*Basic(?:\\?\s)+([A-Za-z0-9+/=_-]{4,})(?![\w+/=~-])/i;
/** A header that is a word of a shell: it ends with the first space that is not escaped. */
const shellWord = /^\\\s(?:\\.|[^\s\\])*/;
const curlLine = /\bcurl\b[^\r\n]*/g;
const curlUser = /(\s(?:-u\s*|--(?:proxy-)?user(?:\s+|=)))('[^']*'|"[^"]*"|[^\s'"]+)/g;
const queryValue = /([?&;]|^)([A-Za-z0-9_.-]+)=((?:(?:Bearer|Basic|Token)\s+)?[^&#\s"'<>]*)/gi;
const jsonValue = /("([A-Za-z0-9_.-]+)"\s*:\s*)("(?:[^"\\]|\\.)*(?:"|\\?$)|[^\s,{}[\]"]+)/g;
/** JSON inside a JSON text: the quotes of both levels carry the same run of backslashes, from its beginning. */
const nestedJsonValue = /((?<!\\)(\\+)"([A-Za-z0-9_.-]+)\2"\s*:\s*)(?:\2"[^"\\]*\2"|[^\s,{}[\]"\\]+)/g;
/** Of an address of any kind, a driver's (`jdbc:mysql://`) and one inside JSON (`:\\/\\/`) as well (RFC 3986 §3.2.1). */
const userInfo = /(:(?:\\*\/){2}[^\s/?#"'<>@:\\]*:)[^\s/?#"'<>\\]+(?=@)/g;
/** As Oracle writes it: `scott/tiger@//host:1521/service`, behind its own scheme or command with any host. */
const oracleUser =
  /(\bjdbc:oracle:\w+:[\w$#.-]+\/|\bsqlplus\s+(?:-\w+\s+)*[\w$#.-]+\/|(?<![\w$#./-])[\w$#.-]+\/(?=[^\s"'@/]+@\/\/))(?:"[^"]*"|[^\s"'@/]+)(?=@)/gi;
/** In a connection string, a property file or a sentence. */
const passwordText =
  /((?<![a-z])(?:pass(?:word|wd|phrase)?|pwd)["'\]]*\s*(=|[:：])\s*|(?:密码|口令)\s*(?:为|是)?\s*([:：=])\s*)("[^"\r\n]*"|'[^'\r\n]*'|[^\s;,&"'<>(){}[\]\\\u0080-\uffff]+)/gi;
/** Behind a colon stands a rule as often as a password. */
const passwordLike = /(?=.*[A-Za-z])(?=.*[\d!#$%^*~@]).{5,}|[a-z][A-Z]/;

/** A header, query or field name whose value is secret by convention. */
export function isSensitiveName(name: string): boolean {
  return sensitiveName.test(name);
}

/**
 * Takes secrets out of text: the values it has been told, in the forms in which they travel, and whatever looks
 * like one by its name or shape. Applied where text is captured, not where it is shown.
 */
export class Redactor {
  readonly #known = new Map<string, Holders>();
  readonly #long = new LongSecrets();
  #short: ShortSecrets | undefined;
  readonly #wider: Redactor | undefined;

  /** @param wider What it takes out is taken out here as well. */
  constructor(wider?: Redactor) {
    this.#wider = wider;
  }

  /**
   * A single character is not remembered: it is no secret, and a value of its own nearly everywhere.
   * @param reach `usual`: of many that have been secrets before, so that a long run remembers them for little; `written`: of
   * any number.
   */
  add(secret: Secret | string, reach: Reach = 'everywhere'): void {
    this.#hold(secret, reach, 1);
  }

  /** Takes back one `add`: for tokens that have been replaced, so that a long run does not collect them. */
  remove(secret: Secret | string, reach: Reach = 'everywhere'): void {
    this.#hold(secret, reach, -1);
  }

  #hold(secret: Secret | string, reach: Reach, by: 1 | -1): void {
    const value = typeof secret === 'string' ? secret : secret.reveal();
    if (value.length < 2) return;
    const before = this.#known.get(value) ?? { everywhere: 0, usual: 0, written: 0 };
    const now = { ...before, [reach]: before[reach] + by };
    if (now[reach] < 0) return;
    if (reachOf(now) === undefined) this.#known.delete(value);
    else this.#known.set(value, now);
    if (isShort(value)) this.#short = undefined;
    else this.#long.change(value, reachOf(before), reachOf(now));
  }

  /** Whether it is a secret or has one in it. */
  hides(text: string): boolean {
    return this.scrub(text) !== text;
  }

  /**
   * Takes what is known by now out of texts that are more than shown: of what is looked for, and nothing by its name or shape.
   *
   * @param isLookedFor Of which values; names and paths are made of words.
   */
  knownOnly(isLookedFor: (value: string) => boolean): Scrub {
    const long = new LongSecrets();
    const values = [...this.#known].filter(([value]) => isLookedFor(value));
    for (const [value, holders] of values)
      if (!isShort(value)) long.change(value, undefined, reachOf(holders));
    const short = new ShortSecrets(values.map(([value]) => value).filter(isShort), shortForms);
    function* inSteps(text: string): Steps<string> {
      return short.hiddenIn(yield* long.hiddenInSteps(text), mask);
    }
    return Object.assign((text: string) => atOnce(inSteps(text)), { inSteps });
  }

  /**
   * For texts that quote another one: takes out of them also what says something only beside the rest of that, as a piece of
   * a secret that was taken apart.
   */
  *quoting(source: string): Steps<(text: string) => Steps<string>> {
    const found = yield* this.#piecesIn(source);
    const pieces = new Set(found.filter(({ length }) => length >= leastQuoted));
    if (pieces.size === 0) return (text) => this.scrubInSteps(text);
    // An escaped end of a line is no part of the word behind it.
    const words = /\\+[nrt]|[A-Za-z0-9]+/g;
    const scrubbed = (text: string): Steps<string> => this.scrubInSteps(text);
    return function* (text) {
      return (yield* scrubbed(text)).replace(words, (word) => (pieces.has(word) ? mask : word));
    };
  }

  *#piecesIn(text: string): Steps<readonly string[]> {
    const own = yield* this.#long.piecesIn(text);
    return this.#wider === undefined ? own : [...own, ...(yield* this.#wider.#piecesIn(text))];
  }

  scrub(text: string): string {
    return atOnce(this.scrubInSteps(text));
  }

  /** For texts of strangers while others wait: each step goes through it once. */
  *scrubInSteps(text: string): Steps<string> {
    if (this.#wider !== undefined && this.#known.size === 0) return yield* this.#wider.scrubInSteps(text);
    let clean = yield* this.#long.hiddenInSteps(text);
    this.#short ??= new ShortSecrets([...this.#known.keys()].filter(isShort), shortForms);
    clean = this.#short.hiddenIn(clean, mask);
    yield;
    return this.#wider === undefined ? withoutSensitive(clean) : yield* this.#wider.scrubInSteps(clean);
  }
}

/** Gives a text without secrets. */
export interface Scrub {
  (text: string): string;
  /** For long texts: each step goes through it once. */
  inSteps(text: string): Steps<string>;
}

/** Without what is secret by its name or shape. */
function withoutSensitive(text: string): string {
  return text
    .replace(jwt, mask)
    .replace(
      headerLine,
      (_, name: string, colon: string, value: string) => `${name}${colon}${mask}${behindHeader(value)}`,
    )
    .replace(authorization, (all, scheme: string, gap: string, value: string) =>
      isCredential(scheme, value) ? `${scheme}${gap}${mask}` : all,
    )
    .replace(userInfo, (_, lead: string) => `${lead}${mask}`)
    .replace(oracleUser, (_, lead: string) => `${lead}${mask}`)
    .replace(curlLine, (line) =>
      line.replace(curlUser, (all, option: string, user: string) =>
        user.includes(':') ? `${option}'${mask}'` : all,
      ),
    )
    .replace(jsonValue, (all, head: string, name: string) =>
      isSensitiveName(name) ? `${head}"${mask}"` : all,
    )
    .replace(nestedJsonValue, (all, head: string, escape: string, name: string) =>
      isSensitiveName(name) ? `${head}${escape}"${mask}${escape}"` : all,
    )
    .replace(queryValue, (all, lead: string, name: string) =>
      isSensitiveName(name) ? `${lead}${name}=${mask}` : all,
    )
    .replace(passwordText, (all, lead: string, sign: string | undefined, _: unknown, value: string) =>
      value.includes(mask) || (sign !== '=' && !passwordLike.test(value)) ? all : `${lead}${mask}`,
    );
}

/** `everywhere`: also in encodings and disguises that only somebody uses who tries; `written`: as it is written, in no encoding. */
export type Reach = 'everywhere' | 'usual' | 'written';

/** How often a value has been told. */
type Holders = Readonly<Record<Reach, number>>;

function reachOf({ everywhere, usual, written }: Holders): Reach | undefined {
  if (everywhere > 0) return 'everywhere';
  if (usual > 0) return 'usual';
  return written > 0 ? 'written' : undefined;
}

function hasForms(reach: Reach | undefined): boolean {
  return reach === 'everywhere' || reach === 'usual';
}

/** All that is long enough to be looked for wherever it stands. */
class LongSecrets {
  readonly #known = new KnownForms();
  readonly #runs = new KnownRuns();
  readonly #parts = new KnownParts();
  readonly #spread = new KnownSpread();
  readonly #ends = new KnownEnds();
  readonly #gaps = new KnownGaps();
  readonly #masked = new KnownMasked();
  readonly #numbers = new KnownNumbers();
  readonly #digits = new KnownDigits();
  readonly #pieces = new KnownPieces();
  readonly #scattered = new KnownScattered();
  /** Of those that are looked for in what has to be decoded first. */
  readonly #encoded = new KnownForms();
  readonly #searches: readonly ((text: string) => readonly Stretch[])[] = [
    (text) => this.#known.whole(text),
    (text) => this.#known.inAnyCase(text),
    (text) => this.#known.cutOff(text),
    (text) => this.#runs.in(text),
    (text) => this.#parts.in(text),
    (text) => this.#spread.in(text),
    (text) => this.#ends.in(text),
    (text) => this.#gaps.in(text),
    (text) => this.#masked.in(text),
    (text) => this.#numbers.in(text),
    (text) => this.#pieces.in(text),
    (text) => this.#encoded.inAnyCase(text),
  ];
  #encodedCount = 0;
  #count = 0;
  /** What has changed since the last text: of many that come and go no text is ever searched. */
  readonly #changes = new Map<
    string,
    { readonly before: Reach | undefined; readonly now: Reach | undefined }
  >();

  change(value: string, last: Reach | undefined, now: Reach | undefined): void {
    const pending = this.#changes.get(value);
    const before = pending === undefined ? last : pending.before;
    if (before === now) this.#changes.delete(value);
    else this.#changes.set(value, { before, now });
  }

  *#settle(): Steps<void> {
    for (const [value, { before, now }] of this.#changes) {
      this.#changes.delete(value);
      this.#prepare(value, before, now);
      yield;
    }
  }

  #prepare(value: string, before: Reach | undefined, now: Reach | undefined): void {
    if (before === undefined) this.#count++;
    if (now === undefined) this.#count--;
    if (before === 'written') this.#pieces.remove(value);
    if (now === 'written') this.#pieces.add(value);
    if (!hasForms(before) && !hasForms(now)) return;
    const forms = formsOf(value);
    // A word in other letters is a word.
    const unlikely = looksRandom(value) ? [value] : [];
    if (!hasForms(before)) {
      this.#known.add(value, forms, unlikely);
      this.#runs.add(value);
    }
    if (!hasForms(now)) {
      this.#known.remove(value, forms, unlikely);
      this.#runs.remove(value);
    }
    if (unlikely.length === 0 && value.length < leastDisguised) return;
    const disguised = [...unlikely, ...disguisesOf(value)];
    if (now === 'everywhere') {
      this.#parts.add(value);
      this.#scattered.add(value);
      this.#spread.add(value);
      this.#ends.add(value);
      this.#gaps.add(value);
      this.#masked.add(value);
      this.#numbers.add(value);
      this.#digits.add(value);
      this.#encoded.add(value, forms, disguised);
      for (const form of halvedOf(value)) this.#runs.add(form);
      this.#encodedCount++;
    } else if (before === 'everywhere') {
      this.#parts.remove(value);
      this.#scattered.remove(value);
      this.#spread.remove(value);
      this.#ends.remove(value);
      this.#gaps.remove(value);
      this.#masked.remove(value);
      this.#numbers.remove(value);
      this.#digits.remove(value);
      this.#encoded.remove(value, forms, disguised);
      for (const form of halvedOf(value)) this.#runs.remove(form);
      this.#encodedCount--;
    }
  }

  /**
   * The text with a mask for each: as it is, and so that a person still reads it and a search does not: in capitals, in
   * escapes, with what cannot be seen or line breaks in between, in another encoding, or in part.
   */
  *hiddenInSteps(written: string): Steps<string> {
    yield* this.#settle();
    const found = yield* this.#plainIn(written);
    const inMail = unquoted(written);
    if (inMail !== undefined)
      for (const one of yield* this.#plainIn(inMail.text)) found.push(inMail.place(...one));
    const meant = undisguised(written);
    yield;
    if (meant !== undefined) {
      const { text, place } = meant;
      const places = [...(yield* this.#plainIn(text)), ...jwtsIn(text)].map(([start, end]) =>
        place(start, end),
      );
      found.push(...places, ...tokensIn(text, place, written));
      // `%2B` in packed base64; what is found as it is written is not made wider.
      const encoded = this.#encodedCount > 0 ? yield* encodedIn(text, this.#encoded, this.#parts) : [];
      for (const [start, end] of encoded.map((one) => place(...one)))
        if (!found.some(([from, to]) => from < end && start < to)) found.push([start, end]);
    }
    if (this.#encodedCount > 0) found.push(...(yield* encodedIn(written, this.#encoded, this.#parts)));
    found.push(...(yield* this.#spelledIn(written)));
    if (meant !== undefined)
      found.push(...(yield* this.#spelledIn(meant.text)).map(([start, end]) => meant.place(start, end)));
    const scattered = this.#encodedCount > 0 ? yield* this.#scatteredIn(written, meant !== undefined) : [];
    // What is hidden piece by piece is not made wider.
    const isHidden = coverOf(scattered.length === 0 ? [] : found);
    for (const { stretch, pieces } of scattered) if (!pieces.every(isHidden)) found.push(stretch);
    return found.length === 0 ? written : masked(written, found, mask);
  }

  /** In pieces with anything in between; each of them as it is written. */
  *piecesIn(written: string): Steps<readonly string[]> {
    yield* this.#settle();
    if (this.#encodedCount === 0) return [];
    const found = yield* this.#scatteredIn(written, true);
    return found.flatMap(({ pieces }) => pieces.map((piece) => written.slice(...piece)));
  }

  *#scatteredIn(written: string, isDisguised: boolean): Steps<readonly Scattered[]> {
    const found = yield* this.#scattered.inSteps(written);
    // Where a line ends, a word does.
    const meant = isDisguised ? undisguised(written, ' ') : undefined;
    yield;
    if (meant === undefined) return found;
    const inMeant = yield* this.#scattered.inSteps(meant.text);
    const place = (one: Stretch): Stretch => meant.place(...one);
    return [
      ...found,
      ...inMeant.map(({ stretch, pieces }) => ({ stretch: place(stretch), pieces: pieces.map(place) })),
    ];
  }

  /** Letter by letter, each of them a value. */
  *#spelledIn(text: string): Steps<readonly Stretch[]> {
    const spelled = this.#count === 0 ? undefined : spelledOut(text);
    yield;
    return spelled === undefined
      ? []
      : (yield* this.#plainIn(spelled.text)).map((one) => spelled.place(...one));
  }

  *#plainIn(text: string): Steps<Stretch[]> {
    const found: Stretch[] = [];
    for (const search of this.#searches) {
      for (const one of search(text)) found.push(one);
      yield;
    }
    for (const one of yield* this.#digits.inSteps(text)) found.push(one);
    return found;
  }
}

/** From so many characters on words are looked for in disguise as well. */
const leastDisguised = 8;
/** What is longer is told by its parts. */
const longestDisguised = 128;

/** Backwards, in hex in both directions and in base 32, whole and however short: letters that make no words. */
function disguisesOf(value: string): readonly string[] {
  if (value.length < leastDisguised || value.length > longestDisguised) return [];
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const inBase32 = [...base32Inside(bytes), ...base32Inside(bytes, alphabet32Hex)];
  return [...[value, hex].map(backwards), ...turned(value), hex, ...inBase32];
}

/** Of which a half is found as that of the value is: in base64 of both alphabets and in hex. */
function halvedOf(value: string): ReadonlySet<string> {
  if (value.length < leastDisguised || value.length > longestDisguised) return new Set();
  const bytes = Buffer.from(value);
  const base64 = bytes.toString('base64url');
  const hex = bytes.toString('hex');
  return new Set([base64, base64.replaceAll('-', '+').replaceAll('_', '/'), hex, hex.toUpperCase()]);
}

function backwards(text: string): string {
  return Array.from(text).toReversed().join('');
}

/** Encodings in encodings: what is nested deeper is read by nobody by chance. */
const mostEncodings = 2;

/** What has to be decoded to be read, as wide as it was encoded. */
function* encodedIn(written: string, known: KnownForms, parts: KnownParts): Steps<readonly Stretch[]> {
  const found: Stretch[] = [];
  let text = written;
  let placeIn = (start: number, end: number): Stretch => [start, end];
  for (let depth = 0; depth < mostEncodings; depth++) {
    const inner = yield* decoded(text);
    if (inner === undefined) break;
    const meant = undisguised(inner.text) ?? {
      text: inner.text,
      place: (start, end): Stretch => [start, end],
    };
    const outer = placeIn;
    const place = (start: number, end: number): Stretch => outer(...inner.place(start, end));
    for (const [start, end] of [
      ...known.whole(meant.text),
      ...known.inAnyCase(meant.text),
      ...parts.in(meant.text),
    ])
      found.push(place(...meant.place(start, end)));
    [text, placeIn] = [inner.text, place];
    yield;
  }
  return found;
}

function jwtsIn(text: string): readonly Stretch[] {
  return [...text.matchAll(jwt)].map(({ index, 0: { length } }) => [index, index + length] as const);
}

/** Behind `Bearer` and its like. The next line is another one. */
function tokensIn(
  text: string,
  place: (start: number, end: number) => Stretch,
  written: string,
): readonly Stretch[] {
  return [...text.matchAll(authorization)].flatMap(({ index, 0: all, 3: value = '' }) => {
    if (!looksRandom(value)) return [];
    const [start, end] = place(index + all.length - value.length, index + all.length);
    const lineEnd = written.slice(start, end).search(/[\r\n]|\\[rn]|%0[ad]/i);
    return [[start, lineEnd === -1 ? end : start + lineEnd] as const];
  });
}

function shortForms(value: string): readonly string[] {
  const base64 = Buffer.from(value).toString('base64');
  return [value, ...percentForms(value), ...jsonForms(value), base64, base64.replace(/=+$/, '')];
}

/** What follows a header in its line and is none of it, where that can be told. */
function behindHeader(value: string): string {
  const basic = basicValue.exec(value);
  if (basic?.[1] !== undefined && isPair(basic[1])) return value.slice(basic[0].length);
  const word = shellWord.exec(value);
  return word === null ? '' : value.slice(word[0].length);
}

function isCredential(scheme: string, encoded: string): boolean {
  const value = decodeURIComponent(encoded);
  if (challenge.test(value)) return false;
  if (scheme.toLowerCase() === 'basic' && isPair(value)) return true;
  return value.length >= 6 && looksRandom(value);
}

/** `user:password` in base64 (RFC 7617), however short it is. */
function isPair(value: string): boolean {
  return /^[^\p{Cc}\ufffd]*:[^\p{Cc}\ufffd]*$/u.test(Buffer.from(value, 'base64').toString());
}

/** Not a word: "the token answered" and "basic information" are plain text. */
function looksRandom(text: string): boolean {
  return text.length >= 24 || /\d|[a-z][A-Z]|[+/=_~]/.test(text);
}

/** A value as it looks on its way: quoted, escaped, encoded, alone or inside something longer. */
function formsOf(raw: string): readonly string[] {
  const value = Buffer.from(raw).toString();
  const percent = percentForms(value);
  const base64 = [value, ...percent].flatMap((form) => base64Inside(Buffer.from(form)));
  return [
    raw,
    raw.toUpperCase(),
    ...percent,
    ...percent.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())),
    ...jsonForms(value),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
    ...base64.map((form) => encodeURIComponent(form)),
  ];
}

/** In addresses, in forms, by the letter of RFC 3986, and as OAuth2 encodes a client secret (RFC 6749 appendix B). */
function percentForms(value: string): readonly string[] {
  const percent = encodeURIComponent(value);
  const code = (one: string) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`;
  return [
    percent,
    percent.replace(/[!'()*]/g, code),
    percent.replace(/[-_.!~*'()]/g, code).replaceAll('%20', '+'),
    new URLSearchParams({ v: value }).toString().slice(2),
  ];
}

/** As JavaScript, PHP and Python write it; a server that repeats what it was sent quotes JSON in JSON. */
function jsonForms(value: string): readonly string[] {
  const json = jsonText(value);
  const nested = [1, 2, 3, 4].reduce<readonly string[]>(
    (texts) => [...texts, jsonText(texts.at(-1) ?? '')],
    [json],
  );
  const hex = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return [...nested, json.replaceAll('/', '\\/'), json.replace(/[\u0080-\uffff]/g, hex)];
}

function jsonText(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
