import { isTransportFailure, isUnconnected, type ReasonCode } from '../../model/result.ts';

/**
 * `up`: answers, as far as we know. `suspect`: nobody has got an answer for a while, so one call at a time finds
 * out. `down`: that has been confirmed.
 */
export type OriginState = 'up' | 'suspect' | 'down';

const suspectAfter = 3;
/** Time-outs in a row, with no answer between them, that confirm it by themselves when all operations have been tried. */
const hungAfter = 5;
/** Failures in a row that confirm it when no single check could be repeated. */
const downAfter = 6;

/** What the calls to one origin tell about the origin itself. */
export class OriginHealth {
  #state: OriginState = 'up';
  #failuresInARow = 0;
  #last: ReasonCode = 'none';
  #answeredAt = Number.NEGATIVE_INFINITY;

  get state(): OriginState {
    return this.#state;
  }

  /** Another operation could fare differently: an origin may be slow in one and well in the next. */
  get mayDiffer(): boolean {
    return !isUnconnected(this.#last);
  }

  /** Calls get no answer, so that others may: it takes several at once to know soon whether any does. */
  get mayHang(): boolean {
    return this.#state === 'suspect' && this.#last === 'timeout';
  }

  /** A call has hung lately: others may as well, or may not. */
  get hasHung(): boolean {
    return this.#last === 'timeout';
  }

  /** Others are to be called there now: that calls hung before says nothing of them. */
  begin(): void {
    if (this.#state !== 'down' || !this.mayDiffer) return;
    this.#state = 'up';
    this.#failuresInARow = 0;
  }

  /** @param at Monotonic. */
  answered(at: number): void {
    this.#answeredAt = at;
    this.#state = 'up';
    this.#failuresInARow = 0;
  }

  /**
   * @param final The failing check will not be called again.
   * @param repeated It has been called again at intervals, and failed each time.
   * @param hungAfterAll Time-outs in a row that are enough as long as some operations have not been tried; 0: none are left.
   * @param startedAt Of the call, monotonic.
   */
  failed(
    code: ReasonCode,
    final: boolean,
    repeated: boolean,
    hungAfterAll = 0,
    startedAt = Number.POSITIVE_INFINITY,
  ): void {
    if (!isTransportFailure(code)) return;
    this.#last = code;
    // Others have been answered while it waited: it says nothing of the origin.
    if (code === 'timeout' && startedAt < this.#answeredAt) return;
    this.#failuresInARow++;
    if (this.#state === 'up' && this.#failuresInARow >= suspectAfter) this.#state = 'suspect';
    if (this.#state !== 'suspect') return;
    // Each has waited for seconds, one of them after the others had given up: that is no blip.
    if (code === 'timeout' && this.#failuresInARow >= Math.max(hungAfter, hungAfterAll)) this.#state = 'down';
    // An operation that hangs says nothing of those that nobody has tried.
    if (!final || (code === 'timeout' && hungAfterAll > 0)) return;
    if (repeated || this.#failuresInARow >= downAfter) this.#state = 'down';
  }
}
