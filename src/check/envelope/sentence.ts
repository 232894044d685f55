import { ellipsize } from '../../lib/text/text.ts';
import type { Check } from '../../model/check.ts';
import { isObject, type Json } from '../../model/json.ts';
import { detectEnvelope } from './detect.ts';

/** Of a description that is quoted. */
const longestQuote = 80;

/** What counts as success in the body, and what says so; `undefined` where nothing in it does. */
export function successSentence(check: Check): string | undefined {
  const configured = check.expectations.find(({ kind }) => kind === 'envelope')?.settings;
  if (configured === 'off') return 'what the body says of success does not count, as configured';
  if (isObject(configured) && Object.keys(configured).length > 0) {
    const rules = Object.entries(configured).map(([field, wanted]) => ruleOf(field, [wanted].flat()));
    return `success is ${rules.join(' and ')}, as configured`;
  }
  const rule = detectEnvelope(check);
  if (rule === undefined) return undefined;
  const { field, accepted, basis, quote = '' } = rule;
  if (basis === 'names')
    return `success is told by ${field}, of which the document names no value: 0, 200 and the like count, and what comes with data`;
  const success = `success is ${ruleOf(field, accepted)}`;
  switch (basis) {
    case 'description':
      return `${success}, as its description says: ${JSON.stringify(ellipsize(quote, longestQuote))}`;
    case 'fixed':
      return `${success}, the only value that the document knows`;
    default:
      return `${success}, as the document's example shows`;
  }
}

function ruleOf(field: string, accepted: readonly Json[]): string {
  return `${field} ${accepted.map((value) => JSON.stringify(value)).join(' or ')}`;
}
