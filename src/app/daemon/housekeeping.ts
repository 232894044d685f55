import { type Clock, wallTime } from '../../lib/time/clock.ts';
import type { Settings, SummarySettings } from '../../model/settings.ts';
import type { Parts } from '../composition.ts';
import { Cron } from 'croner';
import { summaryOf } from '../../incidents/report/summary.ts';
import { gatherReport } from '../gather-report.ts';
import { sha256 } from '../../lib/text/text.ts';
import { type Calendar, dayAfter, type DayKind, isOneOf, plainCalendar } from '../../model/calendar.ts';
import type { OutboxEntry } from '../../model/message.ts';
import type { Store } from '../../store/store.ts';
import { unlessAway } from '../cycle/unless-away.ts';

export interface HousekeepingOptions {
  readonly parts: Pick<Parts, 'store'>;
  readonly settings: () => Settings;
  readonly clock: Clock;
}

/** Cycles of many services close one after another; once a minute is often enough. */
const pruneEveryMs = 60_000;

/** What is due after cycles, whichever service they were of: summaries, and room for what comes. */
export class Housekeeping {
  readonly #options: HousekeepingOptions;
  readonly #summaries = new Summaries();
  #prunedAt = -Infinity;
  #isBusy = false;

  constructor(options: HousekeepingOptions) {
    this.#options = options;
  }

  /** Whether there is something to send. While the database is away it is done after a later cycle. */
  async afterCycle(): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    try {
      await this.#prune();
      const { parts, settings, clock } = this.#options;
      const send = () => this.#summaries.send(parts.store, settings(), clock.now());
      return await unlessAway(false, send);
    } finally {
      this.#isBusy = false;
    }
  }

  async #prune(): Promise<void> {
    const { parts, settings, clock } = this.#options;
    if (clock.monotonic() - this.#prunedAt < pruneEveryMs) return;
    this.#prunedAt = clock.monotonic();
    const { retentionMs, historyMs } = settings().store;
    const now = clock.now();
    await parts.store.prune(now - retentionMs, now - historyMs);
  }
}

/** Two weeks, and the longest holidays in them. */
const daysLookedAt = 30;
/** After a longer rest of the patrol, yesterday's summary is no longer waited for. */
const lateMs = 6 * 3_600_000;

/** Daily and weekly summaries, put into the outbox once each: what was put in is known by its key. */
export class Summaries {
  /** The last moment that was seen to by this process, by summary. */
  readonly #seenTo = new Map<string, number>();

  /** Whether something was put in. */
  async send(store: Store, settings: Settings, now: number): Promise<boolean> {
    const { summaries = [], timeZone } = settings;
    let sent = false;
    for (const one of summaries) {
      const [dueAt, from] = lastDue(one, settings, now);
      if (dueAt === undefined || from === undefined || now - dueAt > lateMs) continue;
      const name = JSON.stringify(one);
      if (this.#seenTo.get(name) === dueAt) continue;
      const entries = await entriesFor(one, { from, to: dueAt }, store, timeZone);
      await store.outbox.insert(entries);
      this.#seenTo.set(name, dueAt);
      sent ||= entries.length > 0;
    }
    return sent;
  }
}

/** The last two moments at which it was due, the latest first: it sums up what is between them. */
function lastDue(
  { every, at, on = every === 'week' ? 'mon' : undefined }: SummarySettings,
  { timeZone, calendar = plainCalendar }: Settings,
  now: number,
): readonly number[] {
  const [hour = '9', minute = '0'] = at.split(':');
  const cron = new Cron(`${Number(minute)} ${Number(hour)} * * *`, { timezone: timeZone, paused: true });
  const dateOf = wallTime(timeZone);
  return cron
    .previousRuns(daysLookedAt, new Date(now + 1000))
    .map((run) => ({ at: run.getTime(), date: dateOf(run.getTime()).slice(0, 10) }))
    .filter(({ date }) => {
      if (on === undefined) return true;
      return every === 'week' ? isFirstOfWeek(date, on, calendar) : isOneOf(date, [on], calendar);
    })
    .slice(0, 2)
    .map((run) => run.at);
}

/** Weeks begin on Monday. */
function isFirstOfWeek(date: string, on: DayKind, calendar: Calendar): boolean {
  if (!isOneOf(date, [on], calendar)) return false;
  for (let before = date; !isOneOf(before, ['mon'], calendar); ) {
    before = dayAfter(before, -1);
    if (isOneOf(before, [on], calendar)) return false;
  }
  return true;
}

async function entriesFor(
  { every, to: channels }: SummarySettings,
  span: { readonly from: number; readonly to: number },
  store: Store,
  timeZone: string,
): Promise<readonly OutboxEntry[]> {
  const keyed = channels.map((channel) => {
    return { channel, dedupKey: sha256(`summary ${every} ${span.to} ${channel}`) };
  });
  const known = await Promise.all(keyed.map(({ dedupKey }) => store.gallery.messageId(dedupKey)));
  const fresh = keyed.filter((_, index) => known[index] === undefined);
  if (fresh.length === 0) return [];
  const report = await gatherReport(store, span, timeZone);
  const content = {
    cycleId: 0,
    transitions: [],
    totals: { failing: 0, checks: 0 },
    mentions: [],
    summary: summaryOf(report, every),
  };
  return fresh.map(({ channel, dedupKey }) => ({ dedupKey, channel, createdAt: span.to, content }));
}
