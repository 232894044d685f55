import { sentence } from '../../messages/sentence.ts';
import { failedFirstAt } from '../../incidents/observation.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
import { isUnconnected, type Result } from '../../model/result.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { whicheverEnds } from '../../lib/time/deadline.ts';
import type { Ask } from './ask.ts';

/** What a check has come to. */
export interface Found {
  readonly check: Check;
  readonly result: Result;
}

/** A service fails at a host that others share: what those come to decides whose trouble it is. */
export interface Doubt {
  readonly origin: string;
  /** The first failure, epoch ms. */
  readonly since: number;
  readonly services: ReadonlySet<string>;
  /** All of it waits for an answer that does not come. */
  readonly hangs: boolean;
}

/** So many failures, or all that a service has at a host, may be more than their own. */
const enough = 3;
const askedPerService = 2;
const askedServices = 20;

/** Of what has come in, the failures of services at hosts of which nobody knows yet that something is wrong. */
export function doubtsAmong(
  found: readonly Found[],
  plans: ReadonlyMap<string, readonly Check[]>,
  open: readonly Incident[],
): readonly Doubt[] {
  const known = new Set(
    open.filter(({ state }) => state !== 'pending').map(({ cause }) => `${cause.level} ${cause.subject}`),
  );
  const failing = found.filter(({ result }) => isFailing(result));
  return [...groupBy(failing, ({ check }) => check.origin)].flatMap(([origin, there]): Doubt[] => {
    if (known.has(`origin ${origin}`) || known.has(`gateway ${origin}`)) return [];
    const services = [...groupBy(there, ({ check }) => check.service)].filter(([service, own]) => {
      const planned = plans.get(service)?.filter((check) => check.origin === origin) ?? [];
      return !known.has(`service ${service}`) && own.length >= Math.min(enough, planned.length);
    });
    if (services.length === 0) return [];
    const since = Math.min(...services.flatMap(([, own]) => own.map(({ result }) => failedFirstAt(result))));
    const hangs = services.every(([, own]) => own.every(({ result }) => result.reason.code === 'timeout'));
    return [{ origin, since, services: new Set(services.map(([service]) => service)), hangs }];
  });
}

/** A few operations of each other service there that nobody has heard since; only what may be called again at will. */
export function othersAt(
  { origin, since, services }: Doubt,
  plans: ReadonlyMap<string, readonly Check[]>,
  heardAt: (checkId: string) => number,
): readonly Check[] {
  const others = [...plans].flatMap(([service, checks]) => {
    const there = services.has(service) ? [] : checks.filter((check) => check.origin === origin);
    if (there.some(({ id }) => heardAt(id) >= since)) return [];
    const asked = there.filter(({ repeatable }) => repeatable).slice(0, askedPerService);
    return asked.length === 0 ? [] : [asked];
  });
  return others.slice(0, askedServices).flat();
}

/**
 * What a service's other operations at a host come to when none of those that were asked has found a connection: they need
 * not be called to know.
 */
export function uncalled(
  { origin }: Doubt,
  asked: readonly Found[],
  plans: ReadonlyMap<string, readonly Check[]>,
): readonly Found[] {
  return [...groupBy(asked, ({ check }) => check.service)].flatMap(([service, own]) => {
    const [first] = own;
    if (first === undefined || !own.every(({ result }) => isUnconnected(result.reason.code))) return [];
    const called = new Set(own.map(({ check }) => check.id));
    const { at, reason } = first.result;
    const message =
      reason.code === 'origin-down'
        ? reason.message
        : sentence('notCalledBecause', { why: sentence('originSilent', { origin, why: reason.message }) });
    const left =
      plans.get(service)?.filter((check) => check.origin === origin && !called.has(check.id)) ?? [];
    return left.map((check) => ({
      check,
      result: {
        checkId: check.id,
        at,
        verdict: 'unknown',
        reason: { code: 'origin-down', message },
        bytes: 0,
        phases: { totalMs: 0 },
        attempts: 0,
        findings: [],
      },
    }));
  });
}

export function isFailing({ verdict, reason }: Result): boolean {
  return verdict === 'fail' || reason.code === 'origin-down';
}

/** Those who share a host with what fails are waited for no longer than this before it is told … */
const hearingMs = 10_000;
/** … and where it hangs no longer than a call usually waits for an answer. */
const hangingMs = 12_000;

interface HearingParts {
  readonly clock: Clock;
  readonly ask: Ask;
  /** The latest plan of each service. */
  readonly plans: ReadonlyMap<string, readonly Check[]>;
  /** When the latest result of a check was found, epoch ms; `-Infinity`: never. */
  readonly heardAt: (checkId: string) => number;
  /** Told of each that has been asked, and of what follows from it for those that need not be. */
  readonly heard: (found: Found) => void;
}

/** Before something is said of a service that shares its host, the others there are heard. */
export class Hearing {
  readonly #parts: HearingParts;
  /** Who is being asked about an origin. */
  readonly #going = new Map<string, Promise<void>>();

  constructor(parts: HearingParts) {
    this.#parts = parts;
  }

  /** Resolves when all others have been heard, or after ten seconds, twelve where it hangs; at once when nothing new is in doubt. */
  async others(found: readonly Found[], open: readonly Incident[], signal: AbortSignal): Promise<void> {
    const { clock, plans } = this.#parts;
    const doubts = doubtsAmong(found, plans, open);
    if (doubts.length === 0) return;
    const heard = new AbortController();
    const either = whicheverEnds(signal, heard.signal);
    const late = clock.sleep(doubts.some(({ hangs }) => hangs) ? hangingMs : hearingMs, either.signal);
    try {
      await Promise.race([Promise.all(doubts.map((doubt) => this.#hear(doubt, signal))), late]);
    } finally {
      heard.abort();
      either.done();
    }
  }

  async #hear(doubt: Doubt, signal: AbortSignal): Promise<void> {
    const { origin } = doubt;
    const going = this.#going.get(origin);
    if (going !== undefined) return going;
    const others = othersAt(doubt, this.#parts.plans, this.#parts.heardAt);
    if (others.length === 0) return;
    const asking = this.#ask(doubt, others, signal).finally(() => this.#going.delete(origin));
    this.#going.set(origin, asking);
    await asking;
  }

  async #ask(doubt: Doubt, others: readonly Check[], signal: AbortSignal): Promise<void> {
    const { heard, plans } = this.#parts;
    const silent = doubt.hangs ? await this.#askOnce(others, signal) : others;
    if (silent.length === 0) return;
    const asked: Found[] = [];
    await this.#parts.ask(silent, signal, (result, check) => {
      asked.push({ result, check });
      heard({ result, check });
    });
    for (const one of uncalled(doubt, asked, plans)) heard(one);
  }

  /**
   * What hangs where others hang has been confirmed by these when none that was asked is answered: to call it again would take as
   * long once more. Returns those that did not answer while others did.
   */
  async #askOnce(others: readonly Check[], signal: AbortSignal): Promise<readonly Check[]> {
    const { ask, heard } = this.#parts;
    const found: Found[] = [];
    const settled = (result: Result, check: Check): void => void found.push({ result, check });
    await ask(others, signal, settled, { once: true });
    const silent = found.filter(({ result }) => isFailing(result));
    const isAll = silent.length === found.length && silent.every(({ result }) => result.status === undefined);
    for (const one of isAll ? found : found.filter(({ result }) => !isFailing(result))) heard(one);
    return isAll ? [] : silent.map(({ check }) => check);
  }
}
