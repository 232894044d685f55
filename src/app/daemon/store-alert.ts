import type { Sentence } from '../../model/sentence.ts';
import { says } from '../../messages/sentence.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Redactor } from '../../lib/secrets/secret.ts';
import type { Incident, Transition } from '../../model/incident.ts';
import type { OutboxEntry } from '../../model/message.ts';
import type { Settings } from '../../model/settings.ts';
import { createPost } from '../../notify/delivery/post.ts';
import { words } from '../../notify/render/languages.ts';
import { createSender, type Sender } from '../../notify/delivery/sender.ts';
import { inMemory } from '../../store/sqlite/file/files.ts';
import { openStore } from '../../store/open.ts';
import { type Store, StoreError } from '../../store/store.ts';
import { endOf, lateTelling, noticeTelling, ownIncident } from './notice.ts';

export interface StoreAlertOptions {
  /** Has the story of it once it can be written down. */
  readonly store: Pick<Store, 'ownIncidents'> & { readonly outbox: Pick<Store['outbox'], 'tell'> };
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
}

export type Witness = 'cycle' | 'watch';

export interface StorageTrouble {
  readonly code: StoreError['code'];
  /** Epoch ms. */
  readonly since: number;
  /** With the places of files. */
  readonly message: Sentence;
  readonly hint?: Sentence;
}

/** A lock that another process holds for a moment is nothing to tell; it has until the next cycle. */
const patience: Partial<Record<StoreError['code'], number>> = { busy: 2 };

const about = 'store';

/**
 * Tells people that nothing can be stored, once, and when it can be again, also when the patrol has started anew
 * meanwhile. Every other message is stored before it is sent; these are kept in memory, so that a crash loses them.
 */
export class StoreAlert {
  readonly #options: StoreAlertOptions;
  readonly #stop = new AbortController();
  #failures = 0;
  /** Who has found last that nothing can be stored: a cycle that tried, or the watch over the database. */
  readonly #unwell = new Set<Witness>();
  #call: { readonly store: Store; readonly sender: Sender; readonly sending: Promise<void> } | undefined;
  #incident: Incident | undefined;
  #code: StoreError['code'] = 'internal';
  #remembered: Promise<void> | undefined;

  constructor(options: StoreAlertOptions) {
    this.#options = options;
  }

  /** What is wrong with storing, and since when; `undefined` while all is well. */
  get trouble(): StorageTrouble | undefined {
    if (this.#incident === undefined) return undefined;
    const { openedAt: since, reason, hint } = this.#incident;
    return { code: this.#code, since, message: reason.message, hint };
  }

  /** Something could not be stored. `since`, epoch ms: it has not been possible for longer. */
  async failed(error: unknown, witness: Witness = 'cycle', since?: number): Promise<void> {
    // That another node leads is no trouble.
    if (!(error instanceof StoreError) || error.code === 'superseded') return;
    await this.#remember();
    this.#unwell.add(witness);
    this.#code = error.code;
    if (this.#incident !== undefined) {
      // What has become of it since is told with its end.
      this.#incident = { ...this.#incident, reason: { code: 'store', message: error.said } };
      await this.#tellNewcomers(this.#incident);
      return;
    }
    this.#failures++;
    if (this.#failures < (patience[error.code] ?? 1)) return;
    const incident = this.#incidentOf(error, since);
    const opened = { kind: 'opened', at: this.#options.clock.now(), incident } as const;
    const { messages, asHeard } = noticeTelling([opened], opened.at, this.#options.settings());
    this.#incident = asHeard(incident);
    await this.#send([opened], messages);
    await this.#writeDown([{ ...opened, incident: asHeard(incident) }]);
  }

  /** What was told before the patrol started anew goes on. */
  #remember(): Promise<void> {
    this.#remembered ??= this.#lookBack();
    return this.#remembered;
  }

  async #lookBack(): Promise<void> {
    const { store, log } = this.#options;
    try {
      const own = await store.ownIncidents();
      this.#incident = own.find(({ fingerprint }) => fingerprint === about);
    } catch (error) {
      log.warn('whether storing has failed before is not known', { problem: messageOf(error) });
    }
  }

  /** It was stored. It is over when nobody finds otherwise: a little may fit where a cycle does not. */
  async succeeded(witness: Witness = 'cycle'): Promise<void> {
    await this.#remember();
    this.#unwell.delete(witness);
    if (this.#unwell.size > 0) return;
    this.#failures = 0;
    const incident = this.#incident;
    if (incident === undefined) return;
    this.#incident = undefined;
    const end = endOf(incident, this.#options.clock.now());
    await this.#send([end], noticeTelling([end], end.at, this.#options.settings()).messages);
    await this.#writeDown([{ kind: 'opened', at: incident.openedAt, incident }, end]);
  }

  /** The configuration has changed: what is told from now on, and what still waits, goes where it leads. */
  reconfigure(): void {
    this.#call?.sender.reconfigure(this.#options.settings());
  }

  async #writeDown(happened: readonly Transition[]): Promise<void> {
    const { store, log } = this.#options;
    try {
      await store.outbox.tell(happened, []);
    } catch (error) {
      log.warn('that nothing could be stored is not in the database', { problem: messageOf(error) });
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#call?.sending;
    await this.#call?.store.close();
  }

  /** Whose channel is there only since it began: they get its end, and so its beginning as well. */
  async #tellNewcomers(incident: Incident): Promise<void> {
    const { clock, settings } = this.#options;
    const { messages, asHeard } = lateTelling(incident, clock.now(), settings());
    if (messages.length === 0) return;
    this.#incident = asHeard(incident);
    await this.#send([], messages);
  }

  async #send(happened: readonly Transition[], messages: readonly OutboxEntry[]): Promise<void> {
    this.#call ??= await this.#open();
    await this.#call.store.outbox.tell(happened, messages);
    this.#call.sender.wake();
  }

  async #open() {
    const { clock, log, redactor, settings } = this.#options;
    const store = await openStore(inMemory, { clock, log });
    const sender = createSender({
      outbox: store.outbox,
      settings: settings(),
      post: createPost({ network: () => settings().network }),
      beside: true,
      clock,
      log,
      redactor,
    });
    return { store, sender, sending: sender.run(this.#stop.signal) };
  }

  #incidentOf({ code, said, hint }: StoreError, since?: number): Incident {
    const { clock, settings } = this.#options;
    // What it was to store was wrong, and nothing is with the database.
    const what = code === 'internal' ? 'patrol' : 'store';
    const told = {
      about,
      label: says(words.en[what], words.zh[what]),
      severity: 'critical',
      verdict: 'fail',
      reason: { code: 'store', message: said },
      hint,
      at: since ?? clock.now(),
    } as const;
    return ownIncident(told, settings().language);
  }
}
