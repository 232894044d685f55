import type { Changed } from '../../auth/ports.ts';
import type { Silence } from '../../model/silence.ts';
import type { Settlement } from '../../notify/ports.ts';
import { SqlInterventions } from '../access/interventions.ts';
import { SqlTokenStore } from '../access/tokens.ts';
import { SqlOutbox } from '../outbox/outbox.ts';
import type { SqlDatabase } from '../sql/sql.ts';

/** The first one while the server can be had, else the other one. */
export type OrHeld = <T>(work: () => Promise<T>, otherwise: () => T | Promise<T>) => Promise<T>;

/** To be done when the server is back. */
type Later = (store: () => Promise<void>) => void;

/** What was sent is sent, whether it can be written down or not: nobody is to get it twice. */
export class HoldingOutbox extends SqlOutbox {
  readonly #orHeld: OrHeld;
  readonly #later: Later;

  constructor(db: SqlDatabase, orHeld: OrHeld, later: Later) {
    super(db);
    this.#orHeld = orHeld;
    this.#later = later;
  }

  override settle(id: number, settlement: Settlement): Promise<void> {
    const store = (): Promise<void> => super.settle(id, settlement);
    return this.#orHeld(store, () => this.#later(store));
  }

  override shift(ms: number, now: number): Promise<void> {
    const store = (): Promise<void> => super.shift(ms, now);
    return this.#orHeld(store, () => this.#later(store));
  }

  override partSent(id: number, partsSent: number): Promise<void> {
    const store = (): Promise<void> => super.partSent(id, partsSent);
    return this.#orHeld(store, () => this.#later(store));
  }
}

/** Silences hold on while the server is away. */
export class HoldingDesk extends SqlInterventions {
  readonly #orHeld: OrHeld;
  #silences: readonly Silence[] = [];

  constructor(db: SqlDatabase, orHeld: OrHeld) {
    super(db);
    this.#orHeld = orHeld;
  }

  override silences(now: number): Promise<readonly Silence[]> {
    return this.#orHeld(
      async () => (this.#silences = await super.silences(now)),
      () => this.#silences.filter(({ until }) => until > now),
    );
  }
}

/** A token that was had while the server is away is used, and kept when it is back. */
export class HoldingTokens extends SqlTokenStore {
  readonly #orHeld: OrHeld;
  readonly #later: Later;
  readonly #tokens = new Map<string, string>();
  readonly #sheets = new Map<string, string>();

  constructor(db: SqlDatabase, orHeld: OrHeld, later: Later) {
    super(db);
    this.#orHeld = orHeld;
    this.#later = later;
  }

  override async load(credential: string): Promise<string | undefined> {
    return this.#tokens.get(credential) ?? (await super.load(credential));
  }

  override save(credential: string, sealed: string): Promise<void> {
    return this.#orHeld(
      () => super.save(credential, sealed),
      () => {
        this.#tokens.set(credential, sealed);
        this.#later(async () => {
          await super.save(credential, sealed);
          if (this.#tokens.get(credential) === sealed) this.#tokens.delete(credential);
        });
      },
    );
  }

  override change<T>(credential: string, work: (sheet: string | undefined) => Changed<T>): Promise<T> {
    return this.#orHeld(
      async () => {
        let kept: string | undefined;
        const answer = await super.change(credential, (sheet) => {
          const changed = work(sheet);
          kept = changed.sheet;
          return changed;
        });
        if (kept !== undefined) this.#sheets.set(credential, kept);
        return answer;
      },
      () => {
        const { sheet, answer } = work(this.#sheets.get(credential));
        this.#sheets.set(credential, sheet);
        this.#later(() => super.change(credential, () => ({ sheet, answer: undefined })));
        return answer;
      },
    );
  }
}
