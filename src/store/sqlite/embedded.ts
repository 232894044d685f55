import type { Clock } from '../../lib/time/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { sentence } from '../../messages/sentence.ts';
import { pruneByRow } from '../history/prune.ts';
import type { Place } from '../sql/sql-store.ts';
import { upsert } from '../sql/sql.ts';
import { type Restored, StoreError } from '../store.ts';
import type { Database } from './database.ts';
import { toStoreError } from './failure.ts';
import { DamageWatch } from './file/damage-watch.ts';
import { requireSpace } from './file/files.ts';
import type { StoreLock } from './file/lock.ts';

export interface EmbeddedOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly alone?: boolean;
}

/** The file of the embedded database, and what becomes of it. */
export class EmbeddedPlace implements Place {
  readonly database: Database;
  readonly pruneCycles = pruneByRow;
  readonly #options: EmbeddedOptions;
  readonly #claim: StoreLock | undefined;
  /** What is wrong with the file although something can be stored. */
  readonly #damage: DamageWatch;
  /** Why the log could not be moved into the file when that was last tried. */
  #stuck: StoreError | undefined;

  constructor(database: Database, options: EmbeddedOptions, claim: StoreLock | undefined) {
    this.#damage = new DamageWatch(database.path, options);
    this.#claim = claim;
    this.database = database;
    this.#options = options;
    database.onAmiss = () => this.#damage.suspect();
  }

  /** What is in memory is a part of an hour; and what is old is in the file. */
  get mayPrune(): boolean {
    return this.database.homeless === undefined;
  }

  settle(): void {
    this.#checkpoint();
  }

  async tidy(): Promise<void> {
    this.#checkpoint();
  }

  onMove(forget: () => void): void {
    this.database.onMove = forget;
  }

  get isInPlace(): boolean {
    try {
      return this.database.isInPlace && !this.database.isDamaged;
    } catch {
      // Why it cannot be read is told by whoever tries to put it right.
      return false;
    }
  }

  async watch(): Promise<Restored | undefined> {
    const restored = await this.#putRight();
    if (this.database.isHome) this.#damage.lookWhenDue();
    const trouble = restored === undefined ? (this.#stuck ?? this.#damage.found) : undefined;
    if (trouble !== undefined) throw trouble;
    return restored;
  }

  async #putRight(): Promise<Restored | undefined> {
    const database = this.database;
    if (database.homeless !== undefined) return this.#returnHome();
    if (!database.isInPlace) return this.#restore('deleted');
    if (database.isDamaged) return this.#restore('damaged');
    database.takeReserve();
    await database.write((db) =>
      db.run(upsert('retention', ['kept'], ['kept_ms', 'at']), 'probe', 0, this.#options.clock.now()),
    );
    if (database.homeless !== undefined) throw homelessError(database.homeless);
    requireSpace(database.path);
    if (this.#stuck !== undefined) this.#checkpoint();
    return undefined;
  }

  async #restore(was: 'deleted' | 'damaged'): Promise<Restored> {
    const aside = await this.database.restore(this.#options.clock.now());
    await this.#claim?.lock();
    this.#stuck = undefined;
    this.#damage.forget();
    if (was === 'damaged') return { was, aside };
    return aside === undefined ? { was } : { was: 'replaced', aside };
  }

  async #returnHome(): Promise<Restored | undefined> {
    const database = this.database;
    try {
      requireSpace(database.path);
      const { isNew, aside } = await database.returnHome(this.#options.clock.now());
      await this.#claim?.lock();
      if (isNew) this.#damage.forget();
      return isNew ? { was: 'damaged', aside } : undefined;
    } catch (error) {
      if (database.homeless === undefined) throw error;
      throw homelessError(database.homeless);
    }
  }

  async close(): Promise<void> {
    await this.#damage.close();
    await this.#settle();
    this.#checkpoint('truncate');
    await this.database.close();
    this.#claim?.release();
  }

  /** What is not in its place at the end is not there at the next start. */
  async #settle(): Promise<void> {
    if (this.#options.alone !== true) return;
    try {
      await this.#putRight();
      if (this.#stuck !== undefined) throw this.#stuck;
    } catch (error) {
      const fields = { problem: messageOf(error) };
      const { homeless } = this.database;
      if (homeless !== undefined) this.#options.log.error(lostWith(homeless), fields);
      else this.#options.log.warn('the database may be incomplete', fields);
    }
  }

  /** The cycle is committed either way; a log that could not be moved now is moved later, at the latest by the next start. */
  #checkpoint(how: 'passive' | 'truncate' = 'passive'): void {
    try {
      this.database.checkpoint(how);
      this.#stuck = undefined;
    } catch (error) {
      if (this.#stuck === undefined)
        this.#options.log.warn('could not move the write-ahead log into the database', {
          problem: messageOf(error),
        });
      this.#stuck = toStoreError(error, this.database.path);
    }
  }
}

type Homeless = NonNullable<Database['homeless']>;

function lostWith({ isSafe }: Homeless): string {
  const what = isSafe ? 'results that' : 'what';
  return `${what} came while nothing could be stored ${isSafe ? 'are' : 'is'} lost with the end of the patrol`;
}

function homelessError({ why, lost, isSafe }: Homeless): StoreError {
  const { code, hint, retry } = why;
  const going = sentence('goesOnInMemory', { why: why.said });
  const losing = lost === 0 ? going : sentence('resultsGivenUp', { what: going, n: lost });
  const said = isSafe ? losing : sentence('noRoomOverCrash', { what: losing });
  return new StoreError({ code, hint, retry, said });
}
