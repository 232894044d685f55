import type { Sentence } from '../model/sentence.ts';
import type { BudgetView } from '../model/budget.ts';
import type { CertificateSighting } from '../model/certificate.ts';
import type { Check } from '../model/check.ts';
import type { CredentialFailure } from '../model/credential-failure.ts';
import type { Coverage } from '../model/set-up.ts';
import type { UnreadableDocument } from '../model/document.ts';
import type { Cycle, CycleOutcome, CycleStatistics } from '../model/cycle.ts';
import type { Incident, Suppression, Transition } from '../model/incident.ts';
import type { MayBlame } from '../model/proof.ts';
import type { Result, TimedAnswers } from '../model/result.ts';
import type { Severity } from '../model/settings.ts';
import type { Usual } from './latency/baselines.ts';
import type { ErrorBudgets } from './slo/budgets.ts';
import type { Round } from './observation.ts';

/** All that a decision about incidents depends on; the same input gives the same output. */
export interface Evidence {
  /** All planned checks of the services in question, whether or not they were due. */
  readonly checks: readonly Check[];
  /** What was found out, in any order. A check without a result says nothing: its incidents stay as they are. */
  readonly results: readonly Result[];
  /** What checks came to last, as it was judged then: what is common to several is seen in both. Absent: nothing. */
  readonly known?: readonly Result[];
  /** The calls that go on or have just ended, by service; what is known from before them decides nothing. */
  readonly rounds?: ReadonlyMap<string, Round>;
  /** Checks that the present calls leave out because an earlier one has not come to its end: what is known of them stands. */
  readonly heldUp?: ReadonlySet<string>;
  /** Checks that wait for an answer, or have just failed once more and are called again before that counts. */
  readonly waiting?: ReadonlySet<string>;
  /** Checks that are being called or are about to be, those that are confirmed included. */
  readonly underWay?: Pick<ReadonlySet<string>, 'has'>;
  /** Checks that have failed in a way that does not count yet: they wait for an answer, are called again, or have not been judged. */
  readonly suspected?: ReadonlySet<string>;
  /** Not all that is due has been called yet. */
  readonly partial?: boolean;
  /** The incidents that were open before, pending ones included. */
  readonly open: readonly Incident[];
  /** So long the patrol itself has not run since the last evaluation, ms; absent: it has. */
  readonly awayMs?: number;
  /** Incidents that ended within `flapping.windowMs`, to tell what comes and goes. */
  readonly ended?: readonly Incident[];
  readonly credentialFailures: readonly CredentialFailure[];
  /** Documents that could not be read by the scan of this cycle; absent when there was no scan. */
  readonly documentProblems?: readonly UnreadableDocument[];
  /** Services whose documents that scan has read; absent: the scope. */
  readonly documentsRead?: readonly string[];
  /** What handshakes have shown since the last evaluation. */
  readonly certificates?: readonly CertificateSighting[];
  /** Ids of checks whose operation is no longer documented. */
  readonly removedChecks: readonly string[];
  /** Services that have been called as a whole. */
  readonly scope?: readonly string[];
  /** Services whose whole plan is in `checks`: what has no check any more there is gone. Default: the scope. */
  readonly planned?: readonly string[];
  /** Services that are patrolled and whose plan nobody knows yet, after a restart. Absent: those without a check here. */
  readonly awaited?: readonly string[];
  /** All services that are patrolled; what is about others alone is gone. Absent: nobody knows. */
  readonly configured?: readonly string[];
  /**
   * Only rechecks were called: no new root cause can be concluded from them, so that no new failure can be blamed on
   * an operation alone either; both wait for the next cycle.
   */
  readonly selection?: boolean;
  /** Durations (ms) of the latest answers of a check before this evaluation, oldest first. */
  readonly recent: (checkId: string) => readonly number[];
  /** The same with their times: what the latency of origins and services is judged by. Absent: nothing is known. */
  readonly timed?: (checkId: string) => TimedAnswers;
  /** How fast a check usually answers at that time; absent, or `undefined`: not known. */
  readonly usual?: (check: Check, at: number) => Usual | undefined;
  /** The silence or maintenance window that keeps an incident from being told now. */
  readonly hush?: (incident: Incident) => Suppression | undefined;
  /** Absent: everything that has been found is the operations' own. */
  readonly mayBlame?: MayBlame;
  /** Whether an operation has worked as documented where it is called now; absent: nobody knows of any. */
  readonly hasWorked?: (check: Check) => boolean;
  /** Whether an operation has answered well before, or another one of its origin to the same credential; absent: as if it had. */
  readonly hadAccess?: (check: Check) => boolean;
  /** Under maintenance: does not count for the objectives. */
  readonly maintained?: (check: Check) => boolean;
  /** What has counted for the objectives before this cycle; absent between cycles. */
  readonly budgets?: ErrorBudgets;
  /** Epoch ms. */
  readonly now: number;
  readonly settings: AnalysisSettings;
}

export interface AnalysisInput extends Evidence {
  readonly cycle: CycleEnd;
  /** Results of the cycle that have been judged while it went on. */
  readonly before?: readonly Result[];
  /** Checks whose results belong to other cycles, judged with this one: they count for those. */
  readonly beside?: ReadonlySet<string>;
}

export interface CycleEnd extends Cycle {
  readonly outcome: CycleOutcome;
  /** From the monotonic clock. */
  readonly durationMs: number;
  /** Due cycles that were left out since the last one. */
  readonly missed: number;
  /** As in `CycleStatistics`. */
  readonly heldUp?: number;
  readonly confirming?: number;
  /** Origins that were called more slowly, and why. */
  readonly slowed?: Readonly<Record<string, Sentence>>;
  /** By service, when all of it was planned. */
  readonly coverage?: Readonly<Record<string, Coverage>>;
}

/** When several checks that fail together are one trouble with one cause. */
export interface RootThreshold {
  /** At least so many … */
  readonly minChecks: number;
  /** … and at least this share of those that said something, 0–1. Once open, half of it keeps it open … */
  readonly share: number;
  /** … when there are so many; absent: one. */
  readonly keeps?: number;
}

export interface AnalysisSettings {
  /** Bad evaluations in a row that make an incident, by severity; failures that nobody looked at twice need two. */
  readonly confirm: Readonly<Record<Severity, number>>;
  /** Good evaluations in a row that end one; where no recheck can bring the second one soon, one is enough. */
  readonly recovery: { readonly successes: number };
  readonly flapping: FlappingRule;
  /** An incident that has had no data for so long is told once. */
  readonly noDataMs: number;
  /** Share of at least `minChecks` origins without an answer that points at the patrol's own network. */
  readonly self: RootThreshold;
  readonly origin: RootThreshold;
  readonly gateway: RootThreshold;
  readonly credential: RootThreshold;
  readonly document: RootThreshold;
  readonly service: RootThreshold;
  /** Checks of an origin that answer only when asked again, or not even then. */
  readonly unsteady: RootThreshold;
  readonly latency: LatencyRule;
}

export interface FlappingRule {
  /** Beginning this many times within `windowMs` is flapping … */
  readonly opens: number;
  readonly windowMs: number;
  /** … and so is one that comes back within this time. */
  readonly relapseMs: number;
  /** Well for so long it has ended: looked at once a minute, it is told within five. */
  readonly calmMs: number;
  /** The same for sign-ins: asked for once a minute, their end is told within two. */
  readonly signInCalmMs: number;
  /** Told and ended so many times within this time, it is told once more and has to stay well for longer: twice its pauses, within bounds. */
  readonly restless: {
    readonly pairs: number;
    readonly withinMs: number;
    readonly leastCalmMs: number;
    readonly mostCalmMs: number;
  };
  /** Bad for so long without a good answer it is a steady failure again. */
  readonly steadyMs: number;
  /** What has come back twice in a row is told once it has failed for so long without a good answer … */
  readonly lastingMs: number;
  /** … or has come and gone for so long, then twice as long … */
  readonly holdMs: number;
  /** … but at once when people have heard nothing of it for so long. */
  readonly quietMs: number;
}

export interface LatencyRule {
  /** Latest answers that are looked at. */
  readonly window: number;
  /** Bad at once: so many of the last `burst + 1` answers are over the objective, the last two among them. */
  readonly burst: number;
  /** Bad in the long run: so many of the window are, not counting more than two in a row. */
  readonly chronic: number;
}

export const defaultAnalysisSettings: AnalysisSettings = {
  confirm: { critical: 1, major: 1, minor: 2 },
  recovery: { successes: 2 },
  flapping: {
    opens: 3,
    windowMs: 6 * 3_600_000,
    relapseMs: 1_800_000,
    calmMs: 240_000,
    signInCalmMs: 60_000,
    restless: { pairs: 3, withinMs: 3_600_000, leastCalmMs: 600_000, mostCalmMs: 1_800_000 },
    steadyMs: 3_600_000,
    lastingMs: 120_000,
    holdMs: 300_000,
    quietMs: 2 * 3_600_000,
  },
  noDataMs: 2 * 3_600_000,
  self: { minChecks: 3, share: 0.8 },
  origin: { minChecks: 3, share: 0.6 },
  gateway: { minChecks: 3, share: 0.6 },
  credential: { minChecks: 3, share: 0.5 },
  document: { minChecks: 4, share: 0.8 },
  service: { minChecks: 5, share: 0.5 },
  unsteady: { minChecks: 3, share: 0.2, keeps: 2 },
  latency: { window: 24, burst: 5, chronic: 7 },
};

/** What is wrong, and what is news about it. In an order that does not depend on the order of the input. */
export interface Assessment {
  /** As they count: what found no answer because of our own network is unknown. One a check, by check id. */
  readonly results: readonly Result[];
  /** Everything that happened; those with `suppressed` are for the record and not for people. */
  readonly transitions: readonly Transition[];
  /** Error budgets with this cycle; empty between cycles. */
  readonly budgets: readonly BudgetView[];
  /** All incidents that have not ended, pending ones included. */
  readonly open: readonly Incident[];
}

export interface Analysis extends Assessment {
  /** Of the whole cycle, as they count. */
  readonly cycleResults: readonly Result[];
  readonly statistics: CycleStatistics;
}
