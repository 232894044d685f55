import type { Check } from '../../model/check.ts';
import type { Cycle, Recheck } from '../../model/cycle.ts';
import type { Result } from '../../model/result.ts';
import type { Change, CycleClose, StoredCheck } from '../store.ts';
import { pack, unpack } from '../sql/packed.ts';

export type LookChange = Change & { readonly look?: Recheck };

/** What waits to be stored, in the order in which it came. */
export type Held =
  | {
      readonly kind: 'cycle';
      readonly cycle: Cycle;
      readonly rest: Uint8Array;
      /** Absent: given up. */
      readonly results?: { readonly packed: Uint8Array; readonly count: number };
    }
  | { readonly kind: 'look'; readonly rest: Uint8Array }
  /** A few values. */
  | { readonly kind: 'note'; readonly store: () => Promise<void> };

/** What a patrol has found and cannot store, in memory within a bound. */
export class HeldWork {
  readonly #mostBytes: number;
  #items: Held[] = [];
  #bytes = 0;
  #lost = 0;
  #lastId = 0;
  /** Of all cycles that wait. */
  readonly #checks = new Map<string, StoredCheck>();

  /** `mostBytes`: packed. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** How many results had to be given up since it was empty. */
  get lost(): number {
    return this.#lost;
  }

  get first(): Held | undefined {
    return this.#items[0];
  }

  get cycles(): number {
    return this.#items.filter(({ kind }) => kind === 'cycle').length;
  }

  /** A cycle that gets its number when it is stored; until then it has one that none ever had. */
  begin(dueAt: number, startedAt: number, now: number): Cycle {
    this.#lastId = Math.min(this.#lastId - 1, -Math.round(now));
    return { id: this.#lastId, dueAt, startedAt };
  }

  /** False: there is no room for it. */
  async addCycle(cycle: Cycle, { results, checks, ...close }: CycleClose): Promise<boolean> {
    for (const { id, service, operation } of checks) this.#checks.set(id, { id, service, operation });
    const [packed, rest] = [await pack(results), await pack(close)];
    return this.#add({ kind: 'cycle', cycle, rest, results: { packed, count: results.length } });
  }

  async addLook(change: LookChange): Promise<boolean> {
    return this.#add({ kind: 'look', rest: await pack(change) });
  }

  addNote(store: () => Promise<void>): void {
    this.#items.push({ kind: 'note', store });
  }

  /** The cycle that waits first has been begun, and has its number. */
  numberFirst(cycle: Cycle): void {
    const [first] = this.#items;
    if (first?.kind === 'cycle') this.#items[0] = { ...first, cycle };
  }

  dropFirst(): void {
    const gone = this.#items.shift();
    if (gone !== undefined) this.#bytes -= bytesOf(gone);
    if (this.#items.length > 0) return;
    this.#lost = 0;
    this.#checks.clear();
  }

  clear(): void {
    while (this.#items.length > 0) this.dropFirst();
  }

  closeOf({ cycle, rest, results }: Extract<Held, { readonly kind: 'cycle' }>): CycleClose {
    const { statistics, messages, ...close } = unpack(rest) as unknown as Omit<
      CycleClose,
      'results' | 'checks'
    >;
    const known = results === undefined ? [] : (unpack(results.packed) as unknown as readonly Result[]);
    return {
      ...close,
      statistics: { ...statistics, cycleId: cycle.id },
      messages: messages.map((one) =>
        one.content.cycleId === statistics.cycleId
          ? { ...one, content: { ...one.content, cycleId: cycle.id } }
          : one,
      ),
      results: known,
      // Their names are all that is stored of them.
      checks: [...this.#checks.values()] as unknown as readonly Check[],
    };
  }

  changeOf({ rest }: Extract<Held, { readonly kind: 'look' }>): LookChange {
    return unpack(rest) as unknown as LookChange;
  }

  #add(item: Held): boolean {
    this.#bytes += bytesOf(item);
    this.#items.push(item);
    for (let at = 0; this.#bytes > this.#mostBytes && at < this.#items.length; at++) this.#giveUpResults(at);
    if (this.#bytes <= this.#mostBytes) return true;
    this.#items.pop();
    this.#bytes -= bytesOf(item);
    return false;
  }

  /** Incidents and messages are kept: there is little of them. */
  #giveUpResults(at: number): void {
    const item = this.#items[at];
    if (item?.kind !== 'cycle' || item.results === undefined) return;
    this.#bytes -= item.results.packed.length;
    this.#lost += item.results.count;
    this.#items[at] = { ...item, results: undefined };
  }
}

function bytesOf(item: Held): number {
  if (item.kind === 'note') return 0;
  return item.rest.length + (item.kind === 'cycle' ? (item.results?.packed.length ?? 0) : 0);
}
