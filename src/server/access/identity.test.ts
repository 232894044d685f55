import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { Secret } from '../../lib/secrets/secret.ts';
import { sha256 } from '../../lib/text/text.ts';
import type { ServerSettings } from '../../model/settings.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { type Credentials, Identity, makerOf, passwordProof } from './identity.ts';

const clock = new ManualClock();
const open: ServerSettings = { host: '127.0.0.1', port: 0, metrics: 'signed-in' };
const users = [{ name: 'boss', password: new Secret('scrypt$'), role: 'admin' }] as const;
const proxy = { header: 'X-User', from: ['10.0.0.1'], role: 'viewer' } as const;
let settings: ServerSettings;
let store: Store;
let identity: Identity;

beforeEach(async () => {
  settings = open;
  store = await openStore(':memory:', { clock, log: silentLogger });
  identity = new Identity({ store, clock, settings: () => settings, key: undefined });
});
afterEach(() => store.close());

const from = (headers: Readonly<Record<string, string>>, address = '10.0.0.1'): Credentials => ({
  address,
  header: (name) => headers[name],
});
const bearer = (secret: string) => identity.callerOf(from({ authorization: `Bearer ${secret}` }));
const keep = (id: string, by: string) =>
  store.people.addToken({ id, hash: sha256(id), name: id, role: 'admin', by, createdAt: 0 });

describe('an API token that was made while nobody had to sign in', () => {
  beforeEach(async () => {
    const maker = await identity.callerOf(from({}));
    await keep('unclaimed', maker === undefined ? '' : makerOf(maker));
    const unclaimed = await bearer('unclaimed');
    await keep('its-child', unclaimed === undefined ? '' : makerOf(unclaimed));
    await keep('by-boss', 'page:boss');
  });

  it.each([
    ['users in the configuration', { users }],
    [
      'a provider',
      {
        oidc: { issuer: 'https://sso.example', clientId: 'x', scopes: [], nameClaim: 'a', groupsClaim: 'b' },
      },
    ],
    ['a proxy', { proxy }],
  ])('is void as soon as somebody has to, and so is what it has made: %s', async (_, signIn) => {
    expect(await bearer('unclaimed')).toMatchObject({ name: 'token:unclaimed', role: 'admin' });
    settings = { ...open, signIn };
    expect(await bearer('unclaimed')).toBeUndefined();
    expect(await bearer('its-child')).toBeUndefined();
    expect(await bearer('by-boss')).toMatchObject({ name: 'token:by-boss', role: 'admin' });
  });

  it('is void as soon as there is an account', async () => {
    await store.people.putAccount({ name: 'li', role: 'admin', password: 'x', createdAt: 0 });
    expect(await bearer('unclaimed')).toBeUndefined();
  });
});

describe('a session of a user in the configuration', () => {
  it('is of the password that it was begun with', async () => {
    const withPassword = (hash: string): ServerSettings => ({
      ...open,
      signIn: { users: [{ name: 'boss', password: new Secret(hash), role: 'admin' }] },
    });
    settings = withPassword('scrypt$old');
    const begun = await identity.begin({ name: 'boss', role: 'admin', via: passwordProof('scrypt$old') });
    const asked = () => identity.callerOf(from({ cookie: begun.cookie.split(';')[0] ?? '' }));
    expect(await asked()).toMatchObject({ name: 'page:boss' });
    settings = withPassword('scrypt$new');
    expect(await asked()).toBeUndefined();
  });
});

describe('a name from a proxy', () => {
  beforeEach(async () => {
    settings = { ...open, signIn: { users, proxy } };
    await store.people.putAccount({ name: 'zhang', role: 'admin', password: 'x', createdAt: 0 });
  });

  it('is that of somebody', async () => {
    expect(await identity.callerOf(from({ 'x-user': ' ｌｉ ' }))).toMatchObject({ name: 'page:li' });
  });

  it.each(['boss', 'Boss ', 'zhang', 'ＺＨＡＮＧ', 'bo\u200Bss', 'ьоѕѕ'])(
    'is not that of a local user, nor one that reads the same: %s',
    (name) => expect(identity.callerOf(from({ 'x-user': name }))).rejects.toThrow(/a local user|mixes/),
  );

  it('does not mix scripts', () =>
    expect(identity.callerOf(from({ 'x-user': 'wаng' }))).rejects.toThrow(
      'the name wаng mixes Cyrillic and Latin, which look alike',
    ));
});

it('knows what another node with the same key has given a page, and nothing that was made with another one', async () => {
  const nodeWith = (key: string) =>
    new Identity({ store, clock, settings: () => settings, key: new Secret(key) });
  const caller = await identity.callerOf(from({}));
  if (caller === undefined) throw new Error('nobody');
  const given = nodeWith('one').csrf(caller);
  expect(nodeWith('one').isCsrf(caller, given)).toBe(true);
  expect(nodeWith('other').isCsrf(caller, given)).toBe(false);
  expect(identity.isCsrf(caller, given)).toBe(false);
});
