import type { Sentence } from '../../../model/sentence.ts';
import { says, sentence } from '../../../messages/sentence.ts';
import { ellipsize } from '../../../lib/text/text.ts';
import type { SendOutcome } from '../channel.ts';

/** What to do about one of a vendor's error codes, with a hint for a person. */
export interface ErrorRule {
  readonly action: 'retry' | 'shrink' | 'reject' | 'break';
  /** For `retry` and `break`: the shortest wait that the vendor's rules allow. */
  readonly afterMs?: number;
  readonly hint: Sentence;
}

/** The codes that a vendor's reference knows. */
export type ErrorRules = Readonly<Record<number, ErrorRule>>;

/** A code that the reference does not know: the next try may go through, so there is one. */
const unknownCode: ErrorRule = {
  action: 'retry',
  afterMs: 60_000,
  hint: says("look the code up in the vendor's reference", '请在厂商文档中查询该错误码'),
};

/** Turns an answer's error code into what to do next; 0 is success and nothing else is. */
export function classify(rules: ErrorRules, errcode: number, errmsg: string): SendOutcome {
  if (errcode === 0) return { kind: 'sent' };
  const rule = rules[errcode] ?? unknownCode;
  const code = String(errcode);
  const said = ellipsize(errmsg, 200);
  const message = sentence('coded', { code, said });
  switch (rule.action) {
    case 'retry':
      return {
        kind: 'retry',
        afterMs: rule.afterMs,
        code,
        message: sentence('codedWithHint', { code, said, hint: rule.hint }),
      };
    case 'shrink':
      return { kind: 'shrink', code, message, hint: rule.hint };
    case 'reject':
      return { kind: 'rejected', code, message, hint: rule.hint };
    case 'break':
      return {
        kind: 'broken',
        afterMs: rule.afterMs,
        code,
        message,
        hint: rule.hint,
      };
  }
}
