import type { Check } from '../../model/check.ts';
import type { KeptHabit } from '../../model/proof.ts';
import { isObject, type Json } from '../../model/json.ts';
import { type Envelope, envelopeIn } from '../envelope/detect.ts';
import { saysHowItWent } from '../envelope/usual.ts';
import { type KindsKept, type OtherKind, otherKindIn, withKindsOf } from './always-kinds.ts';
import { isListGone, type ListKept, withList } from './always-list.ts';
import { isTextGone, type TextKind, type TextsKept, withText } from './always-text.ts';
import { idsIn, type IdsKept, type StrangeIds } from './records.ts';
import { partsOf } from './violations.ts';

/** So many answers of one operation make a habit; of what an object or a value is left out of now and then, more. */
const alwaysFrom = { list: 5, record: 10, other: 20 };
const mostChecks = 200_000;
/** So many operations of a service, and so many answers of each, are no chance. */
const several = 3;
/** At a time; the rest has its turn the next time. */
const mostStored = 1000;

/** Of what a document shows, and of one answer, so many fields are looked at. */
const mostFields = 40;
const mostSeen = 1000;
/** In place of a count: some record was without it. */
const notAlways = 255;

/** Of the envelope. */
interface Always {
  readonly times: number;
  readonly code?: string;
  readonly payload?: string;
  readonly isList: boolean;
  /** What it carried was `null` in none of them. */
  readonly isFilled?: boolean;
  /** What it carried was a record or a page with something in it in all of them. */
  readonly isRecord?: boolean;
}

/** One answer, after those before it. */
interface Sight {
  readonly before: Always | undefined;
  readonly now: Envelope | undefined;
  readonly isNull: boolean;
  readonly isRecord: boolean;
}

/** In how many answers all records had a field, by its place among `names`. */
interface Fields {
  readonly names: readonly string[];
  readonly counts: Uint8Array;
}

/** What is written down of one check. */
interface Kept {
  readonly envelope?: Always;
  readonly json?: number;
  readonly fields?: Readonly<Record<string, number>>;
  readonly texts?: readonly string[];
  readonly kinds?: KindsKept | undefined;
  readonly plain?: TextsKept | undefined;
  readonly list?: ListKept | undefined;
  readonly ids?: IdsKept | undefined;
}

/** What all good answers of each operation have had so far: what one of them lacks has gone, whatever is required. */
export class AlwaysThere {
  readonly #envelopes = new Map<string, Always>();
  readonly #fields = new Map<string, Fields>();
  /** By service, of operations that always carry something: how often in a row they have carried nothing. */
  readonly #nothing = new Map<string, Map<string, number>>();
  /** Answers of JSON in a row; below zero for as long as others among them are too fresh. */
  readonly #json = new Map<string, number>();
  /** Where numbers are written as text, as the service is used to. */
  readonly #texts = new Map<string, readonly string[]>();
  /** What is an object, and what a list. */
  readonly #kinds = new Map<string, KindsKept>();
  /** Of answers that are no JSON, or hold a bare value. */
  readonly #plain = new Map<string, TextsKept>();
  /** Of what the envelope carries, or of the whole. */
  readonly #lists = new Map<string, ListKept>();
  /** Which record it is that was asked for, and that none stands twice in a page. */
  readonly #ids = new Map<string, IdsKept>();
  /** As stored, until it is asked for. */
  readonly #kept: Map<string, string>;
  readonly #changed = new Set<string>();

  constructor(kept: readonly KeptHabit[] = []) {
    this.#kept = new Map(kept.map(({ checkId, habit }) => [checkId, habit]));
  }

  /**
   * Names the fields of the envelope that all good answers of an operation have had and this one has not; empty: none, or there
   * have not been enough of them.
   *
   * @param body The whole body of a success by its status; `undefined`: it is empty.
   * @param mayBeGone As for `isAlwaysRecord`.
   */
  envelopeGone(body: Json | undefined, checkId: string, mayBeGone = false): readonly string[] {
    this.#recall(checkId);
    const before = this.#envelopes.get(checkId);
    const now = envelopeIn(body);
    const gone = before === undefined ? [] : goneSince(before, body, now?.code !== undefined);
    // A failure has its own way of saying so.
    const tells = now !== undefined || !isObject(body) || !saysHowItWent(body);
    const isNull = now?.payload !== undefined && isObject(body) && body[now.payload] === null;
    // One that is to be told of is no habit yet.
    const isNews = isNull && this.isAlwaysFilled(checkId);
    const carried = now?.payload !== undefined && isObject(body) ? body[now.payload] : undefined;
    const isRecord = isObject(carried) && Object.keys(carried).length > 0;
    if (gone.length === 0 && tells && !isNews) this.#sees(checkId, { before, now, isNull, isRecord });
    // Too early to tell: it may carry nothing now and then.
    else if (isNews && before?.isRecord === true && before.times < recordFrom(mayBeGone))
      this.#envelopes.set(checkId, { ...before, isRecord: false });
    return gone;
  }

  /** Whether what the envelope of an operation carries has never been `null`, in enough answers to count on it. */
  isAlwaysFilled(checkId: string): boolean {
    this.#recall(checkId);
    const { times = 0, isFilled = false } = this.#envelopes.get(checkId) ?? {};
    return isFilled && times >= alwaysFrom.list;
  }

  /**
   * Whether it has never been anything but a record or a page, in answers enough to say that one without it is wrong.
   *
   * @param mayBeGone It is asked for by what another answer has named.
   */
  isAlwaysRecord(checkId: string, mayBeGone = false): boolean {
    this.#recall(checkId);
    const { times = 0, isRecord = false } = this.#envelopes.get(checkId) ?? {};
    return isRecord && times >= recordFrom(mayBeGone);
  }

  /** Where an answer is an object, a list or neither of them, otherwise than all good ones before; one that is told of is no habit. */
  kindGone(body: Json, checkId: string, isTold: (other: OtherKind) => boolean): OtherKind | undefined {
    this.#recall(checkId);
    const before = this.#kinds.get(checkId) ?? {};
    const other = otherKindIn(body, before);
    if (other !== undefined && isTold(other)) return other;
    const next = withKindsOf(body, before);
    if (next === before) return undefined;
    if (!this.#kinds.has(checkId) && this.#kinds.size >= mostChecks) this.#kinds.clear();
    this.#kinds.set(checkId, next);
    this.#changed.add(checkId);
    return undefined;
  }

  /**
   * What is strange about the ids of an answer: it is another record than the one asked for, or holds one of them twice, although no
   * answer before did.
   *
   * @param now Epoch ms.
   */
  idsStrange(body: Json, check: Check, now: number): StrangeIds | undefined {
    this.#recall(check.id);
    const before = this.#ids.get(check.id) ?? {};
    const { strange, kept } = idsIn(body, check, before, now);
    if (kept === before) return strange;
    if (!this.#ids.has(check.id) && this.#ids.size >= mostChecks) this.#ids.clear();
    this.#ids.set(check.id, kept);
    this.#changed.add(check.id);
    return strange;
  }

  /**
   * Whether by now all operations of a service that have always carried something carry nothing, for several answers of each: what one
   * of them is asked for may be gone, what all of them are asked for is not.
   *
   * @param isNull What the envelope of this answer carries.
   */
  isNothingAnywhere(service: string, checkId: string, isNull: boolean): boolean {
    if (!this.isAlwaysFilled(checkId)) return false;
    const counts = this.#nothing.get(service) ?? new Map<string, number>();
    this.#nothing.set(service, counts);
    counts.set(checkId, isNull ? (counts.get(checkId) ?? 0) + 1 : 0);
    const all = [...counts.values()];
    return isNull && all.length >= several && all.every((times) => times >= several);
  }

  /** Takes over a new plan of a service: how its other operations were says nothing of it any more. */
  follow(service: string, checkIds: ReadonlySet<string>): void {
    const counts = this.#nothing.get(service);
    for (const id of counts?.keys() ?? []) if (!checkIds.has(id)) counts?.delete(id);
    if (checkIds.size === 0) this.#nothing.delete(service);
  }

  /**
   * Pointers (`*` for the items of lists) of fields that all records of all good answers have had and no record of this one has; empty:
   * none, or there have not been enough of them.
   *
   * @param names Of the fields in question: those that the document shows, the same list each time.
   * @param isShown Of those, which an example of the document shows; the others are only possible, and more is asked of them, unless it
   *   is what all records are known by.
   */
  fieldsGone(
    body: Json,
    checkId: string,
    names: readonly string[],
    isShown: (name: string) => boolean = () => true,
  ): readonly string[] {
    this.#recall(checkId);
    const { counts } = this.#fieldsOf(checkId, names);
    const seen = seenIn(body);
    const gone = names.filter((name, at) => {
      const of = seen.get(parentOf(name))?.objects ?? 0;
      const times = counts[at] ?? 0;
      const isOfRecords = name.includes('/*/') && of > 1;
      if (!isShown(name) && name.includes('/*/') && !isOfRecords) return false;
      const isSure = isShown(name) || namesRecord(name, names);
      const enough = isOfRecords && isSure ? alwaysFrom.list : alwaysFrom.other;
      return of > 0 && times !== notAlways && times >= enough && (seen.get(name)?.times ?? 0) === 0;
    });
    if (gone.length > 0) return gone;
    for (const [at, name] of names.entries()) {
      const of = seen.get(parentOf(name))?.objects ?? 0;
      const times = counts[at] ?? 0;
      if (of === 0 || times === notAlways) continue;
      const next = seen.get(name)?.times === of ? Math.min(times + 1, alwaysFrom.other) : notAlways;
      if (next !== times) this.#changed.add(checkId);
      counts[at] = next;
    }
    return [];
  }

  /**
   * Whether the answers of an operation have been JSON until now and this one is not: the last five, or, once there was another among
   * them, the last twenty. Of an answer without a body more of them are asked for.
   */
  jsonGone(isJson: boolean, checkId: string, isEmpty = false): boolean {
    this.#recall(checkId);
    const before = this.#json.get(checkId) ?? 0;
    if (!isJson && before >= (isEmpty ? alwaysFrom.record : alwaysFrom.list)) return true;
    const next = isJson ? Math.min(before + 1, alwaysFrom.record) : alwaysFrom.list - alwaysFrom.other;
    if (next === before) return false;
    if (!this.#json.has(checkId) && this.#json.size >= mostChecks) this.#json.clear();
    this.#json.set(checkId, next);
    this.#changed.add(checkId);
    return false;
  }

  /** Whether an answer that is no object and no list is a page or empty, as none before was; one that is told of is no habit. */
  textGone(kind: TextKind, checkId: string): boolean {
    this.#recall(checkId);
    const before = this.#plain.get(checkId);
    if (isTextGone(kind, before)) return true;
    const next = withText(kind, before);
    if (next === before) return false;
    if (before === undefined && this.#plain.size >= mostChecks) this.#plain.clear();
    this.#plain.set(checkId, next);
    this.#changed.add(checkId);
    return false;
  }

  /** Whether `null` stands in place of what has been a list in all answers; one that is told of is no habit. */
  listGone(value: Json, checkId: string): boolean {
    this.#recall(checkId);
    const before = this.#lists.get(checkId);
    if (isListGone(value, before)) return true;
    const next = withList(value, before);
    if (next === before) return false;
    if (before === undefined && this.#lists.size >= mostChecks) this.#lists.clear();
    this.#lists.set(checkId, next);
    this.#changed.add(checkId);
    return false;
  }

  /** Pointers (`*` for the items of lists) where an operation's answers hold numbers as text, as is settled for its service. */
  textsOf(checkId: string): readonly string[] {
    this.#recall(checkId);
    return this.#texts.get(checkId) ?? [];
  }

  keepText(checkId: string, place: string): void {
    const before = this.textsOf(checkId);
    if (before.length >= mostFields) return;
    if (before.length === 0 && this.#texts.size >= mostChecks) this.#texts.clear();
    this.#texts.set(checkId, [...before, place]);
    this.#changed.add(checkId);
  }

  /** What there is to store, or a part of it when there is much. */
  news(): readonly KeptHabit[] {
    return [...this.#changed]
      .slice(0, mostStored)
      .map((checkId) => ({ checkId, habit: this.#toKeep(checkId) }));
  }

  /** It has been stored. */
  adopt(kept: readonly KeptHabit[]): void {
    for (const { checkId, habit } of kept) if (this.#toKeep(checkId) === habit) this.#changed.delete(checkId);
  }

  #sees(checkId: string, { before, now, isNull, isRecord }: Sight): void {
    if (before !== undefined && before.times >= alwaysFrom.other) return;
    const { code, payload, isList = true } = now ?? {};
    if (before === undefined && this.#envelopes.size >= mostChecks) this.#envelopes.clear();
    const isFirst = before === undefined;
    this.#envelopes.set(checkId, {
      times: (before?.times ?? 0) + 1,
      ...(code !== undefined && (isFirst || before.code === code) ? { code } : {}),
      ...(payload !== undefined && (isFirst || before.payload === payload) ? { payload } : {}),
      isList: isList && before?.isList !== false,
      isFilled: payload !== undefined && !isNull && (isFirst || before.isFilled === true),
      isRecord: isRecord && (isFirst || before.isRecord === true),
    });
    this.#changed.add(checkId);
  }

  /** A field that the document shows from now on has not been looked for yet. */
  #fieldsOf(checkId: string, names: readonly string[]): Fields {
    const known = this.#fields.get(checkId);
    if (known?.names === names) return known;
    const counts = Uint8Array.from(names, (name) => known?.counts[known.names.indexOf(name)] ?? 0);
    const fields = { names, counts };
    if (known === undefined && this.#fields.size >= mostChecks) this.#fields.clear();
    this.#fields.set(checkId, fields);
    return fields;
  }

  #recall(checkId: string): void {
    const text = this.#kept.get(checkId);
    if (text === undefined) return;
    this.#kept.delete(checkId);
    const { envelope, json, fields = {}, texts, kinds, plain, list, ids } = JSON.parse(text) as Kept;
    if (envelope !== undefined) this.#envelopes.set(checkId, envelope);
    if (json !== undefined) this.#json.set(checkId, json);
    if (texts !== undefined) this.#texts.set(checkId, texts);
    if (kinds !== undefined) this.#kinds.set(checkId, kinds);
    if (plain !== undefined) this.#plain.set(checkId, plain);
    if (list !== undefined) this.#lists.set(checkId, list);
    if (ids !== undefined) this.#ids.set(checkId, ids);
    const names = Object.keys(fields);
    this.#fields.set(checkId, { names, counts: Uint8Array.from(Object.values(fields)) });
  }

  #toKeep(checkId: string): string {
    const envelope = this.#envelopes.get(checkId);
    const json = this.#json.get(checkId);
    const { names, counts } = this.#fields.get(checkId) ?? { names: [], counts: [] };
    const kept: Kept = {
      envelope,
      json,
      texts: this.#texts.get(checkId),
      kinds: this.#kinds.get(checkId),
      plain: this.#plain.get(checkId),
      list: this.#lists.get(checkId),
      ids: this.#ids.get(checkId),
      fields: Object.fromEntries(names.map((name, at) => [name, counts[at] ?? 0])),
    };
    return JSON.stringify(kept);
  }
}

/** Pointers of the fields that examples show. */
export function fieldsShown(examples: readonly Json[]): readonly string[] {
  const names = new Set(examples.flatMap((example) => [...seenIn(example).keys()]));
  return [...names].filter((name) => name !== '' && !name.endsWith('/*')).slice(0, mostFields);
}

interface Seen {
  /** How often there was such a value. */
  times: number;
  /** How many of them were records: an object with nothing in it tells of fields only among others of its kind. */
  objects: number;
}

/** What there is in a value, by pointer. */
function seenIn(body: Json): ReadonlyMap<string, Seen> {
  const seen = new Map<string, Seen>();
  const waiting: { readonly value: Json; readonly at: string }[] = [{ value: body, at: '' }];
  for (const { value, at } of waiting) {
    const one = seen.get(at) ?? { times: 0, objects: 0 };
    seen.set(at, one);
    one.times++;
    if (isObject(value) && (at.endsWith('/*') || Object.keys(value).length > 0)) one.objects++;
    for (const [step, part] of partsOf(value, mostSeen)) {
      if (waiting.length >= mostSeen) break;
      waiting.push({ value: part, at: at + step });
    }
  }
  return seen;
}

function recordFrom(mayBeGone: boolean): number {
  return mayBeGone ? alwaysFrom.other : alwaysFrom.record;
}

const plainId = /\/\*\/(?:_?id|uuid|guid)$/i;
const maybeId = /\/\*\/[a-z]\w*?(?:_id|Id|ID|_no|No)$/;

/** Its `id`, or else the first of `orderNo`, `user_id`: no record that has one is without it at times, as it may be without another's. */
function namesRecord(pointer: string, names: readonly string[]): boolean {
  const beside = names.filter((name) => parentOf(name) === parentOf(pointer));
  const own = beside.find((name) => plainId.test(name)) ?? beside.find((name) => maybeId.test(name));
  return own === pointer;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

function goneSince(
  { times, code, payload, isList }: Always,
  body: Json | undefined,
  isGood: boolean,
): readonly string[] {
  if (times < alwaysFrom.list || code === undefined) return [];
  const has = (name: string): boolean => isObject(body) && Object.hasOwn(body, name);
  const lost = payload !== undefined && !has(payload) ? [payload] : [];
  if (!has(code)) return [code, ...lost];
  return isGood && times >= (isList ? alwaysFrom.list : alwaysFrom.other) ? lost : [];
}
