import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import type { StoreWorld } from '../store.contract.ts';

/** What every store keeps of what signing in has given. */
export function tokensContract(name: string, world: StoreWorld): void {
  describe(`${name} as a store of tokens`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await world.open();
    });

    it.skipIf(world.isForgetful)(
      'keeps the latest sealed token of each credential over a restart',
      async () => {
        await store.tokens.save('a', 'v1.one');
        await store.tokens.save('b', 'v1.other');
        await store.tokens.save('a', 'v1.two');
        store = await world.reopen();
        expect(await store.tokens.load('a')).toBe('v1.two');
        expect(await store.tokens.load('b')).toBe('v1.other');
        expect(await store.tokens.load('c')).toBeUndefined();
      },
    );

    it('forgets one, or all of them, and says how many there were', async () => {
      for (const name of ['a', 'b', 'c']) await store.tokens.save(name, 'v1.sealed');
      expect(await store.tokens.clear('b')).toBe(1);
      expect(await store.tokens.clear('b')).toBe(0);
      expect(await store.tokens.clear()).toBe(2);
      expect(await store.tokens.load('a')).toBeUndefined();
    });
  });
}
