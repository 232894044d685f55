import { paramsOf, sentence } from '../../messages/sentence.ts';
import type { Check } from '../../model/check.ts';
import type { Json } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { looseName } from '../../lib/text/said.ts';
import { pointerPart } from '../../lib/json/json-path.ts';
import { payloadIn } from '../envelope/detect.ts';
import { isOfEnvelope } from '../envelope/names.ts';
import { anyItem, partsOf, stepsOf, valueAt } from './violations.ts';
import { typesIn } from './wording.ts';

/** How a service writes values of a kind, whatever its documents say: that is settled once for all of its answers. */
type Habit = 'writesNumbersAsText' | 'writesTimesInOwnForm';

/** Of one answer is looked at; characters of the fields of one operation, and operations, are remembered. */
const mostValues = 300;
const mostCharacters = 2000;
const mostChecks = 200_000;

/** Where an operation's answers have held numbers as text, kept from one process to the next. */
export interface TextsKept {
  textsOf(checkId: string): readonly string[];
  keepText(checkId: string, place: string): void;
}

/** What one service writes as numbers, and what as text although its documents call it a number. */
interface Written {
  /** Names of fields that have held numbers. */
  readonly numbers: Set<string>;
  /** Of those that have held text, with the operations where they have. */
  readonly texts: Map<string, Set<string>>;
}

/** Names of fields of one service, and operations with one of them, are remembered. */
const mostNames = 2000;
const mostOperations = 3;
/** So many operations, or so many fields, make a habit of a service. */
const several = 2;

/** What services do with numbers and times, and where they have done otherwise. */
export class Habits {
  readonly #told = new Set<string>();
  readonly #broken: ReadonlySet<string>;
  readonly #kept: TextsKept | undefined;
  readonly #written = new Map<string, Written>();
  /** By check: fields that have held numbers, as a list between line breaks; operations of one kind share it. */
  readonly #numbers = new Map<string, string>();
  readonly #lists = new Map<string, string>();

  /**
   * @param broken Checks of which people have been told that they break their schema: nothing of theirs is a habit.
   * @param kept `undefined`: only a part of the answers of each service is seen here, and one field is enough.
   */
  constructor(broken: ReadonlySet<string> = new Set(), kept?: TextsKept) {
    this.#broken = broken;
    this.#kept = kept;
  }

  /**
   * Violations without those that are a habit of the service; the first of each habit is noted, once for the service. One field that is
   * not as documented is none, nor is one of a name that holds numbers elsewhere: the document is wrong, or the answer. A field that held
   * a number and now holds a text has changed. Numbers that a browser cannot hold are written as text by whoever knows that.
   */
  weigh(findings: readonly Finding[], body: Json, check: Named): readonly Finding[] {
    const numbers = this.#learn(body, check);
    if (findings.length === 0 || this.#broken.has(check.id)) return findings;
    const found = findings.map((finding) => ({ finding, habit: habitIn(finding, body, numbers) }));
    for (const { finding, habit } of found)
      if (habit === 'maybeNumberAsText') this.#learnText(finding, check);
    return found.flatMap(({ finding, habit: seen }): readonly Finding[] => {
      const habit = seen === 'maybeNumberAsText' ? this.#settle(finding, check) : seen;
      if (habit === undefined) return [finding];
      return this.#isNew(`${check.service}\0${habit}`)
        ? [{ ...finding, kind: 'habit', level: 'info', message: sentence(habit, { what: finding.message }) }]
        : [];
    });
  }

  /**
   * The same without that an envelope carries `null` where its document says that it carries an object or a list: that is how services say
   * that nothing was found, and it is noted once for each.
   */
  withoutNothing(findings: readonly Finding[], body: Json, { id, service }: Check): readonly Finding[] {
    const payload = payloadIn(body);
    if (payload?.value !== null || this.#broken.has(id)) return findings;
    const at = pointerPart(payload.field);
    return findings.flatMap((finding): readonly Finding[] => {
      if (finding.pointer !== at || finding.kind !== 'schema') return [finding];
      if (!this.#isNew(`${service}\0answersNullForNothing`)) return [];
      const message = sentence('answersNullForNothing', { field: payload.field });
      return [{ ...finding, kind: 'habit', level: 'info', message }];
    });
  }

  #isNew(fact: string): boolean {
    if (this.#told.has(fact)) return false;
    if (this.#told.size >= mostChecks) this.#told.clear();
    this.#told.add(fact);
    return true;
  }

  /** Whether several fields or operations of the service write numbers as text, and none of that name does otherwise. */
  #settle({ pointer = '' }: Finding, { id, service }: Named): Habit | undefined {
    const place = anyItem(pointer);
    const { numbers, texts } = this.#writtenBy(service);
    const name = lastOf(place);
    const isKept = this.#kept === undefined || this.#kept.textsOf(id).includes(place);
    const agreeing = [...texts.keys()].filter((one) => !numbers.has(one)).length;
    const isSeveral =
      (texts.get(name)?.size ?? 0) >= several || (agreeing >= several && agreeing >= numbers.size);
    if (!isKept && (numbers.has(name) || !isSeveral)) return undefined;
    if (!isKept) this.#kept?.keepText(id, place);
    return 'writesNumbersAsText';
  }

  #learnText({ pointer = '' }: Finding, { id, service }: Named): void {
    const { texts } = this.#writtenBy(service);
    const name = lastOf(anyItem(pointer));
    const operations = texts.get(name) ?? new Set<string>();
    if (operations.size < mostOperations) operations.add(id);
    if (texts.has(name) || texts.size < mostNames) texts.set(name, operations);
  }

  #writtenBy(service: string): Written {
    const known = this.#written.get(service) ?? { numbers: new Set(), texts: new Map() };
    if (!this.#written.has(service) && this.#written.size >= mostChecks) this.#written.clear();
    this.#written.set(service, known);
    return known;
  }

  #learn(body: Json, { id: checkId, service }: Named): string {
    const known = this.#numbers.get(checkId) ?? '\n';
    let list = known;
    for (const at of numbersIn(body)) {
      if (list.length >= mostCharacters || list.includes(`\n${at}\n`)) continue;
      list += `${at}\n`;
      const { numbers } = this.#writtenBy(service);
      const name = lastOf(at);
      // The code of an envelope says nothing of how what it carries is written.
      if (numbers.size < mostNames && !(at === `/${name}` && isOfEnvelope(name))) numbers.add(name);
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

type Named = Pick<Check, 'id' | 'service'>;

/** The loose name of the field that a pointer leads to; of the items of a list, that of the list. */
function lastOf(place: string): string {
  const steps = stepsOf(place).filter((step) => step !== '*');
  return looseName(steps.at(-1) ?? '');
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

function habitIn(finding: Finding, body: Json, numbers: string): Habit | 'maybeNumberAsText' | undefined {
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
  if (isBeyond) return 'writesNumbersAsText';
  return numbers.includes(`\n${anyItem(pointer)}\n`) ? undefined : 'maybeNumberAsText';
}

/** `2024-05-06 07:08:09`, `2024/5/6`, `20240506070809`, `2024年5月6日`: a time to whoever reads it. */
function looksLikeTime(text: string): boolean {
  return /^(?:19|20)\d\d(?:[-/.年]?\d{1,2}){2}日?(?:[T ]?\d{1,2}(?:[:时]?\d{2}){1,2}.{0,12})?$|^\d{1,2}:\d\d(?::\d\d)?$/.test(
    text,
  );
}
