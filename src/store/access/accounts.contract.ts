import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import type { StoreWorld } from '../store.contract.ts';

/** What every store keeps of accounts, sessions and tokens. */
export function accountsContract(name: string, world: StoreWorld): void {
  describe(`${name} as a store of people`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await world.open();
    });

    const zhang = { name: 'zhang', role: 'operator', services: ['orders'], password: 'hash', createdAt: 1 };

    it('keeps accounts until they are removed, and their sessions with them', async () => {
      await store.people.putAccount(zhang);
      await store.people.putAccount({ ...zhang, name: 'li', role: 'admin' });
      await store.people.putAccount({ ...zhang, role: 'viewer' });
      await store.people.seen('zhang', 7);
      expect((await store.people.accounts()).map(({ name, role }) => [name, role])).toEqual([
        ['li', 'admin'],
        ['zhang', 'viewer'],
      ]);
      expect(await store.people.account('zhang')).toEqual({ ...zhang, role: 'viewer', lastSeenAt: 7 });
      const session = { hash: 'h', name: 'zhang', role: 'viewer', via: 'local', expiresAt: 10 };
      await store.people.addSession(session, 0);
      expect(await store.people.session('h', 9)).toEqual(session);
      expect(await store.people.session('h', 10)).toBeUndefined();
      expect(await store.people.removeAccount('zhang')).toBe(true);
      expect(await store.people.removeAccount('zhang')).toBe(false);
      expect(await store.people.session('h', 9)).toBeUndefined();
    });

    it('forgets sessions that have ended', async () => {
      const session = { hash: 'old', name: 'zhang', role: 'viewer', via: 'local', expiresAt: 10 };
      await store.people.addSession(session, 0);
      await store.people.addSession({ ...session, hash: 'new', expiresAt: 100 }, 10);
      expect(await store.people.session('old', 0)).toBeUndefined();
      await store.people.endSessions('zhang');
      expect(await store.people.session('new', 10)).toBeUndefined();
    });

    it('finds API tokens by their hash until they end or are removed', async () => {
      const token = {
        id: 't1',
        name: 'ci',
        role: 'viewer',
        scopes: ['read'],
        by: 'li',
        createdAt: 1,
        expiresAt: 10,
      };
      await store.people.addToken({ ...token, hash: 'h1' });
      await store.people.addToken({
        id: 't2',
        hash: 'h2',
        name: 'cd',
        role: 'operator',
        by: 'li',
        createdAt: 2,
      });
      await store.people.used('t1', 5);
      expect(await store.people.token('h1', 9)).toEqual({ ...token, lastUsedAt: 5 });
      expect(await store.people.token('h1', 10)).toBeUndefined();
      expect((await store.people.tokens()).map(({ id }) => id)).toEqual(['t2', 't1']);
      expect(await store.people.removeToken('t2')).toBe(true);
      expect(await store.people.token('h2', 9)).toBeUndefined();
    });

    it('lists API tokens that were ended with the reason, for some months', async () => {
      const token = { id: 't1', name: 'ci', role: 'viewer', by: 'page:li', createdAt: 1 };
      await store.people.addToken({ ...token, hash: 'h1' });
      await store.people.addToken({ ...token, id: 't2', hash: 'h2' });
      const ended = { at: 5, user: 'li', because: 'removed' } as const;
      await store.people.endToken('t1', ended);
      expect(await store.people.token('h1', 6)).toBeUndefined();
      expect(await store.people.tokens()).toContainEqual({ ...token, ended });
      await store.people.endToken('t2', { ...ended, at: 5 + 91 * 86_400_000 });
      expect((await store.people.tokens()).map(({ id }) => id)).toEqual(['t2']);
    });

    it('lets a link be followed once', async () => {
      expect(await store.people.isSpent('n')).toBe(false);
      expect(await store.people.spendLink('n', 10, 0)).toBe(true);
      expect(await store.people.spendLink('n', 10, 1)).toBe(false);
      expect(await store.people.isSpent('n')).toBe(true);
    });
  });
}
