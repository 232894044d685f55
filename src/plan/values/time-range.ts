import type { SchemaPool, Parameter } from '../../model/document.ts';
import { dayOf, isoDate } from './days.ts';
import { wordsOf } from '../capture/resource.ts';
import { flatten, numberAt, typeOf } from './schema.ts';
import type { Json, JsonObject } from '../../model/json.ts';

/** Wide enough to hold data, narrow enough to be cheap. */
const windowDays = 1;

const startWords: ReadonlySet<string> = new Set([
  'start',
  'begin',
  'from',
  'since',
  'after',
  'gte',
  'gt',
  'min',
]);
const endWords: ReadonlySet<string> = new Set(['end', 'to', 'until', 'before', 'lte', 'lt', 'max', 'till']);
const timeWords = /time|date|day|period|month|timestamp|created|updated|modified|^at$|^ts$/;
const closed = /^(start|begin|from|since|end|to|until)(time|date|day|at|ts|timestamp|month)s?$/;

/**
 * One border of a recent window, for a parameter that by name starts or ends one (`startTime`, `createdFrom`,
 * `end_date`): from yesterday to today, in the form that its schema, name and description ask for.
 */
export function timeRangeValue(parameter: Parameter, pool: SchemaPool, now: number): Json | undefined {
  const border = borderOf(parameter.name);
  const flat = border === undefined ? undefined : flatten(parameter.schema, pool);
  // Amounts, offsets, mails and journeys go from and to as well.
  if (/^(?:from|to)$/i.test(parameter.name) && flat !== undefined && !isTime(flat, parameter))
    return undefined;
  if (border === undefined || flat === undefined || 'pattern' in flat || 'enum' in flat) return undefined;
  const at = dayOf(now, border === 'start' ? -windowDays : 0);
  return formatted(at, flat, parameter);
}

function isTime({ format }: JsonObject, { description = '' }: Parameter): boolean {
  return (
    format === 'date' || format === 'date-time' || /time|date|\bday|period|epoch|时间|日期/i.test(description)
  );
}

function borderOf(name: string): 'start' | 'end' | undefined {
  const [, border, unit] = closed.exec(name.toLowerCase()) ?? [];
  const words = border === undefined ? wordsOf(name) : [border, unit ?? ''];
  const isAlone = words.length === 1 && /^(?:from|since|to|until)$/.test(words[0] ?? '');
  if (!isAlone && !words.some((word) => timeWords.test(word))) return undefined;
  if (words.some((word) => startWords.has(word))) return 'start';
  return words.some((word) => endWords.has(word)) ? 'end' : undefined;
}

/** Later than 2001 in seconds and before 1980 in milliseconds: how the two kinds of timestamps are told apart. */
const millisecondsFrom = 1e11;

function formatted(at: number, flat: JsonObject, { name, description = '' }: Parameter): Json | undefined {
  const type = typeOf(flat);
  if (type === 'integer' || type === 'number') {
    const inMs =
      /\b(?:ms|millis|milliseconds?)\b|毫秒|13位/i.test(description) ||
      /millis|ms$/i.test(name) ||
      (numberAt(flat, 'minimum') ?? 0) >= millisecondsFrom;
    return inMs ? at : at / 1000;
  }
  if (type !== 'string' && type !== undefined) return undefined;
  if (flat['format'] === 'date-time') return new Date(at).toISOString();
  if (flat['format'] === 'date') return isoDate(at);
  if (flat['format'] !== undefined) return undefined;
  return asDescribed(at, `${description} ${name}`);
}

/** Texts without a format, as most documents have them: by the pattern that the description shows, else by name. */
function asDescribed(at: number, described: string): string {
  const iso = new Date(at).toISOString();
  const [, day, gap] = /(yyyy-?mm-?dd)([\s'"t]*)hh:?mm/i.exec(described) ?? [];
  if (day !== undefined && !day.includes('-')) return iso.replace(/\D/g, '').slice(0, 14);
  if (day !== undefined) return `${iso.slice(0, 10)}${/t/i.test(gap ?? '') ? 'T' : ' '}${iso.slice(11, 19)}`;
  if (/yyyymmdd/i.test(described)) return iso.slice(0, 10).replaceAll('-', '');
  if (/yyyy-mm-dd/i.test(described) || /date|day|日期/i.test(described)) return iso.slice(0, 10);
  if (/month|月/i.test(described)) return iso.slice(0, 7);
  if (/毫秒|millisecond/i.test(described)) return String(at);
  if (/时间戳|unix|epoch|timestamp|seconds/i.test(described)) return String(at / 1000);
  return iso;
}
