import { blamesServer, envelopeAnswerIn } from '../../messages/envelope.ts';
import { sentence } from '../../messages/sentence.ts';
import { isSensitiveName } from '../../lib/secrets/secret.ts';
import { ellipsize } from '../../lib/text/text.ts';
import type { FilledValue } from '../../model/check.ts';
import { isOfClient } from '../../model/filled-value.ts';
import { refusesInWords, type Result, valueRefusals } from '../../model/result.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Seen } from '../observation.ts';

/** More names are no help. */
const shownMax = 3;
/** Characters of a value. */
const longestValue = 40;

/**
 * What to do when values that stand in the document are refused although they were taken once: a record that somebody has called
 * with, or has written down as an example, may have been deleted since.
 */
export function adviceOnSamples({ check, result }: Seen): Sentence | undefined {
  if (!mayBeOfValues(result)) return undefined;
  const samples = check.values.filter(isSample).slice(0, shownMax);
  if (samples.length === 0) return undefined;
  return sentence('sampleMayBeGone', {
    n: samples.length,
    values: samples.map(shown),
    names: samples.map(({ name }) => name),
  });
}

function isSample(value: FilledValue): boolean {
  return value.origin === 'example' && (value.in === 'path' || value.in === 'query') && !isOfClient(value);
}

function mayBeOfValues(result: Result): boolean {
  const { status = 0, reason } = result;
  if (status >= 300) return valueRefusals.has(status) && reason.code !== 'auth-rejected';
  const answer = envelopeAnswerIn(reason.message);
  return refusesInWords(result) && (answer === undefined || !blamesServer(answer));
}

function shown({ name, value }: FilledValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `${name}=${isSensitiveName(name) ? '***' : ellipsize(text, longestValue)}`;
}
