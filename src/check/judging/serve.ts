import type { MessagePort } from 'node:worker_threads';
import { Effort } from '../../lib/effort.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Check } from '../../model/check.ts';
import type { JsonSchema } from '../../model/json.ts';
import { LazyAnswer } from '../answer/answer.ts';
import { EnvelopeMemory } from '../envelope/memory.ts';
import type { ExpectationKind } from '../expectation.ts';
import { type Held, heldTo, judge } from '../judge.ts';
import { AlwaysThere } from '../schema/always.ts';
import { SchemaJudge } from '../schema/judge.ts';
import { Habits } from '../schema/habits.ts';
import { Shapes } from '../schema/shape.ts';
import { bounded } from './costly.ts';
import { aside, type FromThread, type Question, type ToThread } from './protocol.ts';

interface Known {
  readonly check: Check;
  readonly held: readonly Held[];
}

/** The judging thread: holds answers against their checks as the main thread would, with more time for each. */
export function serve(
  port: Pick<MessagePort, 'on' | 'postMessage'>,
  kinds: readonly ExpectationKind[],
): void {
  const effort = new Effort(0);
  const schemas = new SchemaJudge({ effort, mostNodes: aside.nodes });
  const shapes = new Shapes();
  const envelopes = new EnvelopeMemory();
  const habits = new Habits();
  const always = new AlwaysThere();
  const pools = new Map<number, Record<string, JsonSchema>>();
  const checks = new Map<number, Known>();

  const poolOf = (number: number): Record<string, JsonSchema> => {
    const pool = pools.get(number) ?? (Object.create(null) as Record<string, JsonSchema>);
    pools.set(number, pool);
    return pool;
  };
  const checkOf = ({ check, pool }: Question): Known | undefined => {
    if (check.value !== undefined) {
      const value = { ...check.value, schemas: poolOf(pool) };
      checks.set(check.key, { check: value, held: bounded(heldTo(value, kinds)) });
    }
    return checks.get(check.key);
  };
  const answer = (question: Question): FromThread => {
    const { number, reply, maxBytes, now, known } = question;
    const asked = checkOf(question);
    if (asked === undefined) return { kind: 'broken', number, message: 'the check is not known' };
    effort.refill(aside.steps);
    const news = new Set<string>();
    const judgement = judge(new LazyAnswer(asBuffers(reply), maxBytes), asked.check, asked.held, {
      schemas,
      shapes,
      effort,
      envelopes,
      habits,
      always,
      now: () => now,
      news: {
        isNew(_checkId, fact) {
          if (known.includes(fact) || news.has(fact)) return false;
          news.add(fact);
          return true;
        },
      },
    });
    return { kind: 'judged', number, judgement, news: [...news] };
  };
  port.on('message', (message: ToThread) => {
    if (message.kind === 'schemas') {
      Object.assign(poolOf(message.pool), Object.fromEntries(message.entries));
      return;
    }
    try {
      port.postMessage(answer(message));
    } catch (error) {
      port.postMessage({ kind: 'broken', number: message.number, message: messageOf(error) });
    }
  });
  port.postMessage({ kind: 'ready' });
}

/** Buffers arrive as plain arrays of bytes. */
function asBuffers(reply: Question['reply']): Question['reply'] {
  return { ...reply, body: Buffer.from(reply.body.buffer, reply.body.byteOffset, reply.body.byteLength) };
}
