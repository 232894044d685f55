import { groupBy } from '../kit/group-by.ts';
import type { Check } from '../model/check.ts';
import type { Incident } from '../model/incident.ts';
import type { Evidence } from './analysis.ts';
import { type Seen, watchedOf } from './observation.ts';

/** What a root cause is looked for by: `origin` and the origin of a check. */
interface Kind {
  readonly prefix: string;
  subject(check: Check): string | undefined;
}

/** An open root cause beside what was called of it now. */
export interface Part {
  readonly before: Incident;
  /** Less than half of it was called: a look, or a cycle of those that are called more often. */
  readonly isSmall: boolean;
  /** Too few of those that were worst were called: that others answer proves nothing. */
  readonly isOfOthers: boolean;
}

/** That so many of those that were worst answer says something of the others. */
const sickEnough = 2;

export class OpenRoots {
  readonly #open: ReadonlyMap<string, Incident>;
  readonly #checks: readonly Check[];
  readonly #sources: ReadonlySet<string>;
  readonly #planned = new Map<string, ReadonlyMap<string | undefined, readonly Check[]>>();

  constructor({ open, checks }: Evidence) {
    this.#open = new Map(open.map((incident) => [incident.fingerprint, incident]));
    this.#checks = checks;
    this.#sources = new Set(checks.map(({ source }) => source));
  }

  /** `undefined` when there is no such open incident. `own` are those of the subject that say something now. */
  partOf(kind: Kind, subject: string, own: readonly Seen[]): Part | undefined {
    const before = this.#open.get(`${kind.prefix}:${subject}`);
    if (before === undefined) return undefined;
    // After a restart the plans of some services may not be known yet.
    const isWhole = before.sources.every((source) => this.#sources.has(source));
    const isSmall = !isWhole || own.length < this.plannedOf(kind, subject).length / 2;
    return { before, isSmall, isOfOthers: isSmall && !isOfTheSick(before, own) };
  }

  /** Checks that have it in common. */
  plannedOf(kind: Kind, subject: string): readonly Check[] {
    const known = this.#planned.get(kind.prefix) ?? groupBy(this.#checks, (check) => kind.subject(check));
    this.#planned.set(kind.prefix, known);
    return known.get(subject) ?? [];
  }
}

function isOfTheSick({ members }: Incident, own: readonly Seen[]): boolean {
  const called = new Set(own.map(({ check }) => check.id));
  const watched = watchedOf(members);
  const sick = watched.filter((checkId) => called.has(checkId));
  return sick.length >= Math.min(sickEnough, watched.length);
}
