import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import type { Redactor } from '../kit/secret.ts';
import { sha256 } from '../kit/text.ts';
import type { Incident, TransitionKind } from '../model/incident.ts';
import type { Settings } from '../model/settings.ts';
import { compose } from '../notify/compose.ts';
import { createPost } from '../notify/post.ts';
import { words } from '../notify/render/languages.ts';
import { createSender, type Sender } from '../notify/sender.ts';
import { inMemory } from '../store/database.ts';
import { openStore } from '../store/open.ts';
import { type Store, StoreError } from '../store/store.ts';

export interface DistressOptions {
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
}

/** A lock that another process holds for a moment is nothing to tell; it has until the next cycle. */
const patience: Partial<Record<StoreError['code'], number>> = { busy: 2 };

/**
 * Tells people that nothing can be stored, once, and when it can be again. Every other message is stored before it is
 * sent; these are kept in memory, so that a crash loses them.
 */
export class Distress {
  readonly #options: DistressOptions;
  readonly #stop = new AbortController();
  #failures = 0;
  #call: { readonly store: Store; readonly sender: Sender; readonly sending: Promise<void> } | undefined;
  #incident: Incident | undefined;

  constructor(options: DistressOptions) {
    this.#options = options;
  }

  /** A cycle could not be stored. */
  async failed(error: unknown): Promise<void> {
    if (!(error instanceof StoreError) || this.#incident !== undefined) return;
    this.#failures++;
    if (this.#failures < (patience[error.code] ?? 1)) return;
    this.#incident = this.#incidentOf(error);
    await this.#tell(this.#incident, 'opened');
  }

  /** A cycle was stored. */
  async succeeded(): Promise<void> {
    this.#failures = 0;
    const incident = this.#incident;
    if (incident === undefined) return;
    this.#incident = undefined;
    const now = this.#options.clock.now();
    await this.#tell({ ...incident, state: 'resolved', resolvedAt: now, version: 2 }, 'resolved');
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#call?.sending;
    await this.#call?.store.close();
  }

  async #tell(incident: Incident, kind: TransitionKind): Promise<void> {
    const { clock, settings } = this.#options;
    const { routes, calendar } = settings();
    const transition = { kind, at: clock.now(), incident };
    const messages = compose({
      transitions: [transition],
      routes,
      ...(calendar === undefined ? {} : { calendar }),
      cycleId: 0,
      at: clock.now(),
      totals: { failing: 0, checks: 0 },
    });
    this.#call ??= await this.#open();
    await this.#call.store.record({ open: [], transitions: [transition], messages });
    this.#call.sender.wake();
  }

  async #open() {
    const { clock, log, redactor, settings } = this.#options;
    const store = await openStore(inMemory, { clock, log });
    const sender = createSender({
      outbox: store.outbox,
      settings: settings(),
      post: createPost(),
      clock,
      log,
      redactor,
    });
    return { store, sender, sending: sender.run(this.#stop.signal) };
  }

  #incidentOf({ message, hint }: StoreError): Incident {
    const { clock, settings } = this.#options;
    const now = clock.now();
    return {
      id: sha256(`store ${now}`).slice(0, 4).toUpperCase(),
      fingerprint: 'store',
      cause: { level: 'operation', subject: 'store' },
      state: 'firing',
      severity: 'critical',
      verdict: 'fail',
      subjectLabel: words[settings().language].store,
      sources: [],
      tags: [],
      owners: [],
      reason: { code: 'store', message },
      hint,
      members: { count: 0, of: 0, worst: [] },
      openedAt: now,
      lastSeenAt: now,
      failingCycles: 1,
      version: 1,
    };
  }
}
