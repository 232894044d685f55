import { saysNothingOfAsked, saysServersFault } from '../lib/text/said.ts';
import { isSentence, type Sentence } from '../model/sentence.ts';
import { paramsOf } from './sentence.ts';

/** What an envelope says of a call. */
export interface EnvelopeAnswer {
  readonly field: string;
  /** As JSON; absent: the field is missing. */
  readonly value?: string;
  /** The value without quotes: services write the same code as number and as text. Empty: the field is missing. */
  readonly code: string;
  /** Its words. */
  readonly said?: string;
}

/** What the envelope says that a sentence is about, whatever else is said of it; `undefined` where it is about none. */
export function envelopeAnswerIn(told: Sentence): EnvelopeAnswer | undefined {
  if (typeof told === 'string') return undefined;
  const { name: field, value } = paramsOf(told, 'envelopeIs') ?? {};
  if (typeof field === 'string' && typeof value === 'string')
    return { field, value, code: value.replaceAll('"', '') };
  const missing = paramsOf(told, 'envelopeMissing')?.name;
  if (typeof missing === 'string') return { field: missing, code: '' };
  const what = told.params?.['what'];
  const inner = isSentence(what) ? envelopeAnswerIn(what) : undefined;
  const said = paramsOf(told, 'envelopeSaying')?.said;
  return inner === undefined || typeof said !== 'string' ? inner : { ...inner, said };
}

/**
 * A code of 500 that says nothing of what was asked for: many services answer it to whatever they refuse, and to what they have given
 * themselves there is nothing to refuse.
 */
export function breaksWithoutReason({ code, said = '' }: EnvelopeAnswer): boolean {
  return /^50\d$/.test(code) && saysNothingOfAsked(said);
}

/** Whether it says that the server itself is at fault. */
export function blamesServer({ code, said = '' }: EnvelopeAnswer): boolean {
  return saysServersFault(`${code} ${said}`);
}
