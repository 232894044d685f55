import { refusesInWords, type Result, valueRefusals } from '../../model/result.ts';
import { saidIn } from '../../lib/text/said.ts';
import type { Check, FilledValue } from '../../model/check.ts';

/** As far as an answer tells, other values might have been taken. */
export function isValueRefusal(result: Result): boolean {
  const { status, reason, unproven } = result;
  if (status === undefined || reason.code === 'auth-rejected' || reason.code === 'origin-down') return false;
  return (
    valueRefusals.has(status) ||
    (reason.code === 'made-up-value' && unproven !== undefined) ||
    refusesInWords(result)
  );
}

/** "start is higher than the current chatHead": what it takes for itself where nothing is sent is not what it wants. */
const compared =
  /["'`]?[\w.-]+["'`]? (?:is|was) (?:too \w+|out of|before|after|beyond|above|below|(?:higher|greater|larger|bigger|lower|less|smaller|later|earlier|more|longer|shorter)(?: or \w+)* (?:than|to)\b)/gi;

/** Documented optional parameters that are not sent and that a refusal names as words of their own. */
export function asksFor({ leftOut = [] }: Check, { evidence, status = 0 }: Result): readonly string[] {
  if (leftOut.length === 0 || status >= 500 || evidence?.excerpt === undefined) return [];
  const said = saidIn(evidence.excerpt);
  if (said === undefined) return [];
  const words = new Set(
    said
      .replaceAll(compared, ' ')
      .match(/[\w.-]+/g)
      ?.map((word) => word.replace(/[.-]+$/, '').toLowerCase()),
  );
  return leftOut.filter((name) => words.has(name.toLowerCase()));
}

/** Of what was sent, the values whose parameters a refusal names: what it does not complain of was taken. */
export function blamedBy({ values }: Check, { evidence, status = 0 }: Result): readonly FilledValue[] {
  const said = status >= 500 || evidence?.excerpt === undefined ? undefined : saidIn(evidence.excerpt);
  return said === undefined ? [] : values.filter(({ name }) => isNamed(name, said));
}

/** As a word that is a name: many parameters are called like words of a sentence (`end`, `type`, `from`). */
function isNamed(name: string, said: string): boolean {
  const escaped = name.replaceAll(/[^\w]/g, '\\$&');
  const word = `(?<![\\w.-])${escaped}(?![\\w-])`;
  if (!/^[a-z]+$/.test(name)) return new RegExp(word).test(said);
  const shown = [
    `["'\`“‘「]${escaped}["'\`”’」]`,
    `(?:param(?:eter)?s?|argument|field|query|参数|字段)[\\s:：]*${word}`,
    `${word}\\s*(?:is (?:required|missing|invalid|not)|must|should|不能为空|不正确|格式|参数|无效|错误|必填)`,
  ];
  return shown.some((pattern) => new RegExp(pattern, 'i').test(said));
}
