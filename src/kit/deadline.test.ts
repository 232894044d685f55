import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withDeadline } from './deadline.ts';

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
