import { Cron } from 'croner';
import { digestOf } from '../analyze/report/digest.ts';
import { gatherReport } from '../past/gather-report.ts';
import { sha256 } from '../kit/text.ts';
import type { OutboxEntry } from '../model/message.ts';
import type { DigestSettings, Settings } from '../model/settings.ts';
import type { Store } from '../store/store.ts';

const dayMs = 86_400_000;
const spanMs = { day: dayMs, week: 7 * dayMs } as const;
/** After a longer rest of the patrol, yesterday's summary is no longer waited for. */
const lateMs = 6 * 3_600_000;

/** Daily and weekly summaries, put into the outbox once each: what was put in is known by its key. */
export class Digests {
  /** The last moment that was seen to by this process, by digest. */
  readonly #seenTo = new Map<string, number>();

  /** Whether something was put in. */
  async send(store: Store, settings: Settings, now: number): Promise<boolean> {
    const { digest = [], timeZone } = settings;
    let sent = false;
    for (const one of digest) {
      const dueAt = lastDue(one, timeZone, now);
      const name = JSON.stringify(one);
      if (dueAt === undefined || this.#seenTo.get(name) === dueAt) continue;
      this.#seenTo.set(name, dueAt);
      const entries = await entriesFor(one, dueAt, store, timeZone);
      await store.outbox.insert(entries);
      sent ||= entries.length > 0;
    }
    return sent;
  }
}

/** The last moment at which it was due, if that was lately. */
function lastDue({ every, at, on }: DigestSettings, timeZone: string, now: number): number | undefined {
  const [hour = '9', minute = '0'] = at.split(':');
  const cron = new Cron(`${Number(minute)} ${Number(hour)} * * ${every === 'week' ? on : '*'}`, {
    timezone: timeZone,
    paused: true,
  });
  const [last] = cron.previousRuns(1, new Date(now + 1000));
  return last === undefined || now - last.getTime() > lateMs ? undefined : last.getTime();
}

async function entriesFor(
  { every, to }: DigestSettings,
  dueAt: number,
  store: Store,
  timeZone: string,
): Promise<readonly OutboxEntry[]> {
  const keyed = to.map((channel) => ({ channel, dedupKey: sha256(`digest ${every} ${dueAt} ${channel}`) }));
  const known = await Promise.all(keyed.map(({ dedupKey }) => store.gallery.messageId(dedupKey)));
  const fresh = keyed.filter((_, index) => known[index] === undefined);
  if (fresh.length === 0) return [];
  const report = await gatherReport(store, { from: dueAt - spanMs[every], to: dueAt }, timeZone);
  const content = {
    cycleId: 0,
    transitions: [],
    totals: { failing: 0, checks: 0 },
    mentions: [],
    digest: digestOf(report, every),
  };
  return fresh.map(({ channel, dedupKey }) => ({ dedupKey, channel, createdAt: dueAt, content }));
}
