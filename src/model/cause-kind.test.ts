import { expect, it } from 'vitest';
import { causeKindOf } from './cause-kind.ts';
import type { CauseLevel } from './cause.ts';
import type { ReasonCode } from './result.ts';

it.each<[CauseLevel, ReasonCode, string]>([
  // All of its operations are well until then.
  ['origin', 'certificate', 'certificate'],
  ['origin', 'tls', 'tls'],
  ['origin', 'connect-refused', 'origin'],
  ['origin', 'timeout', 'origin'],
  ['origin', 'latency', 'slow'],
  ['service', 'slower', 'slow'],
  ['gateway', 'flaky', 'unsteady'],
  ['gateway', 'status', 'gateway'],
  ['credential', 'credential', 'credential'],
  ['credential', 'auth-rejected', 'refused'],
  ['document', 'document', 'document'],
  ['document', 'schema', 'mismatch'],
  ['service', 'no-data', 'no-data'],
  ['service', 'budget', 'budget'],
  ['service', 'status', 'service'],
  ['operation', 'latency', 'operation'],
  ['self', 'self', 'self'],
])('%s with %s is said as %s', (level, code, expected) => {
  expect(causeKindOf({ cause: { level, subject: 'x' }, reason: { code, message: '' } })).toBe(expected);
});
