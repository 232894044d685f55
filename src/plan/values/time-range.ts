import type { SchemaPool, Parameter } from '../../model/document.ts';
import { dayOf, inTemplate, isoDate, momentOf, templateIn } from './days.ts';
import { wordsOf } from '../capture/resource.ts';
import { matcher } from './pattern.ts';
import { asArray, flatten, isSchema, numberAt, typeOf } from './schema.ts';
import type { Json, JsonObject } from '../../model/json.ts';

/** Wide enough to hold data, narrow enough to be cheap. */
const windowDays = 1;

type Border = 'start' | 'end';

const startWords: ReadonlySet<string> = new Set(
  'start begin from since after gte gt min st bt startat beginat'.split(' '),
);
const endWords: ReadonlySet<string> = new Set(
  'end to until before lte lt max till et finish stop'.split(' '),
);
const timeWords =
  /time|date|day|period|month|timestamp|created?|updated?|modified|^at$|^ts$|^dt$|^gmt$|^[se]t$|时间|日期/;
const closed = /^(start|begin|from|since|end|to|until|s|b|e)(time|date|day|at|ts|timestamp|month|dt)s?$/;
const chinese = /^(?:(开始|起始|起)|(?:结束|截止|终止|止))(?:时间|日期|月份)/;
const initials: Readonly<Record<string, string>> = { s: 'start', b: 'begin', e: 'end' };

/**
 * One border of a recent window, for a parameter that by name starts or ends one (`startTime`, `createdFrom`, `end_date`,
 * `dateRange[0]`, 开始时间), or both for a list of two (`dateRange`): from yesterday to today, in the form that its schema, name,
 * description or the other border's example ask for. Of a date of its own it is yesterday, where a form is described.
 *
 * @param siblings The parameters of the operation: a window begins before it ends.
 */
export function timeRangeValue(
  parameter: Parameter,
  pool: SchemaPool,
  now: number,
  siblings: readonly Parameter[] = [],
): Json | undefined {
  const flat = flatten(parameter.schema, pool);
  if (flat === undefined || 'enum' in flat) return undefined;
  if (typeOf(flat) === 'array') return bothBorders(parameter, flat, pool, now);
  const named = borderOf(parameter.name);
  // Amounts, offsets, mails and journeys go from and to as well.
  const isOpen = /^(?:from|to|start|end|begin)$/i.test(parameter.name);
  if (isOpen && !isTime(flat, parameter) && !isTextPair(parameter, flat, siblings)) return undefined;
  const other = named === undefined ? undefined : partnerOf(parameter, named, { pool, siblings });
  const words = saidOf(parameter, flat);
  if (
    named === undefined &&
    !(timeWords.test(parameter.name.toLowerCase()) && templateIn(words) !== undefined)
  )
    return undefined;
  const usual = dayOf(now, named === 'end' ? 0 : -windowDays);
  const at = other === undefined ? usual : beyond(usual, named, other.at);
  return formatted(at, flat, { name: parameter.name, words: `${words} ${other?.text ?? ''}` });
}

/** Whether a name alone says that it starts or ends a window of time, where one is asked for. */
export function isBorderName(name: string): boolean {
  return borderOf(name) !== undefined && !/^(?:from|to)$/i.test(name);
}

/** `start` and `end` beside each other, as texts: no place in a list. */
export function isTextPair(
  { name, in: place }: Parameter,
  flat: JsonObject,
  siblings: readonly Parameter[],
): boolean {
  if (typeOf(flat) !== 'string' || !isBorderName(name)) return false;
  return siblings.some(
    (one) =>
      one.in === place && /^(?:start|end|begin)$/i.test(one.name) && borderOf(one.name) !== borderOf(name),
  );
}

/** `createTime: [from, to]` */
function bothBorders(
  parameter: Parameter,
  { items, minItems }: JsonObject,
  pool: SchemaPool,
  now: number,
): Json | undefined {
  const { name, description = '' } = parameter;
  const isRange = minItems === 2 || /range|between|区间|范围|起止/i.test(`${name} ${description}`);
  if (!isRange || !timeWords.test(name.toLowerCase())) return undefined;
  const flat = flatten(isSchema(items) ? items : true, pool);
  if (flat === undefined) return undefined;
  const said = { name, words: saidOf(parameter, flat) };
  const [from, to] = [-windowDays, 0].map((offset) => formatted(dayOf(now, offset), flat, said));
  return from === undefined || to === undefined ? undefined : [from, to];
}

interface Partner {
  readonly at: number;
  /** As the document shows it. */
  readonly text: string;
}

/** The other border of the same window, if the document shows a value for it. */
function partnerOf(
  { name }: Parameter,
  border: Border,
  { pool, siblings }: { readonly pool: SchemaPool; readonly siblings: readonly Parameter[] },
): Partner | undefined {
  const partner = siblings.find(
    (one) => one.name !== name && restOf(one.name) === restOf(name) && borderOf(one.name) !== border,
  );
  if (partner === undefined || borderOf(partner.name) === undefined) return undefined;
  const flat = flatten(partner.schema, pool);
  const shown = [...partner.examples, flat?.['example'], flat?.['default']].flatMap((value) => value ?? []);
  return shown.flatMap((value) => {
    const at = momentOf(value);
    return at === undefined ? [] : [{ at, text: JSON.stringify(value) }];
  })[0];
}

/** Where the usual border would be on the wrong side of the other one, a day from that. */
function beyond(usual: number, border: Border | undefined, other: number): number {
  return border === 'end'
    ? Math.max(usual, dayOf(other, windowDays))
    : Math.min(usual, dayOf(other, -windowDays));
}

/** All that tells in which form it is wanted. */
function saidOf({ description = '', examples }: Parameter, flat: JsonObject): string {
  const shown = [...examples, flat['example'], ...asArray(flat['examples'])];
  const texts = [description, flat['description'], flat['title'], flat['format'], ...shown];
  return texts.filter((text) => typeof text === 'string' || typeof text === 'number').join(' ');
}

function isTime({ format }: JsonObject, { description = '' }: Parameter): boolean {
  return (
    format === 'date' || format === 'date-time' || /time|date|\bday|period|epoch|时间|日期/i.test(description)
  );
}

function wordsIn(name: string): readonly string[] {
  const [, border = '', unit = ''] = closed.exec(name.toLowerCase()) ?? [];
  return border === '' ? wordsOf(name) : [initials[border] ?? border, unit];
}

function borderOf(name: string): Border | undefined {
  const [said, start] = chinese.exec(name) ?? [];
  if (said !== undefined) return start === undefined ? 'end' : 'start';
  const words = wordsIn(name);
  const isAlone = words.length === 1 && /^(?:from|since|to|until|start|end|begin)$/.test(words[0] ?? '');
  if (!isAlone && !words.some((word) => timeWords.test(word))) return undefined;
  // `dateRange[0]`, `createTime[1]`
  const index = /\[([01])\]$/.exec(name)?.[1];
  if (index !== undefined) return index === '0' ? 'start' : 'end';
  if (words.some((word) => startWords.has(word))) return 'start';
  return words.some((word) => endWords.has(word)) ? 'end' : undefined;
}

/** What the two borders of one window have in common. */
function restOf(name: string): string {
  const words = wordsIn(name.replace(chinese, '').replace(/\[[01]\]$/, ''));
  return words.filter((word) => !startWords.has(word) && !endWords.has(word)).join(' ');
}

/** Later than 2001 in seconds and before 1980 in milliseconds: how the two kinds of timestamps are told apart. */
const millisecondsFrom = 1e11;

interface Said {
  readonly name: string;
  readonly words: string;
}

function formatted(at: number, flat: JsonObject, said: Said): Json | undefined {
  const type = typeOf(flat);
  const template = templateIn(said.words);
  if (type === 'integer' || type === 'number') {
    if (template !== undefined && !/\W/.test(template)) return Number(inTemplate(template, at));
    return isInMs(flat, said) ? at : at / 1000;
  }
  if (type !== 'string' && type !== undefined) return undefined;
  const form = template === undefined ? formOf(flat, said) : inTemplate(template, at);
  const wanted = typeof form === 'function' ? form(at) : form;
  if (wanted === undefined) return undefined;
  return [wanted, ...usualForms.map((usual) => usual(at))].find((text) => fits(text, flat));
}

/** Java counts in milliseconds, in 64 bits or where a moment is written as a number. */
function isInMs(flat: JsonObject, { name, words }: Said): boolean {
  if (
    /\b(?:ms|millis|milliseconds?)\b|毫秒|13\s*位|(?<!\d)1\d{12}(?!\d)/i.test(words) ||
    /millis|ms$/i.test(name)
  )
    return true;
  if ((numberAt(flat, 'minimum') ?? 0) >= millisecondsFrom) return true;
  if (/秒|10\s*位|\bsec|\bunix|(?<!\d)1\d{9}(?!\d)/i.test(words)) return false;
  return flat['format'] === 'date-time' || (flat['format'] === 'int64' && /时间|日期/.test(words));
}

type Form = (at: number) => string;

const iso: Form = (at) => new Date(at).toISOString();
const plain: Form = (at) => inTemplate('yyyy-mm-dd hh:mm:ss', at);
const compact: Form = (at) => inTemplate('yyyymmdd', at);
const month: Form = (at) => inTemplate('yyyy-mm', at);
const inMs: Form = (at) => String(at);
const inSeconds: Form = (at) => String(at / 1000);
/** Tried one after the other where a pattern or a length refuses what would be sent. */
const usualForms: readonly Form[] = [
  plain,
  isoDate,
  iso,
  (at) => inTemplate('yyyy-mm-ddThh:mm:ss', at),
  (at) => inTemplate('yyyy/mm/dd', at),
  (at) => inTemplate('yyyymmddhhmmss', at),
  compact,
  month,
  inMs,
  inSeconds,
];

/** Of texts that no form is shown of: by their format, their description, their name. */
function formOf({ format }: JsonObject, { name, words }: Said): Form | undefined {
  if (format === 'date-time') return iso;
  if (format === 'date') return isoDate;
  if (format !== undefined) return undefined;
  const described = `${words} ${name}`;
  if (/date|day|日期/i.test(described)) return isoDate;
  if (/month|月/i.test(described)) return month;
  if (/毫秒|millisecond|13\s*位/i.test(described)) return inMs;
  if (/时间戳|unix|epoch|timestamp|seconds/i.test(described)) return inSeconds;
  return /\p{Script=Han}/u.test(described) ? plain : iso;
}

function fits(text: string, flat: JsonObject): boolean {
  if (
    text.length < (numberAt(flat, 'minLength') ?? 0) ||
    text.length > (numberAt(flat, 'maxLength') ?? Infinity)
  )
    return false;
  const { pattern } = flat;
  return typeof pattern !== 'string' || matcher(pattern)?.(text) === true;
}
