import type { SentenceCode } from '../messages/sentence.ts';
import type { ZodType, infer as Infer } from 'zod';
import type { Effort } from '../lib/effort.ts';
import type { Check, OutgoingRequest, Promised } from '../model/check.ts';
import type { Json } from '../model/json.ts';
import type { Finding, ReasonCode } from '../model/result.ts';
import type { Sentence } from '../model/sentence.ts';
import type { EnvelopeMemory } from './envelope/memory.ts';
import type { AlwaysThere } from './schema/always.ts';
import type { SchemaJudge } from './schema/judge.ts';
import type { Habits } from './schema/habits.ts';
import type { Shapes } from './schema/shape.ts';
import type { Certificate } from './http/certificate.ts';

/** One answer, read once and shared by all expectations. */
export interface Answer {
  readonly status: number;
  /** Lower-case names; repeated ones joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Lower case, without parameters; absent when the server sent none. */
  readonly contentType: string | undefined;
  /** Bytes received. */
  readonly bytes: number;
  /** By lower-case name, without decoding the others. */
  header(name: string): string | undefined;
  /** True when the body, also once unpacked, was longer than the limit and was cut. */
  readonly truncated: boolean;
  /** A stream that had not ended when it was stopped: `truncated` as well. */
  readonly endless: boolean;
  /** Nested too deep to be judged: nothing can be said of what is in it. */
  readonly tooDeep: boolean;
  /** Why the body cannot be read at all: it is not in the encoding that it claims. */
  readonly problem: Sentence | undefined;
  /** Decoded by its charset. */
  text(): string;
  /** Parsed once; `undefined` when it is not JSON, or `tooDeep`. */
  json(): Json | undefined;
  /** The same with numbers that a double cannot hold as texts of all their digits: what is shown, compared and kept. */
  exact(): Json | undefined;
  readonly totalMs: number;
  /** We were too busy ourselves to measure `totalMs` well. */
  readonly imprecise: boolean;
  /** Of the connection; absent when it is not secure. */
  readonly certificate: Certificate | undefined;
}

/** What outlives one answer and is shared by all judgements of an engine. */
export interface JudgeContext {
  readonly schemas: SchemaJudge;
  readonly shapes: Shapes;
  /** What looking into this answer may take; whoever has used it up throws `TooMuchWork`. */
  readonly effort: Effort;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  readonly news: Pick<FindingDedupe, 'isNew'>;
  readonly envelopes: EnvelopeMemory;
  readonly habits: Habits;
  readonly always: AlwaysThere;
}

type TooLargeCode = Extract<SentenceCode, 'tooLargeForSchema' | 'tooLargeForThat' | 'tooLargeForDrift'>;

/** One kind of promise that an answer is held against. A value, listed in `expectations/registry.ts`. */
export interface ExpectationKind<S extends ZodType = ZodType, P = Infer<S>> {
  readonly kind: string;
  readonly summary: string;
  /** What a result is blamed on when this is its worst finding. */
  readonly code: ReasonCode;
  /** What is said of an answer that takes too much work to judge; absent: judging takes next to nothing. */
  readonly costly?: TooLargeCode;
  /** Shape of its settings in the config. */
  readonly settings: S;
  /** Set for promises that every check is held to: the settings used when the config says nothing. */
  readonly standing?: Infer<S>;
  /** What `judge` gets in place of the settings: made once for a check, not for each answer. */
  prepare?(settings: Infer<S>, check: Check): P;
  /** Empty when the promise is kept. Never throws for what the answer holds. */
  judge(answer: Answer, check: Check, prepared: P, context: JudgeContext): readonly Finding[];
  /** One more request, sent when the first has gone well, and what its answer must be. */
  readonly probe?: {
    /** `undefined`: nothing to be asked of this check. */
    request(check: Check): OutgoingRequest | undefined;
    judge(answer: Answer): readonly Finding[];
  };
}

export function defineExpectation<S extends ZodType, P = Infer<S>>(
  expectation: ExpectationKind<S, P>,
): ExpectationKind {
  return expectation;
}

/**
 * What the document promises for a status: the exact one before its class before `default`. Beside a documented
 * success `default` describes errors, and says nothing of another success.
 */
export function promisedFor(check: Check, status: number): Promised | undefined {
  const exact = String(status);
  const family = `${exact[0]}XX`;
  let best: Promised | undefined;
  let hasSuccess = false;
  for (const promised of check.promises) {
    if (promised.status === exact) return promised;
    if (promised.status.startsWith('2')) hasSuccess = true;
    if (promised.status.toUpperCase() === family) best = promised;
    else if (promised.status === 'default') best ??= promised;
  }
  return best?.status === 'default' && hasSuccess && status < 400 ? undefined : best;
}

/** What counts as success, as a person would say it: `200, 201`; `2xx` where the document does not say. */
export function documentedSuccesses({ promises }: Check): string {
  const successes = promises.filter(({ status }) => /^[23]/.test(status));
  return successes.length === 0 ? '2xx' : successes.map(({ status }) => status.toLowerCase()).join(', ');
}

/** Most checks that are remembered at a time; one that has not come up for this many others is forgotten. */
const mostChecks = 200_000;

/** An answer whose keys are data has new fields for ever: after this many nothing of it is news any more. */
const mostFacts = 100;

/** Remembers what was found out about each check, so that it is told once. */
export class FindingDedupe {
  #recent = new Map<string, string[]>();
  #earlier = new Map<string, string[]>();

  /** Remembers it; false when it was known. */
  isNew(checkId: string, fact: string): boolean {
    const facts = this.#factsOf(checkId);
    if (facts.includes(fact) || facts.length >= mostFacts) return false;
    facts.push(fact);
    return true;
  }

  /** What is known of a check. */
  of(checkId: string): readonly string[] {
    return this.#recent.get(checkId) ?? this.#earlier.get(checkId) ?? [];
  }

  #factsOf(checkId: string): string[] {
    const recent = this.#recent.get(checkId);
    if (recent !== undefined) return recent;
    if (this.#recent.size >= mostChecks / 2) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    const facts = this.#earlier.get(checkId) ?? [];
    this.#recent.set(checkId, facts);
    return facts;
  }
}
