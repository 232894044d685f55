import type { SendOutcome } from '../channel.ts';

/** What to do about an error code of WeCom's reference (path 90313), with a hint for a person. */
export interface ErrorRule {
  readonly action: 'retry' | 'shrink' | 'reject' | 'break';
  /** For `retry`: the shortest wait that the vendor's rules allow. */
  readonly afterMs?: number;
  readonly hint: string;
}

const minuteMs = 60_000;
const ourMistake = 'the message is not as WeCom wants it: please report it with this code';
const wrongKey =
  'the robot is gone or its key is wrong: add the robot to the group again and put its new webhook into the config';

/** By `errcode`; `errmsg` may change at any time, so nobody reads it. */
export const robotErrors: Readonly<Record<number, ErrorRule>> = {
  [-1]: { action: 'retry', hint: 'WeCom is busy' },
  40001: { action: 'break', hint: wrongKey },
  40007: { action: 'reject', hint: 'the uploaded file is older than three days or belongs to another robot' },
  40008: { action: 'reject', hint: ourMistake },
  40009: { action: 'reject', hint: 'a picture may have 2 MB' },
  40033: { action: 'reject', hint: ourMistake },
  40035: { action: 'reject', hint: ourMistake },
  // This is what a too long markdown is answered with; 45002 is what the reference promises.
  40058: { action: 'shrink', hint: ourMistake },
  40063: { action: 'reject', hint: ourMistake },
  44001: { action: 'reject', hint: ourMistake },
  44004: { action: 'reject', hint: ourMistake },
  45001: { action: 'reject', hint: 'a file may have 20 MB' },
  45002: { action: 'shrink', hint: ourMistake },
  45007: { action: 'reject', hint: ourMistake },
  45008: { action: 'shrink', hint: ourMistake },
  // Blocked for as long as the window that was exceeded, which is a minute.
  45009: {
    action: 'retry',
    afterMs: minuteMs,
    hint: 'more than 20 messages a minute: does something else use this robot too?',
  },
  45033: {
    action: 'retry',
    afterMs: 1000,
    hint: 'too many calls at once: does something else use this robot too?',
  },
  47001: { action: 'reject', hint: ourMistake },
  93000: { action: 'break', hint: wrongKey },
  93004: {
    action: 'break',
    hint: 'the robot has been disabled: enable it in the group or by the administrator',
  },
  93008: { action: 'break', hint: wrongKey },
  301019: { action: 'reject', hint: ourMistake },
};

/** A code that the reference does not know: the next one may go through, so it is tried again. */
const unknownCode: ErrorRule = {
  action: 'retry',
  afterMs: minuteMs,
  hint: 'look the code up at https://open.work.weixin.qq.com/devtool/query',
};

/** Turns an answer's `errcode` into what to do next. */
export function classify(
  rules: Readonly<Record<number, ErrorRule>>,
  errcode: number,
  errmsg: string,
): SendOutcome {
  if (errcode === 0) return { kind: 'sent' };
  const rule = rules[errcode] ?? unknownCode;
  const code = String(errcode);
  const message = `errcode ${errcode}: ${errmsg.slice(0, 200)}`;
  switch (rule.action) {
    case 'retry':
      return {
        kind: 'retry',
        ...(rule.afterMs === undefined ? {} : { afterMs: rule.afterMs }),
        code,
        message: `${message} (${rule.hint})`,
      };
    case 'shrink':
      return { kind: 'shrink', code, message, hint: rule.hint };
    case 'reject':
      return { kind: 'rejected', code, message, hint: rule.hint };
    case 'break':
      return { kind: 'broken', code, message, hint: rule.hint };
  }
}
