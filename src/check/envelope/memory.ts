import { looseName, messageNames, noteNames } from '../../lib/text/said.ts';
import { isObject, type Json } from '../../model/json.ts';
import { errorNames, isCount, isOfSurroundings, maybeEnvelopeIn } from './names.ts';
import { type Field, type Fields, mostFields } from './view.ts';
import { codeText, isFailingCode, isFailingWord, isUsualSuccess, saysRefusal } from './words.ts';

/** Services that are remembered at a time, and codes of each. */
const mostServices = 10_000;
const mostCodes = 20;
/** Services have one or two codes of success. */
const arbitraryFrom = 4;
/** So many answers with data make a value the one that a service always gives: of several operations, or of one. */
const constantFrom = { several: 4, one: 20 };
const longestConstant = 40;

/** What a field has held in all answers with data. */
interface Constant {
  readonly value: string;
  readonly times: number;
  /** The first operation; `null`: there were several. */
  readonly checkId: string | null;
}

/** What success looks like in the answers of each service, where no document says it. */
export class EnvelopeMemory {
  readonly #known = new Map<string, Set<string>>();
  /** By service and field; `null`: it has held several values. */
  readonly #constants = new Map<string, Map<string, Constant | null>>();
  readonly #usual = new Set<string>();
  readonly #told = new Set<string>();
  readonly #own = new Map<string, ReadonlySet<string>>();
  readonly #sets = new Map<string, ReadonlySet<string>>();

  /** An answer with this code has carried data. */
  learn(service: string, field: string, value: Json): void {
    const key = keyOf(service, field);
    const codes = this.#known.get(key) ?? new Set<string>();
    if (codes.size >= mostCodes) return;
    codes.add(codeText(value));
    if (!this.#known.has(key) && this.#known.size >= mostServices) this.#known.clear();
    this.#known.set(key, codes);
  }

  /** An answer without data has had a usual code of success: what else is answered there is none. */
  seesUsual(service: string, field: string): void {
    if (this.#usual.size >= mostServices) this.#usual.clear();
    this.#usual.add(keyOf(service, field));
  }

  isUsual(service: string, field: string): boolean {
    return this.#usual.has(keyOf(service, field));
  }

  /** Answers with data come with so many codes that none of them says how the call went. */
  isArbitrary(service: string, field: string): boolean {
    return this.successes(service, field).size >= arbitraryFrom;
  }

  /** Empty: nothing has been learnt. */
  successes(service: string, field: string): ReadonlySet<string> {
    return this.#known.get(keyOf(service, field)) ?? none;
  }

  /** A good answer: what its fields hold beside data is what this service says of success, or whatever it is, as long as it stays so. */
  sees(service: string, checkId: string, view: Fields<Json>): void {
    if (view.size > mostFields || ![...view.values()].some(({ value }) => isFilled(value))) return;
    const known = this.#constants.get(service) ?? new Map<string, Constant | null>();
    const hasList = holdsList(view);
    for (const [name, { value }] of view) {
      if (isObject(value) || Array.isArray(value)) continue;
      if ((isOfSurroundings(name) && !isWord(value)) || isNumberOf(name, value, hasList)) continue;
      const text = codeText(value);
      const before = known.get(name);
      if (before === null || (before === undefined && known.size >= mostCodes)) continue;
      known.set(name, nextOf(before, text, checkId));
    }
    if (!this.#constants.has(service) && this.#constants.size >= mostServices) this.#constants.clear();
    this.#constants.set(service, known);
  }

  /**
   * The field of an answer without data that has held one value in all answers with data, and holds another one beside words of a
   * failure; with that value.
   */
  odd(
    service: string,
    view: Fields<Json>,
  ): { readonly field: Field<Json>; readonly usual: string } | undefined {
    const known = this.#constants.get(service);
    if (known === undefined || view.size > mostFields) return undefined;
    const fields = [...view];
    const constantOf = (name: string): string | undefined => settled(known.get(name));
    const others = fields.filter(([name]) => constantOf(name) === undefined);
    const texts = fields.flatMap(([name, { value }]) =>
      typeof value === 'string' && constantOf(name) !== value ? [value] : [],
    );
    if (others.some(([name, { value }]) => isAskedFor(name, value))) return undefined;
    const hasList = holdsList(view);
    const odd = fields.find(([name, { value }]) => {
      const usual = constantOf(name) ?? '';
      if (usual === '' || isMessage(name) || value === null || usual === codeText(value)) return false;
      if (isNumberOf(name, value, hasList)) return false;
      return isFailingCode(value) || isFailingWord(value) || texts.some(saysRefusal);
    });
    if (odd === undefined) return undefined;
    const [name, field] = odd;
    return { field, usual: constantOf(name) ?? '' };
  }

  /** The value that a field has held in all answers with data. */
  constant(service: string, loose: string): string | undefined {
    return settled(this.#constants.get(service)?.get(loose));
  }

  /** The loose name of a field that has held one value in all answers with data, and may tell whether a call has succeeded. */
  unread(service: string, view: Fields<Json>): string | undefined {
    const known = this.#constants.get(service);
    if (known === undefined || view.size > mostFields || view.size < 3) return undefined;
    const name = maybeEnvelopeIn([...view.keys()]);
    return name !== undefined && settled(known.get(name)) !== undefined ? name : undefined;
  }

  /** A good answer of an operation holds something in these fields of its own, by loose names. */
  keepOwn(checkId: string, names: readonly string[]): void {
    if (!this.#own.has(checkId) && this.#own.size >= mostServices) this.#own.clear();
    this.#own.set(checkId, this.#oneOf(names));
  }

  /** Most operations have the same fields as others. */
  #oneOf(names: readonly string[]): ReadonlySet<string> {
    const key = JSON.stringify(names);
    const known = this.#sets.get(key) ?? new Set(names);
    if (this.#sets.size >= mostServices) this.#sets.clear();
    this.#sets.set(key, known);
    return known;
  }

  /** Those of the last good answer; `undefined`: there was none. */
  own(checkId: string): ReadonlySet<string> | undefined {
    return this.#own.get(checkId);
  }

  /** Whether this service is yet to be told of. */
  isNews(service: string): boolean {
    if (this.#told.has(service)) return false;
    if (this.#told.size >= mostServices) this.#told.clear();
    this.#told.add(service);
    return true;
  }
}

const none: ReadonlySet<string> = new Set();

function keyOf(service: string, field: string): string {
  return `${service}\0${field}`;
}

function nextOf(before: Constant | undefined, value: string, checkId: string): Constant | null {
  if (value.length > longestConstant) return null;
  if (before === undefined) return { value, times: 1, checkId };
  if (before.value !== value) return null;
  return { value, times: before.times + 1, checkId: before.checkId === checkId ? checkId : null };
}

function settled(constant: Constant | null | undefined): string | undefined {
  if (constant === null || constant === undefined) return undefined;
  const { value, times, checkId } = constant;
  return times >= (checkId === null ? constantFrom.several : constantFrom.one) ? value : undefined;
}

function isFilled(value: Json): boolean {
  return Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}

function holdsList(view: Fields<Json>): boolean {
  return [...view.values()].some(({ value }) => Array.isArray(value));
}

/** A number, or a flag, of what was asked for. */
function isNumberOf(name: string, value: Json, hasList: boolean): boolean {
  const isPlain = typeof value !== 'string' || /^-?[\d.]+$/.test(value.trim());
  return isPlain && isCount(name, { hasList });
}

/** Of success or of failure, whatever the field is called. */
function isWord(value: Json): boolean {
  return (
    isFailingWord(value) || (typeof value === 'string' && /[a-z]{2}/i.test(value) && isUsualSuccess(value))
  );
}

/** Something else than words of a failure and what stands beside any answer. */
function isAskedFor(name: string, value: Json): boolean {
  if (isOfSurroundings(name) || errorNames.includes(name)) return false;
  if (typeof value === 'string') return value !== '' && !isMessage(name) && !saysRefusal(value);
  return typeof value === 'object' ? isFilled(value) : value !== 0 && value !== false;
}

function isMessage(name: string): boolean {
  const loose = looseName(name);
  return messageNames.includes(loose) || noteNames.includes(loose);
}
