import { groupBy } from '../../lib/group-by.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import type { Check, Skipped } from '../../model/check.ts';
import type { UnreadableDocument, UnreadDocument } from '../../model/document.ts';
import type { OutboxEntry } from '../../model/message.ts';
import type { Result } from '../../model/result.ts';
import {
  isWanting,
  isWithoutOperations,
  mapGroup,
  mapUnread,
  type ServiceSetUp,
  waitingIn,
} from '../../model/set-up.ts';
import type { Settings } from '../../model/settings.ts';
import { firstReportMessages } from '../../notify/messages/first-reports.ts';
import { isWaiting } from '../../plan/coverage/set-up.ts';
import { serviceSetUp, type Standing } from '../../plan/coverage/set-up-groups.ts';

/** The first reports of services that end their first cycles within this time are one message. */
const gatherMs = 60_000;

/** What a complete cycle has found of services that were planned as a whole. */
export interface Round {
  readonly services: readonly string[];
  readonly checks: readonly Check[];
  readonly skipped: readonly Skipped[];
  /** What checks came to last, as it counts. */
  readonly results: ReadonlyMap<string, Result>;
  /** Checks that a cycle before is, or was, still calling. */
  readonly heldUp?: ReadonlySet<string>;
  /** Documents that could not be read, of services whose documents have been looked at since; absent: none has. */
  readonly documents?: {
    readonly read: readonly string[];
    readonly unreadable: readonly UnreadableDocument[];
  };
  /** When it ended, epoch ms. */
  readonly at: number;
}

/** To be stored with the cycle. */
export interface SetUpNews {
  readonly setUps: readonly ServiceSetUp[];
  readonly messages: readonly OutboxEntry[];
  /** First reports that wait are due then; absent: they go on waiting for other services. */
  readonly firstReportsAt?: number;
}

/** What has to be set up in each service, and which of them people have been told of. */
export class SetUps {
  readonly #known: Map<string, ServiceSetUp>;
  /** Services that have been called once, whether anything of them answers or not: others do not wait for them. */
  readonly #heard = new Set<string>();

  readonly #redactor: Redactor;

  /** @param redactor What is told and kept passes it: sentences quote the values that operations were called with. */
  constructor(kept: readonly ServiceSetUp[], redactor = new Redactor()) {
    this.#redactor = redactor;
    this.#known = new Map(kept.map((setUp) => [setUp.service, setUp]));
  }

  /** What has changed, and the first reports of services that are new. */
  news(round: Round, settings: Settings): SetUpNews {
    const { at } = round;
    const heard = round.services.filter((service) => isHeard(service, round));
    const found = heard.flatMap((service) => this.#found(service, round));
    for (const service of heard) this.#heard.add(service);
    const fresh = found.filter(({ introducedAt, hasAnswered }) => introducedAt === undefined && hasAnswered);
    const names = new Set(fresh.map(({ service }) => service));
    const isLast = settings.services.every(({ name }) => this.#heard.has(name) || this.#known.has(name));
    const waiting = this.#nextSend(at);
    const sendAt = isLast ? at : (waiting ?? at + gatherMs);
    const changed = found.map(({ hasAnswered: _answered, ...setUp }) =>
      names.has(setUp.service) ? { ...setUp, since: at, introducedAt: sendAt } : setUp,
    );
    return {
      setUps: changed.filter((setUp) => !this.#isKnown(setUp)),
      messages: firstReportMessages(
        changed.filter(({ service }) => names.has(service)),
        this.#gathered(at).filter(
          ({ counts, groups, unread }) => !isWanting({ counts, unread, waiting: waitingIn(groups) }),
        ),
        settings,
        sendAt,
      ),
      ...(isLast && (fresh.length > 0 || waiting !== undefined) ? { firstReportsAt: at } : {}),
    };
  }

  /**
   * What is to be set up in the services of these checks, as the list of it counts: what they have come to since, and what waits
   * without being called. Checks that have not been called yet are as they were.
   */
  waitingAmong(checks: readonly Check[], results: ReadonlyMap<string, Result>): number {
    const called = countWaiting(checks, results, (service) => this.#waitingCalled(service));
    const services = new Set(checks.map(({ service }) => service));
    return [...services].reduce((sum, service) => sum + this.#waitingUncalled(service), called);
  }

  #waitingCalled(service: string): number {
    const counts = this.#known.get(service)?.counts;
    return counts === undefined ? 0 : counts.differ + counts.value + counts.permission + counts.refused;
  }

  #waitingUncalled(service: string): number {
    const known = this.#known.get(service);
    return known === undefined ? 0 : waitingIn(known.groups) - this.#waitingCalled(service);
  }

  /** They have been stored. */
  adopt(setUps: readonly ServiceSetUp[]): void {
    for (const setUp of setUps) this.#known.set(setUp.service, setUp);
  }

  #found(service: string, round: Round): readonly (ServiceSetUp & { readonly hasAnswered: boolean })[] {
    const standing: Standing = {
      last: round.checks.flatMap((check) => {
        const result = check.service === service ? round.results.get(check.id) : undefined;
        return result === undefined ? [] : [{ check, result }];
      }),
      skipped: round.skipped.filter((one) => one.service === service),
    };
    const { last } = standing;
    const known = this.#known.get(service);
    const unread = this.#unreadOf(service, round.documents);
    // That there was nothing to call is no report of what there is now.
    const isNews =
      known !== undefined &&
      ((isWithoutOperations(known.counts) && !isNothing(standing)) || !isKnownOf(unread, known.unread));
    const introducedAt = isNews ? undefined : known?.introducedAt;
    const setUp = serviceSetUp(service, round.at, standing);
    const scrub = (text: string): string => this.#redactor.scrub(text);
    return [
      {
        ...setUp,
        groups: setUp.groups.map((group) => mapGroup(group, scrub)),
        ...(unread.length === 0 ? {} : { unread: unread.map((one) => mapUnread(one, scrub)) }),
        ...(introducedAt === undefined ? {} : { introducedAt }),
        // A service that is down is told of as such; what has to be set up shows when it is there.
        hasAnswered: last.length === 0 || last.some(({ result }) => result.status !== undefined),
      },
    ];
  }

  #unreadOf(service: string, documents: Round['documents']): readonly UnreadDocument[] {
    if (documents === undefined || !documents.read.includes(service))
      return this.#known.get(service)?.unread ?? [];
    return documents.unreadable.flatMap(({ neverRead, uri, message, hint, ...of }) =>
      of.service === service && neverRead === true ? [{ uri, message, hint }] : [],
    );
  }

  /** When those that wait already are sent. */
  #nextSend(now: number): number | undefined {
    const waiting = this.#gathered(now).flatMap(({ introducedAt = [] }) => introducedAt);
    return waiting.length === 0 ? undefined : Math.max(...waiting);
  }

  /** Services whose first reports wait for those of others. */
  #gathered(now: number): readonly ServiceSetUp[] {
    return [...this.#known.values()].filter(
      ({ introducedAt = 0 }) => introducedAt > now && introducedAt - now <= gatherMs,
    );
  }

  #isKnown({ since: _since, ...setUp }: ServiceSetUp): boolean {
    const known = this.#known.get(setUp.service);
    if (known === undefined) return false;
    const { since: _before, ...before } = known;
    return JSON.stringify(ordered(before)) === JSON.stringify(ordered(setUp));
  }
}

/**
 * How many of these checks have never worked the way they are called.
 *
 * @param results What they came to last, by check id.
 * @param before How many there were in a service of which not all has been called since.
 */
export function countWaiting(
  checks: readonly Check[],
  results: ReadonlyMap<string, Result>,
  before: (service: string) => number = () => 0,
): number {
  return [...groupBy(checks, ({ service }) => service)].reduce((sum, [service, own]) => {
    const last = own.flatMap(({ id }) => results.get(id) ?? []);
    const waiting = last.filter(isWaiting).length;
    return sum + (last.length === own.length ? waiting : Math.max(waiting, before(service)));
  }, 0);
}

/** While a call hangs or is being confirmed, the cycle after it may end first: it has seen only a part. */
function isHeard(service: string, { checks, results, heldUp }: Round): boolean {
  return !checks.some(
    (check) => check.service === service && !results.has(check.id) && heldUp?.has(check.id),
  );
}

function ordered({ service, introducedAt, counts, groups, unread = [] }: Omit<ServiceSetUp, 'since'>) {
  return [service, introducedAt, counts, groups, unread];
}

/** Nothing of it has been told by no report before. */
function isKnownOf(unread: readonly UnreadDocument[], before: readonly UnreadDocument[] = []): boolean {
  return unread.every(({ uri }) => before.some((one) => one.uri === uri));
}

function isNothing({ last, skipped }: Standing): boolean {
  return last.length + skipped.length === 0;
}
