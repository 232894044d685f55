import type { Plan } from '../../model/check.ts';
import type { Transition } from '../../model/incident.ts';
import type { Problem } from '../../model/problem.ts';
import type { Settings } from '../../model/settings.ts';
import type { Result } from '../../model/result.ts';
import type { CycleReport } from '../run-cycle.ts';

/** Told what a patrol does, as it does it, so that somebody can look on. */
export interface Observer {
  cycleStarted?(services: readonly string[]): void;
  /** The documents have been read and it is known what is going to be called. */
  planned?(services: readonly string[], plan: Plan): void;
  /** As it came in, during a cycle: what it counts as is not known yet. */
  result?(result: Result): void;
  /** What has come in, as it counts; others may be among it that no cycle called. */
  judged?(results: readonly Result[]): void;
  /** Of its results the report tells what they count as. */
  cycleClosed?(services: readonly string[], report: CycleReport): void;
  /** Also when it could not be stored. */
  cycleEnded?(services: readonly string[]): void;
  /** What a look between two cycles, or a call by hand, has changed. */
  looked?(transitions: readonly Transition[]): void;
  /** The configuration has been read again and is good; it may be another one now. */
  configRead?(settings: Settings): void;
  configRefused?(problems: readonly Problem[]): void;
}
