import { sentence } from '../../messages/sentence.ts';
import { randomBytes } from 'node:crypto';
import { sha256 } from '../../lib/text/text.ts';
import type { AuditEntry } from '../../model/silence.ts';
import type { Account, ApiToken, TokenEnd } from '../../store/access/accounts.ts';
import { LoginThrottle } from '../access/login-throttle.ts';
import { covers, type Grant } from '../access/grant.ts';
import { Hasher } from '../access/password.ts';
import {
  asRole,
  asScopes,
  isUnclaimed,
  makerOf,
  passwordProof,
  sessionView,
  userOf,
} from '../access/identity.ts';
import type { Token, User } from '../api/access.ts';
import { type Role, roles, type Scope, scopes } from '../api/roles.ts';
import type { Caller } from '../caller.ts';
import { type HandlerContext, type Handlers, notFound, WithCookies } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Tries } from '../../store/nodes.ts';

type Keys =
  | 'getSession'
  | 'signIn'
  | 'signOut'
  | 'listUsers'
  | 'createUser'
  | 'changeUser'
  | 'removeUser'
  | 'listTokens'
  | 'createToken'
  | 'removeToken';

/** @param tries As `LoginThrottle` has them. */
export function accessHandlers(clock: Clock, tries?: Tries): Handlers<Keys> {
  const attempts = new LoginThrottle(clock, tries);
  const hasher = new Hasher();
  return {
    getSession: ({ context, caller }) => sessionView(caller, context.identity.csrf(caller)),

    async signIn({ context, address, cookie: given, body }) {
      const { identity } = context;
      const isKnown = identity.isKnown(body.name, given);
      const succeeded = await attempts.begin({ address, name: body.name, isKnown });
      const known = await localUser(context, body.name);
      const isRight = await hasher.verify(body.password, known?.hash);
      if (known === undefined || !isRight) {
        await note(context, `page:${body.name}`, 'sign-in-refused', 'session', `from ${address}`);
        throw new HttpProblem(401, sentence('wrongPassword'));
      }
      await succeeded();
      const { hash, ...user } = known;
      const { caller, cookie } = await identity.begin({ ...user, via: passwordProof(hash) });
      await context.patrol.store.people.seen(user.name, context.clock.now());
      await note(context, caller.name, 'sign-in', 'session', `from ${address}`);
      return new WithCookies([cookie, identity.known(user.name)], sessionView(caller, identity.csrf(caller)));
    },

    async signOut({ context, caller }) {
      await note(context, caller.name, 'sign-out', 'session');
      return new WithCookies([await context.identity.end(caller)]);
    },

    async listUsers({ context }) {
      const written = context.patrol.config.settings.server.signIn?.users ?? [];
      const stored = await context.patrol.store.people.accounts();
      const lastSignIns = written.length === 0 ? undefined : await signInsOf(context);
      return {
        items: [
          ...written.map(({ name, role, services }) => ({
            name,
            role,
            from: 'config' as const,
            lastSeenAt: lastSignIns?.get(name),
            ...(services === undefined ? {} : { services: [...services] }),
          })),
          ...stored.map(userView),
        ],
      };
    },

    async createUser({ context, caller, body }) {
      const { name, role, services } = body;
      if ((await localUser(context, name)) !== undefined)
        throw new HttpProblem(409, sentence('userExists', { name }));
      // Whoever asks may do everything because nobody signs in: with this user somebody does, and whoever asks may no more than that one.
      if (caller.via === 'open' && (role !== 'admin' || services !== undefined))
        throw new HttpProblem(409, sentence('firstIsAdmin'));
      const account: Account = {
        name,
        role,
        password: await hasher.hash(body.password),
        createdAt: context.clock.now(),
        services,
      };
      await context.patrol.store.people.putAccount(account);
      await note(context, caller.name, 'add-user', `user ${name}`, role);
      return userView(account);
    },

    async changeUser({ context, caller, params, body }) {
      const { services: seen, ...before } = await storedUser(context, params['name']);
      const { people } = context.patrol.store;
      const services = body.services === undefined ? seen : (body.services ?? undefined);
      const account: Account = {
        ...before,
        services,
        role: body.role ?? before.role,
        password: body.password === undefined ? before.password : await hasher.hash(body.password),
      };
      await people.putAccount(account);
      await people.endSessions(account.name);
      await note(context, caller.name, 'change-user', `user ${account.name}`, body.role);
      const left = { role: asRole(account.role), services: account.services };
      const isKept = body.keepTokens === true;
      return {
        ...userView(account),
        ...(await endTokens(context, caller, account.name, { left, isKept, because: 'changed' })),
      };
    },

    async removeUser({ context, caller, params, query }) {
      const { name } = await storedUser(context, params['name']);
      if (caller.via === 'local' && name === userOf(caller))
        throw new HttpProblem(409, sentence('notYourself'));
      await context.patrol.store.people.removeAccount(name);
      await note(context, caller.name, 'remove-user', `user ${name}`);
      return endTokens(context, caller, name, { isKept: query.keepTokens === 'true', because: 'removed' });
    },

    async listTokens({ context }) {
      const isClosed = (await context.identity.ways()).length > 0;
      const tokens = await context.patrol.store.people.tokens();
      return {
        items: tokens.map((token) => ({
          ...tokenView(token),
          ...(isClosed && isUnclaimed(token) ? { isVoid: true as const } : {}),
        })),
      };
    },

    async createToken({ context, caller, body }) {
      requireRoleOfScopes(body.role, body.scopes ?? []);
      const secret = `apt_${randomBytes(32).toString('base64url')}`;
      const now = context.clock.now();
      const token: ApiToken = {
        id: randomBytes(6).toString('hex'),
        name: body.name,
        role: body.role,
        scopes: body.scopes,
        by: makerOf(caller),
        createdAt: now,
        services: body.services,
        ...(body.forMs === undefined ? {} : { expiresAt: now + body.forMs }),
      };
      await context.patrol.store.people.addToken({ ...token, hash: sha256(secret) });
      const given = [token.role, ...(token.scopes ?? [])].join(' ');
      await note(context, caller.name, 'add-token', `token ${token.name}`, given);
      return { ...tokenView(token), token: secret };
    },

    async removeToken({ context, caller, params }) {
      const id = params['id'] ?? '';
      const { people } = context.patrol.store;
      const name = (await people.tokens()).find((token) => token.id === id)?.name;
      if (name === undefined || !(await people.removeToken(id))) throw notFound(sentence('noToken', { id }));
      await note(context, caller.name, 'remove-token', `token ${name}`);
    },
  };
}

/**
 * Tokens that a user has made, and that these have made, as far as they may do more than what is `left` to the user
 * (absent: nothing): a right that was taken away is not kept by way of them.
 */
async function endTokens(
  context: HandlerContext,
  caller: Caller,
  user: string,
  {
    left,
    isKept,
    because,
  }: { readonly left?: Grant; readonly isKept: boolean; readonly because: TokenEnd['because'] },
): Promise<{ readonly revokedTokens: Token[]; readonly keptTokens: Token[] }> {
  const { people } = context.patrol.store;
  const all = await people.tokens();
  const makers = new Set([`page:${user}`]);
  // Those that have made others are older than these.
  for (const { by, name } of all.toReversed()) if (makers.has(by)) makers.add(`token:${name}`);
  const made = all.filter(({ by, ended }) => makers.has(by) && ended === undefined).map(tokenView);
  const beyond = made.filter((token) => left === undefined || !covers(left, token));
  if (isKept) return { revokedTokens: [], keptTokens: beyond };
  const ended = { at: context.clock.now(), user, because };
  for (const { id, name } of beyond) {
    await people.endToken(id, ended);
    await note(context, caller.name, 'remove-token', `token ${name}`, `made by ${user}`);
  }
  return { revokedTokens: beyond.map((token) => ({ ...token, ended })), keptTokens: [] };
}

/** Somebody who may sign in with a password. The configuration wins over the store. */
async function localUser(
  { patrol }: HandlerContext,
  name: string,
): Promise<(Pick<Caller, 'name' | 'role' | 'services'> & { readonly hash: string }) | undefined> {
  const written = patrol.config.settings.server.signIn?.users?.find((user) => user.name === name);
  if (written !== undefined) {
    const { password, ...user } = written;
    return { ...user, hash: password.reveal() };
  }
  const account = await patrol.store.people.account(name);
  if (account === undefined) return undefined;
  const { role, services, password: hash } = account;
  return { name, role: asRole(role), hash, services };
}

async function storedUser(context: HandlerContext, name = ''): Promise<Account> {
  const account = await context.patrol.store.people.account(name);
  if (account !== undefined) return account;
  if ((await localUser(context, name)) === undefined)
    throw notFound(sentence('noUser', { name }), sentence('seeUsers'));
  throw new HttpProblem(409, sentence('userConfigured', { name }), {
    hint: sentence('changeUserThere'),
  });
}

const longestSinceMs = 366 * 86_400_000;

/** When somebody last signed in, by name: of users of the configuration nothing else is stored. */
async function signInsOf({ patrol, clock }: HandlerContext): Promise<ReadonlyMap<string, number>> {
  const now = clock.now();
  const entries = await patrol.store.desk.audit({ from: now - longestSinceMs, to: now });
  const signIns = entries.filter(({ action }) => action === 'sign-in').toReversed();
  return new Map(signIns.map(({ by, at }) => [by.replace(/^page:/, ''), at]));
}

function note(
  { patrol, clock }: HandlerContext,
  by: string,
  action: AuditEntry['action'],
  subject: string,
  text?: string,
): Promise<void> {
  const entry = { at: clock.now(), by, action, subject };
  return patrol.store.desk.note(text === undefined ? entry : { ...entry, note: text });
}

function userView({ name, role, services, createdAt, lastSeenAt }: Account): User {
  return {
    name,
    createdAt,
    lastSeenAt,
    role: asRole(role),
    from: 'store',
    ...(services === undefined ? {} : { services: [...services] }),
  };
}

function tokenView({ role, services, scopes, ...rest }: ApiToken): Token {
  return {
    ...rest,
    role: asRole(role),
    ...(scopes === undefined ? {} : { scopes: asScopes(scopes) }),
    ...(services === undefined ? {} : { services: [...services] }),
  };
}

function requireRoleOfScopes(role: Role, wanted: readonly Scope[]): void {
  const beyond = wanted.find((scope) => roles.indexOf(scopes[scope]) > roles.indexOf(role));
  if (beyond === undefined) return;
  throw new HttpProblem(422, sentence('scopeTakesRole', { scope: beyond, role: scopes[beyond], own: role }));
}
