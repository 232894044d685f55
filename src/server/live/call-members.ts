import { sentence } from '../../messages/sentence.ts';
import type { Incident } from '../../model/incident.ts';
import type { Result } from '../../model/result.ts';
import type { HandlerContext } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { membersOf } from '../views/around-incident.ts';
import { signInNow } from './sign-in-now.ts';

/** As many as tell whether it goes on; the patrol calls the others. */
const mostCalled = 3;

type CallContext = Parameters<typeof membersOf>[0] & {
  readonly board: Pick<HandlerContext['board'], 'check'>;
  readonly patrol: Pick<HandlerContext['patrol'], 'tokens' | 'lookNow'>;
  readonly calls: HandlerContext['calls'];
  readonly clock: Pick<HandlerContext['clock'], 'now'>;
};

export interface Called {
  readonly operation: string;
  readonly service: string;
  readonly label: string;
  readonly result: Result;
}

/** Calls some operations of an incident now, the worst first; where it is about a sign-in, that is tried before. */
export async function callMembers(context: CallContext, incident: Incident): Promise<readonly Called[]> {
  const { board, patrol, calls } = context;
  const members = (await membersOf(context, incident)).filter(({ operation }) => board.check(operation));
  if (members.length === 0) throw new HttpProblem(409, sentence('nothingToCall', { id: incident.id }));
  const { level, subject } = incident.cause;
  const waits = patrol.tokens.status().some((one) => one.credential === subject && one.state === 'failing');
  if (level === 'credential' && waits) await signInNow(context, subject);
  const called = await Promise.allSettled(
    members.slice(0, mostCalled).map(async ({ operation, service, label }) => {
      const result = await calls.call(operation);
      return { operation, service, label, result };
    }),
  );
  const answered = called.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const [refused] = called.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (answered.length === 0) throw refused;
  return answered;
}
