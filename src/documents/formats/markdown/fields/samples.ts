import { isObject, type Json } from '../../../../model/json.ts';
import { parseHttpResponse } from '../../shared/http-message.ts';
import { type LenientJson, parseLenient } from '../../shared/lenient-json.ts';
import type { Role } from '../sections/labels.ts';

export interface SampleAnswer {
  readonly status: string;
  readonly value: Json;
  /** As it stands there, so that it may serve as an example. */
  readonly exact: boolean;
}

/** What stands around a block of code. */
export interface Surroundings {
  readonly role: Role | 'subsection' | undefined;
  readonly status: string;
  /** Names of the parameters that have been described. */
  readonly parameters: ReadonlySet<string>;
}

const maxSeveral = 200_000;

/** The JSON of a block of code, as what is sent, as what is answered, or `loose`: nothing says which. */
export function sampleIn(
  code: string,
  around: Surroundings,
): { answer?: SampleAnswer; request?: Json; loose?: SampleAnswer } | undefined {
  const answer = parseHttpResponse(code);
  const text = (answer?.text ?? code).trim();
  if (answer !== undefined && (answer.status >= 300 || answer.text === undefined)) return undefined;
  const parsed = jsonIn(text);
  if (parsed === undefined) return undefined;
  const { role } = around;
  if (answer !== undefined || role === 'response' || role === 'responseExample') {
    const status = answer === undefined ? around.status : String(answer.status);
    return { answer: { status, value: parsed.value, exact: parsed.exact } };
  }
  const unlabelled: SampleAnswer = { status: '200', value: parsed.value, exact: parsed.exact };
  if (isUnlabelledAnswer(parsed.value, around)) return { answer: unlabelled };
  if (isLoose(role)) return { loose: unlabelled };
  const asked = role === 'requestExample' || role === 'body' || role === 'params' || role === 'request';
  return asked && parsed.exact ? { request: parsed.value } : undefined;
}

function jsonIn(text: string): LenientJson | undefined {
  const whole = /^(?:[[{｛]|\/\/|\/\*|#)/.test(text) ? parseLenient(text) : undefined;
  const parsed = whole ?? firstOfSeveral(text);
  if (parsed === undefined || typeof parsed.value !== 'object' || parsed.value === null) return undefined;
  return withoutExampleObject(parsed);
}

/** `成功：{…} 失败：{…}`, `{…} 或者 {…}` in one block: the first that does not fail. */
function firstOfSeveral(text: string): LenientJson | undefined {
  if (text.length > maxSeveral) return undefined;
  const lines = text.split('\n');
  let caption = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (!/^[{[]/.test(line)) {
      if (line.trim() !== '') caption = line;
      continue;
    }
    const close = line.startsWith('{') ? /^\}[;,]?\s*$/ : /^\][;,]?\s*$/;
    const length = lines.slice(at).findIndex((one) => close.test(one));
    if (length < 0) return undefined;
    const parsed = parseLenient(
      lines
        .slice(at, at + length + 1)
        .join('\n')
        .replace(/[;,]\s*$/, ''),
    );
    if (parsed !== undefined && !/失败|错误|异常|error|fail/i.test(caption)) return parsed;
    at += length;
    caption = '';
  }
  return undefined;
}

/** `{ "summary": "…", "value": … }`, OpenAPI's way of giving an example: what counts is its value. */
function withoutExampleObject(parsed: LenientJson): LenientJson {
  const { value } = parsed;
  if (!isObject(value) || value['value'] === undefined) return parsed;
  const known = Object.keys(value).every((name) => /^(?:summary|description|value)$/.test(name));
  return known && Object.keys(value).length > 1 ? { ...parsed, value: value['value'] } : parsed;
}

/** A sample below an address or a table of parameters that has none of them, and looks like an answer's envelope. */
function isUnlabelledAnswer(value: Json, { role, parameters }: Surroundings): boolean {
  if (!isLoose(role) && (role !== 'params' || parameters.size === 0)) return false;
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  const envelope = names.filter((name) =>
    /^(?:code|status|success|msg|message|data|result|err(?:no|code|msg))$/i.test(name),
  );
  return envelope.length >= 2 && !names.some((name) => parameters.has(name));
}

/** Nothing above it says what it is. */
function isLoose(role: Surroundings['role']): boolean {
  return role === undefined || role === 'method' || role === 'url';
}
