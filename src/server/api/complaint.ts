import type { z } from 'zod';
import { isKnownSentence } from '../../messages/in-language.ts';
import { sentence } from '../../messages/sentence.ts';
import type { OwnSentence, Sentence } from '../../model/sentence.ts';

type Issue = z.core.$ZodIssue;

/** What a schema says of a value that it does not take, in the one form in which schemas can: a text. */
export function complaint(told: OwnSentence): string {
  return JSON.stringify(told);
}

/**
 * What is wrong with a value of a request. The words of the validator itself are for programmers.
 *
 * @param issue With the value that was found (`reportInput`).
 */
export function complaintOf(issue: Issue): Sentence {
  return ownComplaint(issue.message) ?? complaintByCode(issue);
}

/** What one of our schemas says by way of `complaint`. */
function ownComplaint(message: string): Sentence | undefined {
  if (!message.startsWith('{')) return undefined;
  const told: unknown = JSON.parse(message);
  return isKnownSentence(told) ? told : undefined;
}

function complaintByCode(issue: Issue): Sentence {
  switch (issue.code) {
    case 'invalid_type':
      return ofOtherKind(issue.expected, issue.input);
    case 'invalid_value':
      if (issue.input === undefined) return sentence('givenMissing');
      return sentence('givenNoneOf', { values: issue.values.map(String) });
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum));
    case 'invalid_format':
      return issue.format === 'url'
        ? sentence('givenNoUrl')
        : sentence('givenNotOfForm', { pattern: issue.pattern ?? issue.format });
    case 'unrecognized_keys':
      return sentence('givenUnknownKeys', {
        n: issue.keys.length,
        names: issue.keys.map((key) => JSON.stringify(key)),
      });
    default:
      return sentence('givenNotValid');
  }
}

function ofOtherKind(expected: string, input: unknown): Sentence {
  if (input === undefined) return sentence('givenMissing');
  if (Number.isNaN(input)) return sentence('givenNoNumber');
  return sentence('givenOfOtherKind', { found: kindOf(input), expected: kindNamed(expected) });
}

function tooSmall(origin: string, limit: number): Sentence {
  if (origin === 'string') return sentence('givenTooShort', { n: limit });
  if (origin === 'array') return sentence('givenTooFew', { n: limit });
  return sentence('givenLess', { limit });
}

function tooBig(origin: string, limit: number): Sentence {
  if (origin === 'string') return sentence('givenTooLong', { n: limit });
  if (origin === 'array') return sentence('givenTooMany', { n: limit });
  return sentence('givenMore', { limit });
}

function kindOf(value: unknown): Sentence {
  if (value === null) return sentence('kindNull');
  return Array.isArray(value) ? sentence('kindList') : kindNamed(typeof value);
}

function kindNamed(kind: string): Sentence {
  switch (kind) {
    case 'string':
      return sentence('kindText');
    case 'number':
      return sentence('kindNumber');
    case 'int':
      return sentence('kindWholeNumber');
    case 'boolean':
      return sentence('kindBoolean');
    case 'array':
      return sentence('kindList');
    case 'object':
    case 'record':
      return sentence('kindObject');
    default:
      return sentence('kindOther');
  }
}
