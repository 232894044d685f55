import { sha256 } from '../../lib/text/text.ts';
import type { KeptTrial, TrialMemory } from '../../model/proof.ts';
import { asksFor, blamedBy, isValueRefusal } from './answered.ts';
import { isOfDay } from './days.ts';
import { isIdLike } from '../capture/id-like.ts';
import type { Sample } from './sample.ts';
import { isBorderName } from './time-range.ts';
import type { Check, FilledValue, ValueOrigin } from '../../model/check.ts';
import type { Json } from '../../model/json.ts';
import { hasAnsweredWell, type Result } from '../../model/result.ts';

/** What came of values of one check that nobody has configured. Replaced by another one when there is news. */
export interface Tried {
  /** Refused ones, the longest ago first. */
  readonly refused: readonly string[];
  /** By parameter, what the last good answer was given for; absent: there was none. */
  readonly worked?: Readonly<Record<string, Proven>>;
  /** Optional parameters that a refusal has named. */
  readonly asked: readonly string[];
  /** Parameters of which captured values have been answered, well or by a failure of the service. */
  readonly captured?: readonly string[];
  /** Calls that have been refused since the last good answer, by their values, the last one last. */
  readonly since: ReadonlyMap<string, Refused>;
}

interface Proven {
  readonly key: string;
  readonly origin: ValueOrigin;
  /** Good answers in a row, counted as far as `enough`. */
  readonly times?: number;
}

interface Refused {
  readonly times: number;
  /** Somebody has said that each of its values exists: an answer of the service, or its document. */
  readonly isReal: boolean;
  /** That something is not there, or not ours, says nothing of the operation. */
  readonly isAbsence: boolean;
  /** It is there, as far as that answer tells. */
  readonly isThere?: boolean;
  /** Nothing that comes and goes: the operation has taken a made-up value there again and again. */
  readonly isProven?: boolean;
  /** Something was made up where it is real values that have worked: whatever becomes of it, it says nothing. */
  readonly isGuess?: boolean;
}

/** Good answers after which a value that neither names something nor ends with the day is proven. */
const enough = 3;

/** Of one check: those before them are tried again. */
const mostRefused = 20;
const mostAsked = 10;

const tries: ReadonlySet<ValueOrigin> = new Set<ValueOrigin>(['example', 'captured', 'generated']);
const absences: ReadonlySet<number> = new Set([403, 404, 410]);

const untried: Tried = { refused: [], asked: [], since: new Map() };
const workedAlways: Tried = { ...untried, worked: {} };

/**
 * Remembers which values worked and which were refused, so that another one is used the next time. What is kept over restarts
 * are digests: the values themselves are those of documents and answers.
 */
export class Trials implements TrialMemory {
  readonly #tried: Map<string, Tried>;
  readonly #stored: Map<string, string>;
  readonly #changed = new Set<string>();

  constructor(kept: readonly KeptTrial[] = []) {
    this.#tried = new Map(kept.map(({ checkId, tried }) => [checkId, unpacked(tried)]));
    this.#stored = new Map(kept.map(({ checkId, tried }) => [checkId, tried]));
  }

  of(checkId: string): Tried | undefined {
    return this.#tried.get(checkId);
  }

  forget(checkId: string): void {
    if (this.#tried.delete(checkId)) this.#changed.add(checkId);
  }

  /** What is to be known of a check elsewhere. */
  kept(checkId: string): KeptTrial | undefined {
    const of = this.#tried.get(checkId);
    const tried = of === undefined ? '' : packed(of);
    return tried === '' ? undefined : { checkId, tried };
  }

  /** Knows of these checks what another process does, and nothing else. */
  take(checkIds: Iterable<string>, kept: readonly KeptTrial[]): void {
    for (const id of checkIds) this.#tried.delete(id);
    for (const { checkId, tried } of kept) this.#tried.set(checkId, unpacked(tried));
  }

  news(): readonly KeptTrial[] {
    return [...this.#changed].flatMap((checkId) => {
      const of = this.#tried.get(checkId);
      const tried = of === undefined ? '' : packed(of);
      if (tried !== (this.#stored.get(checkId) ?? '')) return [{ checkId, tried }];
      this.#changed.delete(checkId);
      return [];
    });
  }

  /** They have been stored. */
  adopt(kept: readonly KeptTrial[]): void {
    for (const { checkId, tried } of kept)
      if (tried === '') this.#stored.delete(checkId);
      else this.#stored.set(checkId, tried);
  }

  /** What a call of a cycle came to. */
  note(check: Check, result: Result): void {
    const before = this.#tried.get(check.id) ?? untried;
    if (isValueRefusal(result)) return this.#set(check.id, afterRefusal(before, check, result));
    if (result.status === undefined) return;
    const known = withCaptured(before, check);
    this.#set(check.id, hasAnsweredWell(result) ? afterSuccess(known, check) : known);
  }

  /**
   * Whether refusals of its values no longer explain that a check which has worked fails: two different real ones have been refused
   * since, or the only one again; or, for what was made up and proven, another one as well. That something made up does not exist,
   * or is refused in place of a real one, says nothing, whatever was refused before.
   */
  isExhausted({ id }: Check): boolean {
    const all = [...(this.#tried.get(id)?.since.values() ?? [])];
    const last = all.at(-1);
    if (last?.isGuess === true) return false;
    const since = all.filter(({ isGuess }) => isGuess !== true);
    if (last?.isAbsence === true && !last.isReal && last.isProven !== true) return false;
    const real = since.filter(({ isReal }) => isReal);
    if (real.length > 1 || real.some(({ times }) => times > 1)) return true;
    const proven = since.filter(({ isProven }) => isProven === true);
    if (proven.length > 1 || proven.some(({ times }) => times > 1)) return true;
    return since.some(({ times, isAbsence }) => times > 1 && !isAbsence);
  }

  #set(checkId: string, tried: Tried): void {
    if (tried === untried || tried === this.#tried.get(checkId)) return;
    this.#tried.set(checkId, tried);
    this.#changed.add(checkId);
  }
}

/** What there is to say of values that are still the best ones is had anew with the next good answer. */
function packed({ refused, worked, asked, captured, since }: Tried): string {
  const isPlain = refused.length + asked.length + since.size === 0;
  const proven = Object.entries(worked ?? {}).filter(([, { origin }]) => !isPlain || origin === 'example');
  if (isPlain && proven.length === 0 && captured === undefined) return '';
  const kept = worked && (!isPlain || proven.length > 0) ? Object.fromEntries(proven) : undefined;
  return JSON.stringify({ refused, worked: kept, asked, captured, since: [...since] });
}

function unpacked(text: string): Tried {
  const { since, ...tried } = JSON.parse(text) as Omit<Tried, 'since'> & {
    readonly since: readonly [string, Refused][];
  };
  return { ...tried, since: new Map(since) };
}

function withCaptured(before: Tried, { values }: Check): Tried {
  const { captured: known = [] } = before;
  const sent = values.filter(isCaptured).map(({ name }) => name);
  return sent.every((name) => known.includes(name))
    ? before
    : { ...before, captured: [...new Set([...known, ...sent])] };
}

/** What was made up although captured values are known to work: that it is answered says nothing of these. */
export function standInsIn(values: readonly FilledValue[], tried: Tried | undefined): readonly string[] {
  const { captured = [] } = tried ?? {};
  return values.flatMap(({ name, origin }) =>
    origin === 'generated' && captured.includes(name) ? [name] : [],
  );
}

function afterSuccess(before: Tried, { values }: Check): Tried {
  const sent = values.filter(isTry);
  if (sent.length === 0 && before.asked.length === 0 && before.captured === undefined) return workedAlways;
  const keys = new Set(sent.map(({ name, value }) => keyOf(name, value)));
  const refused = before.refused.filter((key) => !keys.has(key));
  const provenAgain = ({ name, value, origin }: FilledValue): Proven => {
    const key = keyOf(name, value);
    const known = before.worked?.[name];
    const times = known?.key === key ? Math.min((known.times ?? 0) + 1, enough) : 1;
    return { key, origin, times };
  };
  const isSame =
    before.since.size === 0 &&
    refused.length === before.refused.length &&
    before.worked !== undefined &&
    sent.every((one) => {
      const { key, times } = provenAgain(one);
      return before.worked?.[one.name]?.key === key && before.worked[one.name]?.times === times;
    });
  if (isSame) return before;
  const worked = Object.fromEntries(sent.map((one) => [one.name, provenAgain(one)]));
  return { ...before, refused, worked, since: new Map() };
}

function afterRefusal(before: Tried, check: Check, result: Result): Tried {
  const sent = check.values.filter(isTry);
  const isAsking = before.worked === undefined && !isAbsence(result) && result.status !== 409;
  const named = isAsking ? askedBy(check, result) : [];
  const asked = [...new Set([...before.asked, ...named])].slice(0, mostAsked);
  // A parameter was missing: that says nothing against the others.
  if (asked.length > before.asked.length) return { ...before, asked };
  if (sent.length === 0) return before;
  const blamed = leastTrusted(sent, blamedBy(check, result), before);
  const keys = blamed.map(({ name, value }) => keyOf(name, value));
  const refused = [...before.refused.filter((key) => !keys.includes(key)), ...keys].slice(-mostRefused);
  const call = sent.map(({ name, value }) => keyOf(name, value)).join(' ');
  const times = (before.since.get(call)?.times ?? 0) + 1;
  const since = new Map([...before.since].filter(([key]) => key !== call).slice(-mostRefused));
  since.set(call, {
    times,
    isReal:
      blamed.every(({ origin }) => origin !== 'generated') && blamed.some((one) => isKnown(one, before)),
    isAbsence: isAbsence(result) || (result.status ?? 0) < 400,
    ...(isAbsence(result) ? {} : { isThere: true }),
    ...(blamed.every((one) => isProven(one, before)) ? { isProven: true } : {}),
    ...(blamed.some((one) => isGuess(one, before)) ? { isGuess: true } : {}),
  });
  return { ...before, refused, since };
}

/** What the answer names, else what was made up in place of a real one, else what says which record is meant. */
function leastTrusted(
  sent: readonly FilledValue[],
  named: readonly FilledValue[],
  before: Tried,
): readonly FilledValue[] {
  const own = sent.filter((value) => named.includes(value));
  const guesses = sent.filter((value) => isGuess(value, before));
  const ids = sent.filter(isIdLike);
  return [own, guesses, ids, sent].find((some) => some.length > 0) ?? sent;
}

/** Made up, where what has worked was captured, documented or configured; or no longer in the list that held it. */
function isGuess({ name, origin, isKept }: FilledValue, { worked, captured = [] }: Tried): boolean {
  if (isKept === true) return true;
  if (origin !== 'generated') return false;
  return captured.includes(name) || (worked !== undefined && worked[name]?.origin !== 'generated');
}

/** What it names; else the window of time that was recorded empty. */
function askedBy(check: Check, result: Result): readonly string[] {
  const named = asksFor(check, result);
  return named.length > 0 ? named : (check.blank ?? []).filter(isBorderName);
}

/** Captured, and not where only made-up values have been taken: what was captured may name something else. */
function isKnown({ name, origin }: FilledValue, { worked }: Tried): boolean {
  return origin === 'captured' && worked?.[name]?.origin !== 'generated';
}

/** Made up, and neither the name of something, which may go, nor of this day. */
function isProven(value: FilledValue, { worked }: Tried): boolean {
  if (value.origin !== 'generated' || isIdLike(value) || isOfDay(value.value)) return false;
  const { origin, times = 0 } = worked?.[value.name] ?? {};
  return origin === 'generated' && times >= enough;
}

function isAbsence({ status = 0 }: Result): boolean {
  return absences.has(status);
}

function isTry({ origin }: FilledValue): boolean {
  return tries.has(origin);
}

function isCaptured({ origin }: FilledValue): boolean {
  return origin === 'captured';
}

const digestLength = 16;

/** `7`, `"7"` and a list of it alone are the same in a request. */
function keyOf(name: string, value: Json): string {
  const [first] = Array.isArray(value) && value.length === 1 ? (value as readonly Json[]) : [value];
  const one = first ?? null;
  const text = typeof one === 'object' ? JSON.stringify(one) : String(one);
  return sha256(`${name}=${text}`).slice(0, digestLength);
}

/**
 * The best of the `offers` for a parameter, which come best first: one that has not been refused, else the one whose refusal is
 * the longest ago. An example that has worked comes before all others; what is made up is not tried once something real has worked.
 */
export function choose(name: string, offers: Iterable<Sample>, tried: Tried | undefined): Sample | undefined {
  if (tried === undefined || (tried.refused.length === 0 && tried.worked?.[name]?.origin !== 'example'))
    return firstOf(offers);
  const worked = tried.worked?.[name];
  const hasWorked = worked !== undefined && worked.origin !== 'generated';
  const isReal = hasWorked || tried.captured?.includes(name) === true;
  const all = [...offers];
  const real = isReal ? all.filter(({ origin }) => origin !== 'generated') : all;
  const proven = real.filter(
    ({ origin, value }) => origin === 'example' && keyOf(name, value) === worked?.key,
  );
  return leastRefused(name, [...proven, ...(real.length > 0 ? real : all)], tried, ({ value }) => value);
}

/**
 * Whether the service has refused what it has given itself, and not as something that is not there, which may name something
 * else: that something made up does not exist would only hide this.
 */
export function breaksForKnown(tried: Tried | undefined): boolean {
  return [...(tried?.since.values() ?? [])].some(({ isReal, isThere }) => isReal && isThere === true);
}

/** Whether it has been refused, and has never worked. */
export function isRefused({ value }: Sample, name: string, { refused, worked }: Tried): boolean {
  const key = keyOf(name, value);
  return refused.includes(key) && worked?.[name]?.key !== key;
}

/** Whether the last good answer was given for it. */
export function hasWorked(name: string, value: Json | undefined, tried: Tried | undefined): boolean {
  return value !== undefined && tried?.worked?.[name]?.key === keyOf(name, value);
}

/** Whether it has been refused since the last good answer that was given for it. */
export function isRefusedNow(name: string, value: Json | undefined, tried: Tried | undefined): boolean {
  return value !== undefined && tried?.refused.includes(keyOf(name, value)) === true;
}

/** As `choose`, of what one answer holds: the one that has worked, if it still does. */
export function chooseFound<T>(
  name: string,
  found: readonly T[],
  tried: Tried | undefined,
  valueOf: (one: T) => Json | undefined,
): T | undefined {
  const worked = found.filter((one) => hasWorked(name, valueOf(one), tried));
  return leastRefused(name, [...worked, ...found], tried, (one) => valueOf(one) ?? null);
}

/** Where all have been refused, the one that has worked is called every other time: so an end of it is seen soon. */
function leastRefused<T>(
  name: string,
  all: readonly T[],
  tried: Tried | undefined,
  valueOf: (one: T) => Json,
): T | undefined {
  if (tried === undefined) return all[0];
  const since = (one: T): number => tried.refused.indexOf(keyOf(name, valueOf(one)));
  const open = all.find((one) => since(one) === -1);
  if (open !== undefined) return open;
  const oldestFirst = all.toSorted((a, b) => since(a) - since(b));
  const worked = all.find((one) => keyOf(name, valueOf(one)) === tried.worked?.[name]?.key);
  return worked === undefined || worked === oldestFirst.at(-1) ? oldestFirst[0] : worked;
}

function firstOf<T>(items: Iterable<T>): T | undefined {
  for (const item of items) return item;
  return undefined;
}
