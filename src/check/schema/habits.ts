import { paramsOf, sentence } from '../../messages/sentence.ts';
import type { Check } from '../../model/check.ts';
import type { Json } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { anyItem, partsOf, valueAt } from './violations.ts';
import { typesIn } from './wording.ts';

/** How a service writes values of a kind, whatever its documents say: that is settled once for all of its answers. */
type Habit = 'writesNumbersAsText' | 'writesTimesInOwnForm';

/** Of one answer is looked at; characters of the fields of one operation, and operations, are remembered. */
const mostValues = 300;
const mostCharacters = 2000;
const mostChecks = 200_000;

/** What services do with numbers and times, and where they have done otherwise. */
export class Habits {
  readonly #told = new Set<string>();
  readonly #broken: ReadonlySet<string>;
  /** By check: fields that have held numbers, as a list between line breaks; operations of one kind share it. */
  readonly #numbers = new Map<string, string>();
  readonly #lists = new Map<string, string>();

  /** @param broken Checks of which people have been told that they break their schema: nothing of theirs is a habit. */
  constructor(broken: ReadonlySet<string> = new Set()) {
    this.#broken = broken;
  }

  /**
   * Violations without those that are a habit of the service; the first of each habit is noted, once for the service. A field
   * that held a number and now holds a text has changed: that is no habit, save for numbers that a browser cannot hold.
   */
  weigh(findings: readonly Finding[], body: Json, check: Pick<Check, 'id' | 'service'>): readonly Finding[] {
    const numbers = this.#learn(body, check.id);
    if (findings.length === 0 || this.#broken.has(check.id)) return findings;
    return findings.flatMap((finding): readonly Finding[] => {
      const habit = habitIn(finding, body, numbers);
      if (habit === undefined) return [finding];
      return this.#isNew(`${check.service}\0${habit}`)
        ? [{ ...finding, kind: 'habit', level: 'info', message: sentence(habit, { what: finding.message }) }]
        : [];
    });
  }

  #isNew(fact: string): boolean {
    if (this.#told.has(fact)) return false;
    if (this.#told.size >= mostChecks) this.#told.clear();
    this.#told.add(fact);
    return true;
  }

  #learn(body: Json, checkId: string): string {
    const known = this.#numbers.get(checkId) ?? '\n';
    let list = known;
    for (const at of numbersIn(body)) {
      if (list.length < mostCharacters && !list.includes(`\n${at}\n`)) list += `${at}\n`;
    }
    if (list === known) return known;
    if (this.#numbers.size >= mostChecks) this.#numbers.clear();
    if (this.#lists.size >= mostChecks) this.#lists.clear();
    const shared = this.#lists.get(list) ?? list;
    this.#lists.set(shared, shared);
    this.#numbers.set(checkId, shared);
    return shared;
  }
}

/** Pointers of the numbers of a value, `*` for the items of lists. */
function* numbersIn(body: Json): Iterable<string> {
  const waiting: { readonly value: Json; readonly at: string }[] = [{ value: body, at: '' }];
  for (let seen = 0; seen < mostValues; seen++) {
    const next = waiting.pop();
    if (next === undefined) return;
    const { value, at } = next;
    if (typeof value === 'number') yield at;
    for (const [step, part] of partsOf(value, mostValues)) waiting.push({ value: part, at: at + step });
  }
}

function habitIn(finding: Finding, body: Json, numbers: string): Habit | undefined {
  const { pointer = '', level, expected } = finding;
  const format = paramsOf(finding.expected, 'formatNamed')?.name;
  const value = level === 'info' ? undefined : valueAt(body, pointer);
  if (typeof value !== 'string') return undefined;
  if (format === 'date' || format === 'date-time' || format === 'time')
    return looksLikeTime(value) ? 'writesTimesInOwnForm' : undefined;
  const types = typesIn(expected);
  const isNumber = types.includes('number')
    ? /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i
    : types.includes('integer')
      ? /^-?\d+$/
      : /^$/;
  if (value.length > 60 || value === '' || !isNumber.test(value)) return undefined;
  const isBeyond = !Number.isSafeInteger(Number(value)) && Number.isInteger(Number(value));
  return isBeyond || !numbers.includes(`\n${anyItem(pointer)}\n`) ? 'writesNumbersAsText' : undefined;
}

/** `2024-05-06 07:08:09`, `2024/5/6`, `20240506070809`, `2024年5月6日`: a time to whoever reads it. */
function looksLikeTime(text: string): boolean {
  return /^(?:19|20)\d\d(?:[-/.年]?\d{1,2}){2}日?(?:[T ]?\d{1,2}(?:[:时]?\d{2}){1,2}.{0,12})?$|^\d{1,2}:\d\d(?::\d\d)?$/.test(
    text,
  );
}
