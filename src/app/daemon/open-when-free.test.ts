import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { inEnglish } from '../../messages/in-language.ts';
import { sentence } from '../../messages/sentence.ts';
import { openStore } from '../../store/open.ts';
import { inMemory } from '../../store/sqlite/file/files.ts';
import { type Store, StoreError } from '../../store/store.ts';
import { openWhenFree } from './open-when-free.ts';

function error(code: StoreError['code'], retry: boolean): StoreError {
  return new StoreError({ code, retry, said: sentence('lockedByOther'), hint: sentence('closeOtherWriter') });
}

/** A database that is free after so many ms, and what is said until it is open or given up. */
async function opening(freeAfterMs: number, refusal = error('busy', true)) {
  const clock = new ManualClock();
  const heard: string[] = [];
  const begun = clock.monotonic();
  const note = (what: string) =>
    void heard.push(`${Math.round((clock.monotonic() - begun) / 1000)} s: ${what}`);
  let store: Store | undefined;
  const outcome = openWhenFree({
    open: async () => {
      if (clock.monotonic() - begun < freeAfterMs) throw refusal;
      store = await openStore(inMemory, { clock, log: silentLogger });
      return store;
    },
    clock,
    log: { ...silentLogger, warn: () => note('waiting'), info: () => note('free') },
    distress: {
      failed: (_, __, since = clock.now()) =>
        Promise.resolve(note(`failed for ${Math.round((clock.now() - since) / 1000)} s`)),
      succeeded: () => Promise.resolve(note('succeeded')),
      close: () => Promise.resolve(note('closed')),
    },
  }).then(
    () => 'open',
    (thrown: unknown) => (thrown instanceof StoreError ? inEnglish(thrown.said) : 'thrown'),
  );
  for (let second = 0; second < 605; second++) await clock.advance(1000);
  const ended = await outcome;
  await store?.close();
  return { ended, heard };
}

it('a database that is free is opened without a word', async () => {
  expect(await opening(0)).toEqual({ ended: 'open', heard: [] });
});

it('one that is locked for a moment is waited for', async () => {
  expect(await opening(20_000)).toEqual({ ended: 'open', heard: ['0 s: waiting', '20 s: free'] });
});

it('one that is locked for longer is told, and that it is over', async () => {
  expect(await opening(65_000)).toEqual({
    ended: 'open',
    heard: [
      '0 s: waiting',
      '30 s: waiting',
      '60 s: waiting',
      '60 s: failed for 60 s',
      '60 s: failed for 60 s',
      '65 s: free',
      '65 s: succeeded',
    ],
  });
});

it('one that stays locked is given up', async () => {
  const { ended, heard } = await opening(Number.POSITIVE_INFINITY);
  expect(ended).toBe('another process holds a lock on it; it was not free for 10 min');
  expect(heard.at(-1)).toBe('600 s: closed');
  expect(heard.filter((one) => one.endsWith('waiting'))).toHaveLength(20);
});

it.each([error('busy', false), error('corrupt', true)])(
  'another problem is not waited for: %o',
  async (refusal) => {
    expect(await opening(20_000, refusal)).toEqual({
      ended: 'another process holds a lock on it',
      heard: [],
    });
  },
);
