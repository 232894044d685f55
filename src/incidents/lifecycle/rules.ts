import type { IncidentState, TransitionKind } from '../../model/incident.ts';

/** `ok` is the absence of an incident. */
export type LifecycleState = Exclude<IncidentState, 'resolved'> | 'ok';

/** What a cycle says about an incident; `nothing`: no data, or a root cause explains it. */
export type Signal = 'bad' | 'good' | 'gone' | 'nothing';

/** Conditions that a rule may ask for, each decided in `advance.ts`. */
export interface Guards {
  /** Bad often enough in a row to be a fact. */
  readonly confirmed: boolean;
  /** Good often enough in a row (while flapping: for long enough) to be over. */
  readonly recovered: boolean;
  /** Holds something that nobody has been told yet. */
  readonly news: boolean;
  /** Has had no data for so long that this is news itself, or that a suspicion or a recovery need not wait for any. */
  readonly stale: boolean;
}

export interface Rule {
  readonly from: LifecycleState;
  readonly on: Signal;
  /** Absent: always. */
  readonly when?: keyof Guards;
  readonly to: LifecycleState;
  readonly tell?: TransitionKind;
}

/** The life of an incident. The first rule that fits applies; without one, nothing changes. */
export const rules: readonly Rule[] = [
  { from: 'ok', on: 'bad', when: 'confirmed', to: 'firing', tell: 'opened' },
  { from: 'ok', on: 'bad', to: 'pending' },
  { from: 'pending', on: 'bad', when: 'confirmed', to: 'firing', tell: 'opened' },
  { from: 'pending', on: 'bad', to: 'pending' },
  { from: 'pending', on: 'good', to: 'ok' },
  { from: 'pending', on: 'gone', to: 'ok' },
  { from: 'pending', on: 'nothing', when: 'stale', to: 'ok' },
  { from: 'firing', on: 'bad', when: 'news', to: 'firing', tell: 'changed' },
  { from: 'firing', on: 'bad', to: 'firing' },
  { from: 'firing', on: 'good', when: 'recovered', to: 'ok', tell: 'resolved' },
  { from: 'firing', on: 'good', to: 'recovering' },
  { from: 'firing', on: 'gone', to: 'ok', tell: 'removed' },
  { from: 'firing', on: 'nothing', when: 'stale', to: 'firing', tell: 'changed' },
  // A relapse: whoever has been told that it fails need not be told again.
  { from: 'recovering', on: 'bad', when: 'news', to: 'firing', tell: 'changed' },
  { from: 'recovering', on: 'bad', to: 'firing' },
  { from: 'recovering', on: 'good', when: 'recovered', to: 'ok', tell: 'resolved' },
  { from: 'recovering', on: 'good', to: 'recovering' },
  { from: 'recovering', on: 'gone', to: 'ok', tell: 'removed' },
  // Its last answer was good, and nobody will ask again.
  { from: 'recovering', on: 'nothing', when: 'stale', to: 'ok', tell: 'resolved' },
];

export function ruleFor(from: LifecycleState, on: Signal, guards: Guards): Rule | undefined {
  return rules.find(
    (rule) => rule.from === from && rule.on === on && (rule.when === undefined || guards[rule.when]),
  );
}
