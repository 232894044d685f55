import { groupBy } from '../../lib/group-by.ts';
import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
import type { Evidence } from '../analysis.ts';
import { isAsTold } from '../lifecycle/fault.ts';
import { type Seen, watchedOf } from '../observation.ts';
import { type RootRule, behindExcuse } from './rules.ts';

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
  /**
   * Too few of those that were worst have been heard since it was seen last, none of a service that it is about, or what failed
   * with them waits for its answer: that others answer proves nothing.
   */
  readonly isOfOthers: boolean;
}

/** That so many of those that were worst answer says something of the others. */
const sickEnough = 2;
const none: ReadonlySet<string> = new Set();

export class OpenRoots {
  readonly #open: ReadonlyMap<string, Incident>;
  readonly #checks: readonly Check[];
  readonly #ids: ReadonlySet<string>;
  /** They hang, or are called again before it counts. */
  readonly #waiting: ReadonlySet<string>;
  readonly #underWay: Pick<ReadonlySet<string>, 'has'>;
  readonly #isAwaited: (service: string) => boolean;
  readonly #planned = new Map<string, ReadonlyMap<string | undefined, readonly Check[]>>();

  constructor({ open, checks, awaited, waiting = none, heldUp = none, underWay = none }: Evidence) {
    this.#open = new Map(open.map((incident) => [incident.fingerprint, incident]));
    this.#checks = checks;
    this.#ids = new Set(checks.map(({ id }) => id));
    this.#waiting = new Set([...waiting, ...heldUp]);
    this.#underWay = underWay;
    const here = new Set(checks.map(({ service }) => service));
    this.#isAwaited = (service) => awaited?.includes(service) ?? !here.has(service);
  }

  has({ prefix }: Kind, subject: string): boolean {
    return this.#open.has(`${prefix}:${subject}`);
  }

  of({ prefix }: Kind, subject: string): Incident | undefined {
    return this.#open.get(`${prefix}:${subject}`);
  }

  /** It fails, which is put down to the way it is called, and otherwise than by what is open. */
  isAnswered(rule: RootRule, one: Seen, { hasWorked }: Evidence): boolean {
    const before = this.#open.get(`${rule.prefix}:${rule.subject(one.check) ?? ''}`);
    const found = before === undefined ? undefined : behindExcuse(one);
    if (before === undefined || found === undefined) return false;
    const mayBeOther = hasWorked?.(one.check) !== true && !isAsTold(before, found.result);
    return mayBeOther || rule.affected([found]).length === 0;
  }

  /**
   * `undefined` when there is no such open incident.
   *
   * @param own Those of the subject that say something now.
   * @param standing Those that said something last, from whenever.
   */
  partOf(
    kind: Kind,
    subject: string,
    own: readonly Seen[],
    standing: () => readonly Seen[],
  ): Part | undefined {
    const before = this.#open.get(`${kind.prefix}:${subject}`);
    if (before === undefined) return undefined;
    // After a restart the plans of some services may not be known yet.
    const isWhole = !before.services.some(this.#isAwaited);
    const isSmall = !isWhole || own.length < this.plannedOf(kind, subject).length / 2;
    const known = standing();
    const since = [...own, ...known].filter(
      ({ isKnown, result }) => isKnown !== true || result.at > before.lastSeenAt,
    );
    const heard = new Set(since.map(({ check }) => check.id));
    const isSettled = known.every(
      ({ check, result }) => !this.#waiting.has(check.id) || heard.has(check.id) || result.verdict !== 'fail',
    );
    // However many others have been heard, what becomes of those that were worst is about to be known.
    const now = new Set(own.map(({ check }) => check.id));
    const isAwaited = watchedOf(before.members).some((id) => this.#underWay.has(id));
    const isOfTheSick = this.#isOfTheSick(before, isWhole, isAwaited ? now : heard);
    return { before, isSmall, isOfOthers: !isSettled || !isOfTheSick };
  }

  /** The cycles of several services say together what none of them does alone; what is no longer planned is not waited for. */
  #isOfTheSick({ members }: Incident, isWhole: boolean, heard: ReadonlySet<string>): boolean {
    const isPlanned = (id: string): boolean => !isWhole || this.#ids.has(id);
    const watched = watchedOf(members).filter(isPlanned);
    const sick = watched.filter((id) => heard.has(id));
    if (sick.length < Math.min(sickEnough, watched.length)) return false;
    return (members.shares ?? []).every(({ worst }) => {
      const own = worst.map(({ checkId }) => checkId).filter(isPlanned);
      return own.length === 0 || own.some((id) => heard.has(id));
    });
  }

  /** Checks that have it in common. */
  plannedOf(kind: Kind, subject: string): readonly Check[] {
    const known = this.#planned.get(kind.prefix) ?? groupBy(this.#checks, (check) => kind.subject(check));
    this.#planned.set(kind.prefix, known);
    return known.get(subject) ?? [];
  }
}
