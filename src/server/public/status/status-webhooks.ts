import type { Clock } from '../../../lib/time/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import { inEnglish } from '../../../messages/in-language.ts';
import { messageOf } from '../../../lib/errors.ts';
import type { Post } from '../../../notify/channels/channel.ts';
import type { LiveEvent } from '../../api/overview.ts';
import type { LiveState } from '../../live/live-state.ts';
import type { StatusTold } from '../../port.ts';
import type { PublicStatus } from './status-view.ts';

/** What came at once is told at once. */
const settleMs = 1000;
/** Maintenance begins and ends by itself. */
const lookMs = 60_000;
/** Between tries. */
const waitsMs: readonly number[] = [5000, 30_000, 120_000];
const lookedAt: ReadonlySet<LiveEvent['kind']> = new Set([
  'incidents',
  'status-page',
  'configuration',
  'cycle-closed',
]);

export interface WebhookParts {
  readonly board: Pick<LiveState, 'listen'>;
  readonly read: () => Promise<PublicStatus | undefined>;
  readonly urls: () => readonly string[];
  /** False: another node tells. */
  readonly mayTell?: () => boolean;
  /** What was told, also by another node; absent: by nobody else. */
  readonly told?: StatusTold | undefined;
  readonly post: Post;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What has changed since the last message, as the body of the next. */
export interface StatusChange {
  readonly version: 1;
  readonly page: string;
  /** Epoch ms. */
  readonly at: number;
  readonly services: readonly { readonly name: string; readonly state: string }[];
  /** Those that began, went on otherwise, or ended; each as it is now. */
  readonly incidents: PublicStatus['incidents'];
  readonly maintenance: PublicStatus['maintenance'];
  readonly notices: PublicStatus['notices'];
}

/** Looks after which a service that is unknown is unknown: a patrol that has just begun knows nothing yet. */
const unknownMost = 5;

/**
 * Tells whoever has subscribed of every change of the public status. What changes while no patrol runs is not told; of several nodes the one
 * that leads tells, from what was told last: what another one had not told to its end is told again.
 */
export class StatusWebhooks {
  readonly #parts: WebhookParts;
  readonly #stop = new AbortController();
  readonly #forget: () => void;
  #cancel: (() => void) | undefined;
  #before: PublicStatus | undefined;
  #unknown = 0;
  /** One after another: what was told last is kept last. */
  #telling: Promise<void> = Promise.resolve();
  #looking: Promise<void>;

  constructor(parts: WebhookParts) {
    this.#parts = parts;
    this.#looking = this.#look();
    this.#forget = parts.board.listen(({ kind }) => {
      if (lookedAt.has(kind)) this.#soon(settleMs);
    });
    this.#soon(lookMs);
  }

  close(): void {
    this.#stop.abort();
    this.#forget();
    this.#cancel?.();
  }

  #soon(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#parts.clock.after(ms, () => {
      this.#looking = this.#looking.then(() => this.#look());
      this.#soon(lookMs);
    });
  }

  async #look(): Promise<void> {
    const { read, urls, log } = this.#parts;
    if (urls().length === 0 || this.#stop.signal.aborted || this.#parts.mayTell?.() === false) {
      this.#before = undefined;
      this.#unknown = 0;
      return;
    }
    const status = await read().catch(() => undefined);
    if (status === undefined) return;
    const before = this.#before ?? (await this.#toldBefore(status));
    if (before === 'unknown') return;
    const change = before === undefined ? undefined : changeOf(before, status);
    this.#before = status;
    if (change === undefined && before !== undefined) return;
    const body = change && JSON.stringify(change);
    const sent = urls().map(async (url, index) => {
      if (body === undefined) return;
      await this.#send(url, body).catch(() => log.warn('a webhook of the status page failed', { index }));
    });
    this.#telling = Promise.all([this.#telling, ...sent]).then(() => this.#keep(status));
  }

  /** What another node has told last; `unknown`: not enough is known yet to compare it. */
  async #toldBefore(status: PublicStatus): Promise<PublicStatus | undefined | 'unknown'> {
    const { told } = this.#parts;
    if (told === undefined) return undefined;
    const before = (await told.read().catch(() => 'unknown')) as PublicStatus | undefined | 'unknown';
    if (before === undefined || before === 'unknown') return before;
    const known = new Set(before.services.flatMap(({ name, state }) => (state === 'unknown' ? [] : [name])));
    const isUnknown = status.services.some(({ name, state }) => state === 'unknown' && known.has(name));
    return isUnknown && ++this.#unknown < unknownMost ? 'unknown' : before;
  }

  async #keep(status: PublicStatus): Promise<void> {
    const { told, log } = this.#parts;
    // What was given up for being stopped is told by the next one.
    if (told === undefined || this.#stop.signal.aborted) return;
    await told
      .keep(status)
      .catch((error: unknown) =>
        log.warn('what was told of the status page is not kept', { problem: messageOf(error) }),
      );
  }

  async #send(url: string, body: string): Promise<void> {
    const { post, clock, log, told } = this.#parts;
    for (const waitMs of [...waitsMs, undefined]) {
      const answer = await post(url, body);
      if ('status' in answer && answer.status < 300) return;
      const why = 'status' in answer ? `HTTP ${answer.status}` : inEnglish(answer.failure);
      const { host } = new URL(url);
      log.warn('a webhook of the status page did not take a message', { host, why });
      if (waitMs === undefined || this.#stop.signal.aborted) return;
      await clock.sleep(waitMs, this.#stop.signal);
      // Another node tells it.
      if (told !== undefined && this.#stop.signal.aborted) return;
    }
  }
}

/** `undefined`: nothing has changed that is told. How often a service answered well changes all the time. */
export function changeOf(before: PublicStatus, now: PublicStatus): StatusChange | undefined {
  const news = <T extends { readonly id: string }>(then: readonly T[], since: readonly T[]): readonly T[] => {
    const known = new Map(then.map((one) => [one.id, JSON.stringify(one)]));
    return since.filter((one) => known.get(one.id) !== JSON.stringify(one));
  };
  const states = ({ services }: PublicStatus) => services.map(({ name, state }) => ({ name, state }));
  // A patrol that has just begun knows nothing yet.
  const known = new Map(before.services.map(({ name, state }) => [name, state]));
  const isOther = now.services.some(
    ({ name, state }) => known.get(name) !== state && !(known.get(name) === 'unknown' && state === 'ok'),
  );
  const incidents = news(before.incidents, now.incidents);
  const maintenance = news(before.maintenance, now.maintenance);
  const notices = news(before.notices, now.notices);
  const services = states(now);
  if (!isOther && incidents.length + maintenance.length + notices.length === 0) return undefined;
  return { version: 1, page: now.title, at: now.now, services, incidents, maintenance, notices };
}
