import { isObject, type Json } from '../../model/json.ts';
import { type Envelope, envelopeIn } from './detect.ts';
import { codeText, fieldOf } from './words.ts';

/** Services that are remembered at a time, and codes of each. */
const mostServices = 10_000;
const mostCodes = 20;
/** Services have one or two codes of success. */
const arbitraryFrom = 4;

/** So many answers of one operation make a habit; of what an object or a value is left out of now and then, more. */
const alwaysFrom = { list: 5, other: 20 };
const mostChecks = 200_000;

/** What each good answer of an operation has had so far. */
interface Always {
  readonly times: number;
  readonly code?: string;
  readonly payload?: string;
  readonly isList: boolean;
}

/** With which codes the answers of each service have carried data: what success is there, where no document says it. */
export class EnvelopeMemory {
  readonly #known = new Map<string, Set<string>>();
  readonly #always = new Map<string, Always>();

  /**
   * Names the fields of the envelope that all good answers of an operation have had and this one has not; empty: none, or there
   * have not been enough of them. A habit ends with the process.
   *
   * @param body The whole body of a success by its status; `undefined`: it is empty.
   */
  goneFrom(body: Json | undefined, checkId: string): readonly string[] {
    const before = this.#always.get(checkId);
    const now = envelopeIn(body);
    const gone = before === undefined ? [] : goneSince(before, body, now?.code !== undefined);
    // A failure has its own way of saying so.
    const tells = now !== undefined || !isObject(body) || fieldOf(body) === undefined;
    if (gone.length === 0 && tells) this.#sees(checkId, before, now);
    return gone;
  }

  #sees(checkId: string, before: Always | undefined, now: Envelope | undefined): void {
    if (before !== undefined && before.times >= alwaysFrom.other) return;
    const { code, payload, isList = true } = now ?? {};
    if (before === undefined && this.#always.size >= mostChecks) this.#always.clear();
    const isFirst = before === undefined;
    this.#always.set(checkId, {
      times: (before?.times ?? 0) + 1,
      ...(code !== undefined && (isFirst || before.code === code) ? { code } : {}),
      ...(payload !== undefined && (isFirst || before.payload === payload) ? { payload } : {}),
      isList: isList && before?.isList !== false,
    });
  }

  learn(service: string, field: string, value: Json): void {
    const key = keyOf(service, field);
    const codes = this.#known.get(key) ?? new Set<string>();
    if (codes.size >= mostCodes) return;
    codes.add(codeText(value));
    if (!this.#known.has(key) && this.#known.size >= mostServices) this.#known.clear();
    this.#known.set(key, codes);
  }

  /** Answers with data come with so many codes that none of them says how the call went. */
  isArbitrary(service: string, field: string): boolean {
    return this.successes(service, field).size >= arbitraryFrom;
  }

  /** Empty: nothing has been learnt. */
  successes(service: string, field: string): ReadonlySet<string> {
    return this.#known.get(keyOf(service, field)) ?? none;
  }
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

const none: ReadonlySet<string> = new Set();

function keyOf(service: string, field: string): string {
  return `${service}\0${field}`;
}
