import type { Redactor } from '../../lib/secrets/secret.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { Result } from '../../model/result.ts';
import { mapTexts } from '../../model/sentence.ts';

/**
 * A worker takes out of what it shows the secrets that it has been given; the server those that it knows as well, before
 * anything of it is stored or sent.
 */
export function scrubbedBy(redactor: Redactor): (result: Result) => Result {
  const scrub = (text: string): string => redactor.scrub(text);
  return (result) => {
    if (result.verdict === 'pass' && result.findings.length === 0) return result;
    const { reason, findings, evidence } = result;
    return {
      ...result,
      reason: { ...reason, message: mapTexts(reason.message, scrub) },
      findings: mapStrings(findings as unknown as Json, scrub) as unknown as Result['findings'],
      ...(evidence === undefined
        ? {}
        : { evidence: mapStrings(evidence as unknown as Json, scrub) as unknown as Result['evidence'] }),
    };
  };
}

/** Names of members stay. */
function mapStrings(value: Json, map: (text: string) => string): Json {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item: Json) => mapStrings(item, map));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapStrings(item, map)]));
}
