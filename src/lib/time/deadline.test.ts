import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whicheverEnds, withDeadline } from './deadline.ts';

describe('a deadline', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('ends what goes on, however much still comes in', () => {
    const { signal } = withDeadline(new AbortController().signal, 30_000);
    vi.advanceTimersByTime(29_999);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('ends with the signal that it was made of, also one that has ended', () => {
    const outer = new AbortController();
    const { signal } = withDeadline(outer.signal, 30_000);
    outer.abort('stopped');
    expect(signal.reason).toBe('stopped');
    expect(withDeadline(outer.signal, 30_000).signal.aborted).toBe(true);
  });

  it('leaves nothing behind when it is done', () => {
    const outer = new AbortController();
    const { signal, done } = withDeadline(outer.signal, 30_000);
    done();
    expect(vi.getTimerCount()).toBe(0);
    outer.abort();
    expect(signal.aborted).toBe(false);
  });
});

describe('whichever of several ends', () => {
  it('ends it, with the reason, also when that was before', () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const { signal } = whicheverEnds(one.signal, other.signal);
    expect(signal.aborted).toBe(false);
    other.abort('stopped');
    expect(signal.reason).toBe('stopped');
    expect(whicheverEnds(one.signal, other.signal).signal.reason).toBe('stopped');
  });

  it('leaves nothing behind in one that lives on', () => {
    const living = new AbortController();
    for (let time = 0; time < 1000; time++) {
      const { done } = whicheverEnds(living.signal, new AbortController().signal);
      done();
    }
    expect(getEventListeners(living.signal, 'abort')).toHaveLength(0);
  });
});
