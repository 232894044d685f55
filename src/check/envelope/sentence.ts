import { oneLine } from '../../lib/text/clean.ts';
import { ellipsize } from '../../lib/text/text.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Check } from '../../model/check.ts';
import type { Json } from '../../model/json.ts';
import type { Sentence } from '../../model/sentence.ts';
import { eitherOf } from '../schema/wording.ts';
import { detectEnvelope, undescribedField } from './detect.ts';

/** Of a description that is quoted. */
const longestQuote = 80;

/** What counts as success in the body, and what says so; `undefined` where nothing in it does. */
export function successSentence(check: Check): Sentence | undefined {
  const configured = check.expectations.find(({ kind }) => kind === 'envelope')?.settings;
  if (configured === 'off') return sentence('successIgnored');
  if (Array.isArray(configured) && configured.length > 0) {
    const [first = '', ...others] = configured.map((condition): Sentence => `\`${String(condition)}\``);
    const rule = others.reduce((one, other) => sentence('bothRules', { one, other }), first);
    return sentence('successConfigured', { rule });
  }
  const detected = detectEnvelope(check);
  if (detected === undefined) {
    const unread = undescribedField(check);
    return (
      unread && sentence('successUnread', { field: unread, line: `expect: { envelope: $.${unread} == … }` })
    );
  }
  const { field, accepted, basis, quote = '' } = detected;
  if (basis === 'names') return sentence('successByName', { field });
  const rule = ruleOf(field, accepted);
  if (basis === 'description')
    return sentence('successDescribed', { rule, quote: ellipsize(oneLine(quote), longestQuote) });
  return sentence(basis === 'fixed' ? 'successFixed' : 'successShown', { rule });
}

function ruleOf(field: string, accepted: readonly Json[]): Sentence {
  return sentence('fieldIs', { field, value: eitherOf(accepted.map((value) => JSON.stringify(value))) });
}
