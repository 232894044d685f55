import type { Check } from '../model/check.ts';
import type { Cycle, CycleOutcome, CycleStatistics } from '../model/cycle.ts';
import type { Incident, Transition } from '../model/incident.ts';
import type { Result } from '../model/result.ts';

/** All that a decision depends on; the same input gives the same output. */
export interface AnalysisInput {
  readonly cycle: CycleEnd;
  /** All planned checks, whether or not they were due in this cycle. */
  readonly checks: readonly Check[];
  /** What this cycle found out, in any order. A check without a result says nothing: its incidents stay as they are. */
  readonly results: readonly Result[];
  /** The incidents that were open before. */
  readonly open: readonly Incident[];
  readonly credentialFailures: readonly CredentialFailure[];
  /** Documents that could not be read by the scan of this cycle; absent when there was no scan. */
  readonly documentProblems?: readonly DocumentProblem[];
  /** Ids of checks whose operation is no longer documented. */
  readonly removedChecks: readonly string[];
  /** Durations (ms) of the latest answers of a check before this cycle, oldest first. */
  readonly recent: (checkId: string) => readonly number[];
  /** Epoch ms at which the cycle closes. */
  readonly now: number;
  readonly settings: AnalysisSettings;
}

export interface CycleEnd extends Cycle {
  readonly outcome: CycleOutcome;
  /** From the monotonic clock. */
  readonly durationMs: number;
  /** Due cycles that were left out since the last one. */
  readonly missed: number;
}

/** A credential for which no token could be had. */
export interface CredentialFailure {
  readonly credential: string;
  /** `POST https://sso/token answered 401 invalid_client`; free of secrets. */
  readonly message: string;
  readonly hint?: string;
  /** Only a person can end it. */
  readonly permanent: boolean;
}

export interface DocumentProblem {
  readonly documentId: string;
  readonly source: string;
  /** Path or URL, as people know it. */
  readonly uri: string;
  readonly message: string;
  readonly hint?: string;
}

export interface AnalysisSettings {
  readonly origin: {
    /** An origin is down when at least this many of its checks find no answer … */
    readonly minChecks: number;
    /** … and at least this share of them, 0–1. */
    readonly share: number;
  };
  readonly latency: {
    /** Latest answers that are looked at; needs `minSlow` of the last `minSlow + 1` over the objective as well. */
    readonly window: number;
    /** Answers over the objective that make it a fact and not a hiccup. */
    readonly minSlow: number;
  };
}

export const defaultAnalysisSettings: AnalysisSettings = {
  origin: { minChecks: 3, share: 0.6 },
  latency: { window: 20, minSlow: 3 },
};

export interface Analysis {
  /** In an order that does not depend on the order of the input. */
  readonly transitions: readonly Transition[];
  /** All incidents that are open now. */
  readonly open: readonly Incident[];
  readonly statistics: CycleStatistics;
}
