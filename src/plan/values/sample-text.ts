import type { JsonObject } from '../../model/json.ts';
import { textByName } from './name-heuristics.ts';
import { dayOf, isoDate } from './days.ts';
import { matcher, textMatching } from './pattern.ts';
import { numberAt, own } from './schema.ts';

const longest = 4096;

interface TextContext {
  readonly now: number;
  readonly name: string;
  readonly salt?: number;
}

/** The smallest text that fits `format`, `pattern` and the lengths; `undefined` when none can be proved to. */
export function sampleText(flat: JsonObject, context: TextContext): string | undefined {
  const least = numberAt(flat, 'minLength') ?? 0;
  const most = Math.min(numberAt(flat, 'maxLength') ?? longest, longest);
  const fits = (text: string) => text.length >= least && text.length <= most;
  const format = typeof flat['format'] === 'string' ? flat['format'] : undefined;
  const formatted = format === undefined ? [] : (own(formats, format)?.(context, least) ?? []);
  const pattern = typeof flat['pattern'] === 'string' ? flat['pattern'] : undefined;
  if (pattern !== undefined) {
    const matches = formatted.length === 0 ? undefined : matcher(pattern);
    return (
      formatted.find((text) => fits(text) && matches?.(text) === true) ?? textMatching(pattern, least, most)
    );
  }
  if (formatted.length > 0) return formatted.find((text) => fits(text));
  const named = format === undefined && (context.salt ?? 0) === 0 ? textByName(context) : undefined;
  if (named !== undefined && fits(named)) return named;
  const plain = plainText(context, least, most);
  return fits(plain) ? plain : undefined;
}

/** `1` for what counts or identifies, `a` otherwise, stretched to the least length. */
function plainText({ name, salt = 0 }: TextContext, least: number, most: number): string {
  if (most === 0) return '';
  const letter = /(?:id|no|num|number|code|key|序号|编号|编码)s?$/i.test(name) ? '1' : 'a';
  const text = salt === 0 ? letter : `${letter}${salt.toString(36)}`.slice(-Math.max(1, most));
  return text.padEnd(Math.min(least, longest), letter);
}

/** By `format`: one or more texts, the best first. A format that is not here constrains nothing. */
const formats: Readonly<Record<string, (context: TextContext, least: number) => readonly string[]>> = {
  date: ({ now, salt = 0 }) => [isoDate(dayOf(now, -1 - salt))],
  'date-time': ({ now, salt = 0 }) => [new Date(dayOf(now, -1 - salt)).toISOString()],
  time: ({ salt = 0 }) => [`00:00:${String(salt % 60).padStart(2, '0')}Z`],
  duration: ({ salt = 0 }) => [`P${1 + salt}D`],
  email: ({ salt = 0 }, least) => [`a${number(salt)}@example.com`.padStart(least, 'a')],
  'idn-email': ({ salt = 0 }, least) => [`a${number(salt)}@example.com`.padStart(least, 'a')],
  hostname: ({ salt = 0 }) => [`a${number(salt)}.example.com`],
  'idn-hostname': ({ salt = 0 }) => [`a${number(salt)}.example.com`],
  ipv4: ({ salt = 0 }) => [`192.0.2.${1 + salt}`],
  ip: ({ salt = 0 }) => [`192.0.2.${1 + salt}`],
  ipv6: ({ salt = 0 }) => [`2001:db8::${1 + salt}`],
  uri: webAddress,
  url: webAddress,
  iri: webAddress,
  'uri-reference': webAddress,
  'iri-reference': webAddress,
  'uri-template': webAddress,
  uuid: ({ salt = 0 }) => [`00000000-0000-4000-8000-${(1 + salt).toString(16).padStart(12, '0')}`],
  byte: ({ salt = 0 }, least) => [
    Buffer.from(`a${number(salt)}`).toString('base64'),
    'YWFh'.repeat(Math.ceil(least / 4)),
  ],
  'json-pointer': ({ salt = 0 }) => [`/a${number(salt)}`],
  'relative-json-pointer': ({ salt = 0 }) => [`${salt}`],
  regex: ({ salt = 0 }) => [`a${number(salt)}`],
  int32: ({ salt = 0 }) => [`${1 + salt}`],
  int64: ({ salt = 0 }) => [`${1 + salt}`],
  uint64: ({ salt = 0 }) => [`${1 + salt}`],
  number: ({ salt = 0 }) => [`${1 + salt}`],
};

function webAddress({ salt = 0 }: TextContext, least: number): readonly string[] {
  return [`https://example.com/${number(salt)}`.padEnd(least, 'a')];
}

function number(salt: number): string {
  return salt === 0 ? '' : String(salt);
}
