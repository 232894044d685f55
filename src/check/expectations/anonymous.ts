import { sentence } from '../../messages/sentence.ts';
import { z } from 'zod';
import type { Finding } from '../../model/result.ts';
import { defineExpectation } from '../expectation.ts';

/** A call without the credential must be refused: nothing else shows that a guard has gone missing. */
export const anonymous = defineExpectation({
  kind: 'anonymous',
  summary: '`deny`: the same call without its credential must be refused (one more request)',
  code: 'assertion',
  settings: z.literal('deny'),
  judge: () => [],
  probe: {
    request: (check) => (check.credential === undefined ? undefined : check.request),
    judge(answer): readonly Finding[] {
      if (answer.status === 401 || answer.status === 403 || (answer.status >= 300 && answer.status < 400))
        return [];
      // A server in trouble, or one that is limiting us, says nothing about its guard.
      if (answer.status >= 500 || answer.status === 429) return [];
      return [
        {
          kind: 'anonymous',
          level: 'error',
          message: sentence('calledWithoutCredential', { status: answer.status }),
          expected: sentence('eitherOr', { one: '401', other: '403' }),
          found: `HTTP ${answer.status}`,
        },
      ];
    },
  },
});
