import type { OwnSentence, Sentence } from '../../model/sentence.ts';
import { says, sentence } from '../../messages/sentence.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { ClockJump } from '../../lib/time/clock-jump.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Incident } from '../../model/incident.ts';
import type { Logger } from '../../lib/logger.ts';
import { spokenDuration } from '../../lib/time/duration.ts';
import type { Settings } from '../../model/settings.ts';
import { words } from '../../notify/render/languages.ts';
import { type Restored, type Store, StoreError } from '../../store/store.ts';
import type { StoreAlert } from './store-alert.ts';
import { endOf, noticeMessages, ownIncident } from './notice.ts';

/** How often the ground that everything stands on is looked at. */
const everyMs = 10_000;
/** How often its files are glanced at: who is killed before it is seen that they are gone has lost what was open. */
const glanceMs = 1000;
/** What an administrator or a time server does in one go is worth a word from here on. */
const toldJumpMs = 3_600_000;

export interface GuardOptions {
  readonly store: Pick<Store, 'watch' | 'isInPlace' | 'outbox'>;
  readonly distress: Pick<StoreAlert, 'failed' | 'succeeded'>;
  readonly settings: () => Settings;
  readonly clock: Clock;
  /** By how many ms the wall clock was set before the patrol began. Default: by none. */
  readonly setByMs?: number;
  readonly log: Logger;
  /** A message was put in. */
  readonly wake: () => void;
  /** What is to lie beside the database, and is made anew when it does not. */
  readonly keep: () => Promise<void>;
}

/** Looks after what the patrol stands on, its database with what lies beside it and the wall clock, and tells people when it gives way. */
export class Guard {
  readonly #options: GuardOptions;
  readonly #jump: ClockJump;
  #setByMs: number;
  #untold = true;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#jump = new ClockJump(options.clock);
    this.#setByMs = options.setByMs ?? 0;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look();
      await this.#untilNext(signal);
    }
  }

  /** What could not be put back is not tried again before its time. */
  async #untilNext(signal: AbortSignal): Promise<void> {
    const { clock, store } = this.#options;
    if (!store.isInPlace) return clock.sleep(everyMs, signal);
    for (let restMs = everyMs; restMs > 0 && !signal.aborted; restMs -= glanceMs) {
      await clock.sleep(glanceMs, signal);
      if (!store.isInPlace) return;
    }
  }

  /** One look at all of it; never rejects. */
  async look(): Promise<void> {
    try {
      await this.#lookAtClock();
      if (await this.#lookAtStore()) await this.#lookBeside();
    } catch (error) {
      this.#options.log.error('could not tell of what is wrong with the patrol itself', {
        problem: messageOf(error),
      });
    }
  }

  async #lookBeside(): Promise<void> {
    try {
      await this.#options.keep();
      this.#untold = true;
    } catch (error) {
      const problem = messageOf(error);
      if (this.#untold)
        this.#options.log.warn('what is to lie beside the database cannot be made anew', { problem });
      this.#untold = false;
    }
  }

  /** Whether something can be stored. */
  async #lookAtStore(): Promise<boolean> {
    const { store, distress } = this.#options;
    try {
      const restored = await store.watch();
      await distress.succeeded('watch');
      if (restored !== undefined) await this.#tellOfRestored(restored);
      return true;
    } catch (error) {
      await distress.failed(error, 'watch', error instanceof StoreError ? error.since : undefined);
      return false;
    }
  }

  /** It has happened and is over: nothing failed to be stored. */
  async #tellOfRestored(restored: Restored): Promise<void> {
    const { log } = this.#options;
    const message = storyOf[restored.was];
    const hint = hintOf(restored);
    log.warn(inEnglish(message), { hint: inEnglish(hint) });
    await this.#note({
      about: 'store',
      label: says(words.en.store, words.zh.store),
      severity: restored.was === 'damaged' ? 'major' : 'minor',
      message,
      hint,
    });
  }

  async #lookAtClock(): Promise<void> {
    const { log } = this.#options;
    const jumpMs = this.#jump.take() + this.#setByMs;
    this.#setByMs = 0;
    if (Math.abs(jumpMs) < toldJumpMs) return;
    const byMs = Math.abs(jumpMs);
    const span = says(spokenDuration(byMs, 'en'), spokenDuration(byMs, 'zh'));
    const message = sentence(jumpMs < 0 ? 'clockSetBack' : 'clockSetOn', { span });
    log.warn(inEnglish(message));
    await this.#note({
      about: 'clock',
      label: says(words.en.clock, words.zh.clock),
      severity: 'major',
      message,
      hint: sentence('synchronizeClock'),
    });
  }

  /** Tells once of what was over when it was seen. */
  async #note({ message, ...what }: Note): Promise<void> {
    const { store, settings, clock, wake } = this.#options;
    const reason = { code: 'self', message } as const;
    const incident = ownIncident(
      { ...what, verdict: 'degraded', reason, at: clock.now() },
      settings().language,
    );
    const opened = { kind: 'opened', at: clock.now(), incident } as const;
    await store.outbox.tell([opened, endOf(incident, clock.now())], noticeMessages(opened, settings()));
    wake();
  }
}

interface Note extends Pick<Incident, 'severity' | 'hint'> {
  readonly about: string;
  readonly label: Sentence;
  readonly message: Sentence;
}

const storyOf = {
  deleted: sentence('databaseDeleted'),
  replaced: sentence('databaseReplaced'),
  damaged: sentence('databaseChanged'),
} as const satisfies Readonly<Record<Restored['was'], OwnSentence>>;

function hintOf(restored: Restored): Sentence {
  if (restored.was === 'replaced') return sentence('replacementKept', { file: restored.aside });
  if (restored.was === 'deleted' || restored.aside === undefined) return sentence('findWhoDeletes');
  return sentence('damagedKept', { file: restored.aside });
}
