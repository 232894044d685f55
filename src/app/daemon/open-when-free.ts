import { inEnglish } from '../../messages/in-language.ts';
import { says, sentence } from '../../messages/sentence.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { spokenDuration } from '../../lib/time/duration.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Transition } from '../../model/incident.ts';
import { type Store, StoreError } from '../../store/store.ts';
import type { StoreAlert, StoreAlertOptions } from './store-alert.ts';

/** Between two attempts, each of which waits a little by itself. */
const pauseMs = 1000;
/** What is over by then is nothing to tell people. */
const toldAfterMs = 60_000;
const saidEveryMs = 30_000;
/** A backup may take that long; whoever supervises the patrol starts it again. */
const longestMs = 10 * 60_000;

export interface OpenWhenFree<T> {
  readonly open: () => Promise<T>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly distress: Pick<StoreAlert, 'failed' | 'succeeded' | 'close'>;
}

/**
 * Opens the database of a patrol that starts, also while another program has it locked: a patrol that does not know what is
 * open would tell all of it again. Says every half minute that it waits, tells people after one, gives up after ten with a
 * `StoreError`.
 */
export async function openWhenFree<T>({ open, clock, log, distress }: OpenWhenFree<T>): Promise<T> {
  const startedAt = clock.monotonic();
  let saidAt = Number.NEGATIVE_INFINITY;
  let told = false;
  for (;;) {
    const store = await open().catch(lockedBy);
    const waitedMs = clock.monotonic() - startedAt;
    if (!(store instanceof StoreError)) {
      if (saidAt >= 0) log.info('the database is free', { waitedMs: Math.round(waitedMs) });
      if (told) await distress.succeeded('watch');
      return store;
    }
    if (waitedMs >= longestMs) {
      await distress.close();
      throw gaveUp(store, waitedMs);
    }
    if (waitedMs - saidAt >= saidEveryMs) {
      saidAt = waitedMs;
      const leftMs = longestMs - waitedMs;
      log.warn('the patrol begins as soon as the database is free', {
        problem: inEnglish(store.said),
        hint: inEnglish(store.hint),
        waitedMs: Math.round(waitedMs),
        leftMs: Math.round(leftMs),
      });
    }
    if (waitedMs >= toldAfterMs && !told) {
      told = true;
      // What is locked for a moment has another chance there.
      for (let chance = 0; chance < 2; chance++)
        await distress.failed(store, 'watch', clock.now() - Math.round(waitedMs));
    }
    await clock.sleep(pauseMs);
  }
}

/** That another program has it for a while; every other problem is thrown on. */
function lockedBy(error: unknown): StoreError {
  if (error instanceof StoreError && error.code === 'busy' && error.retry) return error;
  throw error;
}

function gaveUp({ said, code, hint, retry }: StoreError, waitedMs: number): StoreError {
  const span = says(spokenDuration(waitedMs, 'en'), spokenDuration(waitedMs, 'zh'));
  return new StoreError({ code, hint, retry, said: sentence('lockedAllAlong', { what: said, span }) });
}

/** A store that may not be open yet: what is told of it by then is written down once it is. */
export class StoreToCome {
  #store: Store | undefined;
  readonly #untold: Transition[] = [];

  readonly port: StoreAlertOptions['store'] = {
    outbox: {
      tell: async (happened, messages) => {
        if (this.#store === undefined) this.#untold.push(...happened);
        else await this.#store.outbox.tell([...this.#untold.splice(0), ...happened], messages);
      },
    },
    ownIncidents: async () => (await this.#store?.ownIncidents()) ?? [],
  };

  opened(store: Store): void {
    this.#store = store;
  }
}
