import type { Json } from '../../model/json.ts';
import { Effort, TooMuchWork } from '../effort.ts';
import { messageOf } from '../errors.ts';
import { compileJsonPath, type JsonPath } from '../json/json-path.ts';
import { ConditionError, parsePredicate, type Predicate } from './predicate.ts';

/** An answer as conditions see it. What is called is read only by conditions about it. */
export interface Examined {
  readonly status: number;
  /** Of the body. */
  readonly bytes: number;
  /** By lower-case name. */
  header(name: string): string | undefined;
  text(): string;
  /** `undefined` when it is not JSON. */
  json(): Json | undefined;
  /** The same with numbers that a double cannot hold as texts of all their digits. */
  exact(): Json | undefined;
}

type Subject =
  | { readonly kind: 'path'; readonly find: JsonPath; readonly some: boolean }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'status' | 'body' | 'size' };

/** A statement about an answer as the configuration has it: `$.code == 0`, `header etag exists`. */
export interface Condition {
  readonly text: string;
  readonly subject: Subject;
  /** The subject as written: `$.code`. */
  readonly about: string;
  readonly predicate: Predicate;
}

/** What may be spent and is true while an answer is looked at. */
export interface Circumstances {
  /** Wall clock, epoch ms. */
  readonly now: number;
  readonly effort: Effort;
}

/** Where a condition is not met; without a pointer, there is no place in the body to show. */
export interface Unmet {
  readonly value: Json | undefined;
  /** RFC 6901. */
  readonly pointer?: string;
}

const longest = 4000;
/** What conditions may take of an answer to a sign-in, or of whether an answer refuses a token. */
const mostSteps = 150_000;

/** Reads `SUBJECT PREDICATE`; docs/guide/conditions.md has both. Throws a `ConditionError`. */
export function parseCondition(written: string): Condition {
  const text = written.trim();
  if (text.length > longest)
    throw new ConditionError(`${text.length} characters`, `at most ${longest} of them`);
  const { subject, about, rest } = readSubject(text);
  return { text, subject, about, predicate: parsePredicate(rest, about) };
}

/** `undefined`: it is met. Throws `TooMuchWork`. */
export function unmet(
  { subject, predicate }: Condition,
  answer: Examined,
  { now, effort }: Circumstances,
): Unmet | undefined {
  const isTrueOf = (value: Json | undefined): boolean => predicate.test(value, now, effort);
  if (subject.kind !== 'path') {
    const value = valueOf(subject, answer);
    return isTrueOf(value) ? undefined : { value };
  }
  // A number of many digits is a number still.
  const body = predicate.isOfType ? answer.json() : answer.exact();
  const located = body === undefined ? [] : subject.find(body, effort);
  if (located.length === 0) return isTrueOf(undefined) ? undefined : { value: undefined };
  const failing = located.filter(({ value }) => !isTrueOf(value));
  return subject.some && failing.length < located.length ? undefined : failing[0];
}

/** Whether it is met; what would take too much work to find out is not. */
export function holds(condition: Condition, answer: Examined, now: number): boolean {
  try {
    return unmet(condition, answer, { now, effort: new Effort(mostSteps) }) === undefined;
  } catch (error) {
    if (error instanceof TooMuchWork) return false;
    throw error;
  }
}

function valueOf(subject: Exclude<Subject, { kind: 'path' }>, answer: Examined): Json | undefined {
  switch (subject.kind) {
    case 'header':
      return answer.header(subject.name);
    case 'status':
      return answer.status;
    case 'size':
      return answer.bytes;
    case 'body':
      return answer.text();
  }
}

interface Read {
  readonly subject: Subject;
  readonly about: string;
  readonly rest: string;
}

function readSubject(text: string): Read {
  const [, quantifier, ofPath] = /^(?:(some|every)\s+)?(\$.*)$/is.exec(text) ?? [];
  if (ofPath !== undefined) return readPath(ofPath, quantifier?.toLowerCase() === 'some');
  const [, header, name = '', ofHeader] = /^(header\s+([\w-]+))(?:\s+(.*))?$/is.exec(text) ?? [];
  if (header !== undefined)
    return { subject: { kind: 'header', name: name.toLowerCase() }, about: header, rest: ofHeader ?? '' };
  const [, word, rest = ''] = /^(status|body|size)\b\s*(.*)$/is.exec(text) ?? [];
  if (word === undefined)
    // What is no condition at all may be a secret at the wrong place.
    throw new ConditionError(
      'another beginning',
      'what it is about: $.path, status, header NAME, body or size',
    );
  return { subject: { kind: word.toLowerCase() as 'status' | 'body' | 'size' }, about: word, rest };
}

function readPath(text: string, some: boolean): Read {
  const end = pathEnd(text);
  const path = text.slice(0, end);
  try {
    return {
      subject: { kind: 'path', find: compileJsonPath(path), some },
      about: path,
      rest: text.slice(end).trim(),
    };
  } catch (error) {
    throw new ConditionError(`"${path}"`, `a JSONPath (RFC 9535): ${messageOf(error)}`);
  }
}

/** A path ends before a space or a comparison that stands outside of brackets. */
function pathEnd(text: string): number {
  const token = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|./gsu;
  let depth = 0;
  for (const { 0: found, index } of text.matchAll(token)) {
    if (found === '[') depth++;
    else if (found === ']') depth--;
    else if (depth === 0 && /^[\s=!<>≤≥≠]/.test(found)) return index;
  }
  return text.length;
}
