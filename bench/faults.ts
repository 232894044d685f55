import { defaultAnalysisSettings } from '../src/incidents/analysis.ts';
import { assess } from '../src/incidents/analyze.ts';
import { recheckSelection } from '../src/incidents/root-cause/recheck-selection.ts';
import { RecentLatencies } from '../src/incidents/latency/recent.ts';
import type { Incident, Transition } from '../src/model/incident.ts';
import type { Result } from '../src/model/result.ts';
import type { Figure } from './figure.ts';
import {
  checks,
  credentialFailures,
  cycleMs,
  type Fault,
  lookOnce,
  patrolOnce,
  type Random,
  script,
  seeded,
  start,
} from './fault-world.ts';

const weeks = 4;
const weekMs = 7 * 86_400_000;
const minuteMs = 60_000;
/** An alarm belongs to a fault while it lasts and for as long as it takes to notice that it is over. */
const graceMs = 1.5 * 3_600_000;
const settings = defaultAnalysisSettings;
/** What a week of answers between 60 and 140 ms teaches. */
const usual = { ms: 100, spread: 0.3 };

/**
 * Simulated weeks of a thousand operations: four of nothing but noise, four with a fault of every kind in turn.
 * Counts what people would have been told, beside two simple rules over the same world.
 */
export async function benchFaults(): Promise<readonly Figure[]> {
  const quiet = simulate([], seeded(1));
  const faults = script(weeks, seeded(2));
  const told = simulate(faults, seeded(3));
  const judged = judge(faults, told);
  const noisy = simpleRules([], seeded(1));
  const simple = simpleRules(faults, seeded(3));
  const phases = faults.length * 2;
  return [
    { name: `false alarms in ${weeks} weeks of noise`, value: quiet.length, unit: 'messages', aim: 0 },
    { name: 'false alarms between faults', value: judged.strays, unit: 'messages', aim: 0 },
    { name: `faults missed, of ${faults.length}`, value: judged.missed.length, unit: 'faults', aim: 0 },
    { name: 'messages a fault and phase', value: judged.messages / phases, unit: 'messages', aim: 1.1 },
    { name: 'time to tell, median', value: median(judged.delaysMs) / minuteMs, unit: 'min' },
    { name: 'time to tell, longest', value: Math.max(...judged.delaysMs) / minuteMs, unit: 'min' },
    {
      name: 'time to tell that it is over, median',
      value: median(judged.recoveriesMs) / minuteMs,
      unit: 'min',
    },
    { name: '"every failure": false alarms in the noise', value: noisy.every, unit: 'messages' },
    { name: '"every failure": messages a fault and phase', value: simple.every / phases, unit: 'messages' },
    { name: '"3 in a row": false alarms in the noise', value: noisy.three, unit: 'messages' },
    { name: '"3 in a row": messages a fault and phase', value: simple.three / phases, unit: 'messages' },
    { name: '"3 in a row": faults missed', value: simple.missedByThree, unit: 'faults' },
  ];
}

/** Everything that is told, in order. */
export function simulate(faults: readonly Fault[], random: Random): readonly Transition[] {
  const patrol = new Simulation(faults, random);
  const end = start + weeks * weekMs;
  for (let at = start; at < end; at += cycleMs) {
    patrol.cycle(at);
    for (let look = at + minuteMs; look < at + cycleMs; look += minuteMs) if (!patrol.lookAgain(look)) break;
  }
  return patrol.told;
}

class Simulation {
  readonly told: Transition[] = [];
  readonly #faults: readonly Fault[];
  readonly #random: Random;
  readonly #recent = new RecentLatencies();
  #open: readonly Incident[] = [];
  #ended: readonly Incident[] = [];

  constructor(faults: readonly Fault[], random: Random) {
    this.#faults = faults;
    this.#random = random;
  }

  cycle(at: number): void {
    const active = this.#activeAt(at);
    const results = checks.map((check) => patrolOnce(check, faultOf(check.id, active), at, this.#random));
    this.#assess(at, active, results, false);
  }

  /** False when there is nothing to look at. */
  lookAgain(at: number): boolean {
    const wanted = new Set(recheckSelection(this.#open, checks, (id) => this.#recent.of(id)));
    if (wanted.size === 0) return false;
    const active = this.#activeAt(at);
    const chosen = checks.filter(({ id }) => wanted.has(id));
    const results = chosen.map((check) => patrolOnce(check, faultOf(check.id, active), at, this.#random));
    this.#assess(at, active, results, true);
    return true;
  }

  #assess(at: number, active: readonly Fault[], results: readonly Result[], selection: boolean): void {
    // A failure takes the engine 20 seconds to confirm.
    const now = at + (results.some(({ attempts }) => attempts > 1) ? 25_000 : 1000);
    const { transitions, open } = assess({
      checks,
      results,
      open: this.#open,
      ended: this.#ended,
      credentialFailures: credentialFailures(active),
      removedChecks: [],
      selection,
      recent: (id) => this.#recent.of(id),
      timed: (id) => this.#recent.timed(id),
      usual: () => usual,
      now,
      settings,
    });
    this.#recent.add(results);
    this.#open = open;
    const over = transitions.map(({ incident }) => incident).filter(({ state }) => state === 'resolved');
    this.#ended = [...this.#ended, ...over].filter(
      ({ resolvedAt = 0 }) => resolvedAt >= now - settings.flapping.windowMs,
    );
    this.told.push(...transitions.filter(({ suppressed }) => suppressed === undefined));
  }

  #activeAt(at: number): readonly Fault[] {
    return this.#faults.filter(({ from, until }) => from <= at && at < until);
  }
}

function faultOf(checkId: string, active: readonly Fault[]): Fault | undefined {
  return active.find(({ touches }) => touches.has(checkId));
}

interface Judgement {
  readonly messages: number;
  readonly strays: number;
  readonly missed: readonly Fault[];
  readonly delaysMs: readonly number[];
  readonly recoveriesMs: readonly number[];
}

function judge(faults: readonly Fault[], told: readonly Transition[]): Judgement {
  const belongs = (fault: Fault, { at, incident }: Transition): boolean =>
    at >= fault.from &&
    at <= fault.until + graceMs &&
    (incident.cause.level === 'self' || concerns(fault, incident));
  const own = faults.map((fault) => told.filter((one) => belongs(fault, one)));
  const delaysMs = own.flatMap((some, no) => {
    const first = some.find(({ kind }) => kind === 'opened');
    return first === undefined ? [] : [first.at - (faults[no]?.from ?? 0)];
  });
  const recoveriesMs = own.flatMap((some, no) => {
    const last = some.findLast(({ kind }) => kind === 'resolved');
    return last === undefined ? [] : [last.at - (faults[no]?.until ?? 0)];
  });
  return {
    messages: own.reduce((sum, some) => sum + some.length, 0),
    strays: told.filter((one) => !faults.some((fault) => belongs(fault, one))).length,
    missed: faults.filter((fault, no) => (own[no]?.length ?? 0) === 0 && isPatrolled(fault)),
    delaysMs,
    recoveriesMs,
  };
}

function concerns(fault: Fault, incident: Incident): boolean {
  const { members, cause } = incident;
  return (
    members.worst.some(({ checkId }) => fault.touches.has(checkId)) ||
    (fault.service !== undefined && cause.subject.includes(`${fault.service}.`))
  );
}

/** At least one cycle fell into it. */
function isPatrolled({ from, until }: Fault): boolean {
  return Math.ceil(from / cycleMs) * cycleMs < until;
}

interface SimpleRules {
  readonly every: number;
  readonly three: number;
  readonly missedByThree: number;
}

/** What two common rules tell, operation by operation: at every change, and after three failures in a row. */
function simpleRules(faults: readonly Fault[], random: Random): SimpleRules {
  const failures = new Map<string, number>();
  const caught = new Set<Fault>();
  let every = 0;
  let three = 0;
  for (let at = start; at < start + weeks * weekMs; at += cycleMs) {
    const active = faults.filter(({ from, until }) => from <= at && at < until);
    for (const check of checks) {
      const fault = faultOf(check.id, active);
      const before = failures.get(check.id) ?? 0;
      if (lookOnce(check, fault, at, random)) {
        if (before > 0) every++;
        if (before >= 3) three++;
        failures.delete(check.id);
        continue;
      }
      failures.set(check.id, before + 1);
      if (before === 0) every++;
      if (before !== 2) continue;
      three++;
      if (fault !== undefined) caught.add(fault);
    }
  }
  return { every, three, missedByThree: faults.filter((one) => isPatrolled(one) && !caught.has(one)).length };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
