import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { TooMuchWork } from '../../lib/effort.ts';
import type { Finding } from '../../model/result.ts';
import type { ExpectationKind } from '../expectation.ts';
import type { Held } from '../judge.ts';

/** The same promises; one that takes too much work says so and leaves the others alone. */
export function bounded(held: readonly Held[]): readonly Held[] {
  return held.map(({ kind, prepared }) => ({ kind: boundedKind(kind), prepared }));
}

/** The same promises; those that look deep into a body say that they did not. */
export function withoutCostly(held: readonly Held[]): readonly Held[] {
  return held.map(({ kind, prepared }) => {
    const { costly } = kind;
    if (costly === undefined) return { kind: boundedKind(kind), prepared };
    return { kind: { ...kind, judge: () => [tooLarge(kind.kind, sentence(costly))] }, prepared };
  });
}

function boundedKind(kind: ExpectationKind): ExpectationKind {
  return {
    ...kind,
    judge(answer, check, prepared, context) {
      try {
        return kind.judge(answer, check, prepared, context);
      } catch (error) {
        if (!(error instanceof TooMuchWork)) throw error;
        return [tooLarge(kind.kind, saidOf(kind))];
      }
    },
  };
}

function saidOf({ kind, costly }: ExpectationKind): Sentence {
  return costly === undefined ? sentence('tooLargeToJudge', { kind }) : sentence(costly);
}

function tooLarge(kind: string, message: Sentence): Finding {
  return { kind, level: 'info', message };
}
