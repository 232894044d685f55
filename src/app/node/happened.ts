import type { Transition } from '../../model/incident.ts';
import type { CycleReport } from '../run-cycle.ts';
import type { Observer } from '../daemon/observer.ts';

/** What nodes tell one another, JSON: enough to read the rest of it in the database. */
export type Happened =
  | { readonly kind: 'started' | 'ended'; readonly services: readonly string[] }
  | {
      readonly kind: 'closed';
      readonly services: readonly string[];
      readonly cycleId: number;
      readonly startedAt: number;
      /** Of what is different in the documents. */
      readonly changes: CycleReport['changes'];
      /** Of documents and of the plan, the first of them. */
      readonly problems: CycleReport['problems'];
    }
  /** Incidents with these ids have changed since then. */
  | { readonly kind: 'incidents'; readonly ids: readonly string[]; readonly since: number }
  /** Somebody has done something on the page or over the API; what, is known to those who show it. */
  | { readonly kind: 'shown'; readonly event: unknown; readonly concerns: unknown };

const problemsMost = 100;

/** Tells the other nodes what an observer of the patrol is told. */
export function teller(
  tell: (what: Happened) => void,
  now: () => number,
  /** Before it is told that a cycle has closed. */
  closing: (services: readonly string[], plan: CycleReport['plan']) => void,
): Observer {
  const incidents = (transitions: readonly Transition[]): void => {
    const ids = [...new Set(transitions.map(({ incident }) => incident.id))];
    const since = Math.min(now(), ...transitions.map(({ at }) => at));
    if (ids.length > 0) tell({ kind: 'incidents', ids, since });
  };
  return {
    cycleStarted: (services) => tell({ kind: 'started', services }),
    cycleClosed(services, { plan, statistics: { cycleId, startedAt }, changes, problems, transitions }) {
      closing(services, plan);
      tell({
        kind: 'closed',
        services,
        cycleId,
        startedAt,
        changes,
        problems: problems.slice(0, problemsMost),
      });
      incidents(transitions);
    },
    cycleEnded: (services) => tell({ kind: 'ended', services }),
    looked: incidents,
  };
}

/** Tells both of everything. */
export function both(one: () => Observer, other: Observer): Observer {
  return {
    cycleStarted(services) {
      one().cycleStarted?.(services);
      other.cycleStarted?.(services);
    },
    planned: (services, plan) => one().planned?.(services, plan),
    result: (result) => one().result?.(result),
    judged: (results) => one().judged?.(results),
    cycleClosed(services, report) {
      one().cycleClosed?.(services, report);
      other.cycleClosed?.(services, report);
    },
    cycleEnded(services) {
      one().cycleEnded?.(services);
      other.cycleEnded?.(services);
    },
    looked(transitions) {
      one().looked?.(transitions);
      other.looked?.(transitions);
    },
    configRead: (settings) => one().configRead?.(settings),
    configRefused: (problems) => one().configRefused?.(problems),
  };
}
