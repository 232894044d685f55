import { says, sentence } from '../../messages/sentence.ts';
import { spokenDuration } from '../../lib/time/duration.ts';
import type { Member, Nodes } from '../../store/nodes.ts';
import { words } from '../../notify/render/languages.ts';
import { messageOf } from '../../lib/errors.ts';
import { OwnNotices, type OwnNoticesOptions } from '../daemon/own-notices.ts';
import { clockMostMs, isClockOff, isSilent } from './member-state.ts';

/** It is over when it is off by less: what is about as far off is not told again and again. */
const clockGoodMs = clockMostMs / 2;
const lookEveryMs = 10_000;

export interface ClockWatchOptions extends Omit<OwnNoticesOptions, 'prefix'> {
  readonly nodes: Pick<Nodes, 'members'>;
}

/** Tells that the clock of a node is not that of the database, once, whoever leads, and when it is again. */
export class ClockWatch {
  readonly #options: ClockWatchOptions;
  readonly #notices: OwnNotices;

  constructor(options: ClockWatchOptions) {
    this.#options = options;
    this.#notices = new OwnNotices({ ...options, prefix: 'node clock ' });
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    while (!signal.aborted) {
      await this.look().catch((error: unknown) =>
        log.warn('the clocks of the nodes could not be compared', { problem: messageOf(error) }),
      );
      await clock.sleep(lookEveryMs, signal);
    }
  }

  async look(): Promise<void> {
    const { nodes } = await this.#options.nodes.members();
    const offMs = furthestByHost(nodes.filter((one) => !isSilent(one)));
    for (const host of await this.#notices.going())
      if (Math.abs(offMs.get(host) ?? 0) < clockGoodMs) await this.#notices.end(host);
    for (const [host, aheadMs] of offMs) if (isClockOff({ aheadMs })) await this.#begin(host, aheadMs);
  }

  #begin(host: string, aheadMs: number): Promise<void> {
    const byMs = Math.abs(aheadMs);
    const span = says(spokenDuration(byMs, 'en'), spokenDuration(byMs, 'zh'));
    const reason = {
      code: 'self',
      message: sentence(aheadMs > 0 ? 'nodeClockAhead' : 'nodeClockBehind', { span }),
    } as const;
    const label = says(words.en.clockOf(host), words.zh.clockOf(host));
    const hint = sentence('synchronizeNodeClock', { host });
    return this.#notices.begin({
      name: host,
      told: { label, severity: 'major', verdict: 'degraded', reason, hint },
    });
  }
}

function furthestByHost(nodes: readonly Member[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { host, aheadMs } of nodes)
    if (Math.abs(aheadMs) >= Math.abs(found.get(host) ?? 0)) found.set(host, aheadMs);
  return found;
}
