import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { OutboxEntry } from '../../model/message.ts';
import type { Settings } from '../../model/settings.ts';
import { viewOf } from '../../notify/render/view.ts';
import { type Restored, type Store, StoreError } from '../../store/store.ts';
import { Guard } from './guard.ts';

const dayMs = 86_400_000;
let clock: ManualClock;
let told: string[];
let found: string[];
let lines: string[];
let watched: () => Promise<Restored | undefined>;
let guard: Guard;
let isInPlace: boolean;

beforeEach(() => {
  clock = new ManualClock();
  told = [];
  found = [];
  lines = [];
  isInPlace = true;
  watched = () => Promise.resolve(undefined);
  guard = guarded();
});

function guarded(more: { readonly setByMs?: number } = {}): Guard {
  const write = (message: string) => void lines.push(message);
  const log: Logger = { debug: write, info: write, warn: write, error: write };
  const tell = (_: unknown, entries: readonly OutboxEntry[]) => {
    for (const { content } of entries)
      told.push(viewOf(content, { language: 'zh', timeZone: 'Asia/Shanghai' }).headline);
    return Promise.resolve();
  };
  const settings = { language: 'zh', timeZone: 'Asia/Shanghai', routes: [{ to: ['ops'] }] };
  return new Guard({
    ...more,
    store: {
      watch: () => watched(),
      get isInPlace() {
        return isInPlace;
      },
      outbox: { tell },
    } as unknown as Pick<Store, 'watch' | 'isInPlace' | 'outbox'>,
    distress: {
      failed: async (problem) => void found.push((problem as Error).message),
      succeeded: async () => void found.push('well'),
    },
    settings: () => settings as unknown as Settings,
    clock,
    log,
    wake: () => undefined,
    keep: async () => void found.push('kept'),
  });
}

describe('the wall clock', () => {
  it('set while no patrol ran is told once', async () => {
    guard = guarded({ setByMs: -3 * dayMs });
    await guard.look();
    await guard.look();
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('被调回 3 天');
  });

  it.each([
    ['3 days back', -3, '被调回 3 天'],
    ['500 days on', 500, '被调快 500 天'],
  ])('set %s is told once', async (_, days, text) => {
    await guard.look();
    clock.jump(days * dayMs);
    await guard.look();
    await guard.look();
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(text);
    expect(lines).toHaveLength(1);
  });

  it('put right by some minutes is not worth a word', async () => {
    clock.jump(-50 * 60_000);
    await guard.look();
    expect(told).toEqual([]);
  });
});

describe('the database', () => {
  it('is well while something can be stored', async () => {
    await guard.look();
    expect(found).toEqual(['well', 'kept']);
  });

  it.each<[Restored, string, string]>([
    [{ was: 'deleted' }, '提醒', '被删除，已当即完整恢复'],
    [{ was: 'replaced', aside: '/data/p.db.replaced-1' }, '提醒', '被替换，已当即完整恢复'],
    [{ was: 'damaged', aside: '/data/p.db.replaced-1' }, '重要', '被其他程序改写或截断'],
  ])('that was put back is told once, as something that is over: %o', async (restored, severity, text) => {
    watched = () => Promise.resolve(restored);
    await guard.look();
    watched = () => Promise.resolve(undefined);
    await guard.look();
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(severity);
    expect(told[0]).toContain(text);
    expect(told[0]).not.toContain('无法保存');
    expect(found).toEqual(['well', 'kept', 'well', 'kept']);
  });

  it('that takes nothing is told, and the guard goes on', async () => {
    watched = () =>
      Promise.reject(new StoreError({ code: 'full', said: 'full', hint: 'free some', retry: true }));
    await guard.look();
    watched = () => Promise.resolve(undefined);
    await guard.look();
    expect(found).toEqual(['full', 'well', 'kept']);
  });

  it('that is taken away is seen to within a second, and no more often than it can be put back', async () => {
    const stop = new AbortController();
    let looks = 0;
    watched = () => {
      looks++;
      return Promise.reject(new StoreError({ code: 'io', said: 'gone', hint: 'look', retry: true }));
    };
    const running = guard.run(stop.signal);
    await clock.advance(1000);
    expect(looks).toBe(1);
    isInPlace = false;
    await clock.advance(1000);
    expect(looks).toBe(2);
    await clock.advance(9000);
    expect(looks).toBe(2);
    await clock.advance(1000);
    expect(looks).toBe(3);
    stop.abort();
    await running;
  });
});
