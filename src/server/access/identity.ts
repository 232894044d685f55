import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../lib/time/clock.ts';
import type { Secret } from '../../lib/secrets/secret.ts';
import { percentDecoded, sha256 } from '../../lib/text/text.ts';
import type { ProxySignIn, ServerSettings, SignInSettings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import type { Session } from '../api/access.ts';
import { type Role, roles, type Scope, scopeNames } from '../api/roles.ts';
import type { Caller } from '../caller.ts';
import { bearerOf, cookieOf } from '../http/request.ts';
import { nameFrom, requireOwnName } from './names.ts';
import { isWithin } from './networks.ts';
import { seal, unseal } from '../../auth/persistence/sealed-token-store.ts';

export const sessionCookie = 'apipatrol_session';
const sessionMs = 24 * 3_600_000;
const knownCookie = 'apipatrol_known';
const knownMs = 90 * 86_400_000;
const clockSlackMs = 60_000;
/** Whoever asks while nobody has to sign in. Everybody else has a name with a colon in it. */
const openName = 'page';
/** How exactly the last use of a token is known. */
const usedEveryMs = 60_000;

/** What a request says about who sent it. */
export interface Credentials {
  /** `undefined`: over the unix socket. */
  readonly address: string | undefined;
  readonly header: (name: string) => string | undefined;
}

/** Finds out who asks, and keeps the sessions of those who have signed in. */
export class Identity {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #settings: () => ServerSettings;
  readonly #key: Buffer;
  readonly #used = new Map<string, number>();
  readonly #watchers = new Set<() => Promise<void>>();
  readonly sealed: Sealed;

  constructor(options: {
    readonly store: Store;
    readonly clock: Clock;
    readonly settings: () => ServerSettings;
    /** Seals what browsers keep; absent: of use to this process alone. */
    readonly key: Secret | undefined;
  }) {
    // With one key, what a browser has from one node is good for the others.
    this.#key =
      options.key === undefined
        ? randomBytes(32)
        : createHmac('sha256', options.key.reveal()).update('csrf tokens').digest();
    this.sealed = new Sealed(options.key, options.clock);
    this.#store = options.store;
    this.#clock = options.clock;
    this.#settings = options.settings;
  }

  /** Ways to sign in; empty: nobody has to. */
  async ways(): Promise<readonly ('local' | 'oidc' | 'proxy')[]> {
    const { users = [], oidc, proxy } = this.#signIn;
    const hasLocal = users.length > 0 || (await this.#store.people.accounts()).length > 0;
    return [
      ...(hasLocal ? (['local'] as const) : []),
      ...(oidc === undefined ? [] : (['oidc'] as const)),
      ...(proxy === undefined ? [] : (['proxy'] as const)),
    ];
  }

  /** `undefined`: nobody is signed in, and somebody would have to be. */
  async callerOf(request: Credentials): Promise<Caller | undefined> {
    if (request.address === undefined) return overSocket(request);
    const bearer = bearerOf(request.header('authorization'));
    if (bearer !== undefined) return this.#byToken(bearer);
    const cookie = cookieOf(request.header('cookie'), sessionCookie);
    const signedIn = cookie === undefined ? undefined : await this.#bySession(cookie);
    if (signedIn !== undefined) return signedIn;
    const { proxy } = this.#signIn;
    const vouched = proxy === undefined ? undefined : vouchedFor(proxy, request);
    if (vouched !== undefined) {
      requireOwnName(userOf(vouched), await this.localNames());
      return vouched;
    }
    return (await this.ways()).length === 0 ? { name: openName, role: 'admin', via: 'open' } : undefined;
  }

  /** Of users who sign in with a password. */
  async localNames(): Promise<readonly string[]> {
    const { users = [] } = this.#signIn;
    return [...users, ...(await this.#store.people.accounts())].map(({ name }) => name);
  }

  /** Begins a session; yields the `Set-Cookie` header. */
  async begin(user: {
    readonly name: string;
    readonly role: Role;
    readonly services?: readonly string[];
    readonly via: 'oidc' | PasswordProof;
  }): Promise<{ readonly caller: Caller; readonly cookie: string }> {
    const secret = randomBytes(32).toString('base64url');
    const now = this.#clock.now();
    const session = { ...user, hash: sha256(secret), expiresAt: now + sessionMs };
    await this.#store.people.addSession(session, now);
    return { caller: callerOfSession(session), cookie: this.#cookie(sessionCookie, secret, sessionMs) };
  }

  /** Ends the session; yields the `Set-Cookie` header. */
  async end({ session }: Caller): Promise<string> {
    if (session !== undefined) {
      await this.#store.people.endSession(session);
      await this.changed();
    }
    return this.#cookie(sessionCookie, '', 0);
  }

  /** For a browser in which somebody has signed in: `Set-Cookie`. It opens nothing; see `Attempts`. */
  known(name: string): string {
    return this.#cookie(knownCookie, this.sealed.seal('known', name, knownMs), knownMs);
  }

  /** Whether somebody has signed in with this name where the request comes from. */
  isKnown(name: string, cookie: (name: string) => string | undefined): boolean {
    return this.sealed.open('known', cookie(knownCookie)) === name;
  }

  /** From now on `look` is called when somebody may have lost a right. */
  watch(look: () => Promise<void>): void {
    this.#watchers.add(look);
  }

  /** Somebody may have lost a right: resolves when everybody who looks at something has been asked again. */
  async changed(): Promise<void> {
    await Promise.all([...this.#watchers].map((look) => look()));
  }

  /** What has to come back in `X-CSRF-Token`. */
  csrf({ name, session }: Caller): string {
    return createHmac('sha256', this.#key)
      .update(`csrf ${session ?? name}`)
      .digest('base64url');
  }

  isCsrf(caller: Caller, given: string | undefined): boolean {
    const digest = (text: string) => createHash('sha256').update(text).digest();
    return given !== undefined && timingSafeEqual(digest(given), digest(this.csrf(caller)));
  }

  get #signIn(): SignInSettings {
    return this.#settings().signIn ?? {};
  }

  #cookie(name: string, value: string, forMs: number): string {
    const secure = this.#settings().url?.startsWith('https:') === true ? '; Secure' : '';
    return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${forMs / 1000}${secure}`;
  }

  async #bySession(secret: string): Promise<Caller | undefined> {
    const now = this.#clock.now();
    const session = await this.#store.people.session(sha256(secret), now);
    // One that is to last longer than any was begun under another clock: it would outlive its time by days.
    if (session !== undefined && session.expiresAt > now + sessionMs + clockSlackMs) return undefined;
    if (session === undefined || session.via === 'oidc') return session && callerOfSession(session);
    // What the user may do now, and not what it was at the time.
    const { name } = session;
    const user =
      this.#signIn.users?.find((one) => one.name === name) ?? (await this.#store.people.account(name));
    if (user === undefined || passwordProof(hashOf(user)) !== session.via) return undefined;
    const { hash, via, expiresAt } = session;
    const { role, services } = user;
    const grant = services === undefined ? { role } : { role, services };
    return callerOfSession({ hash, name, via, expiresAt, ...grant });
  }

  async #byToken(secret: string): Promise<Caller | undefined> {
    const now = this.#clock.now();
    const token = await this.#store.people.token(sha256(secret), now);
    if (token === undefined) return undefined;
    const unclaimed = isUnclaimed(token);
    // Whoever reached the page before anybody had to sign in would keep what they gave themselves.
    if (unclaimed && (await this.ways()).length > 0) return undefined;
    if (now - (this.#used.get(token.id) ?? 0) >= usedEveryMs) {
      this.#used.set(token.id, now);
      await this.#store.people.used(token.id, now);
    }
    const { id, name, role, services, scopes, expiresAt } = token;
    return {
      name: `token:${name}`,
      role: asRole(role),
      via: 'token',
      token: id,
      ...(unclaimed ? { isUnclaimed: true } : {}),
      expiresAt,
      ...(scopes === undefined ? {} : { scopes: asScopes(scopes) }),
      services,
    };
  }
}

function hashOf({ password }: { readonly password: string | { reveal(): string } }): string {
  return typeof password === 'string' ? password : password.reveal();
}

/** Of which password a session is: with another one, or after its user was taken out and put back, it is worth nothing. */
type PasswordProof = `local:${string}`;

export function passwordProof(passwordHash: string): PasswordProof {
  return `local:${sha256(`session ${passwordHash}`).slice(0, 16)}`;
}

/** The file mode of the socket lets in nobody but the user whose patrol it is. */
function overSocket(request: Credentials): Caller {
  const given = percentDecoded(request.header('x-apipatrol-user') ?? 'local');
  const user = given.replaceAll(/[^\p{L}\p{N}_.@-]/gu, '').slice(0, 100);
  return { name: `cli:${user}`, role: 'admin', via: 'socket' };
}

function callerOfSession(session: {
  readonly name: string;
  readonly role: string;
  readonly services?: readonly string[];
  readonly via: string;
  readonly hash: string;
  readonly expiresAt: number;
}): Caller {
  const { name, role, services, via, hash, expiresAt } = session;
  return {
    name: `page:${name}`,
    role: asRole(role),
    via: via === 'oidc' ? 'oidc' : 'local',
    session: hash,
    expiresAt,
    services,
  };
}

function vouchedFor(proxy: ProxySignIn, request: Credentials): Caller | undefined {
  const name = nameFrom(request.header(proxy.header.toLowerCase()));
  if (name === undefined || !isWithin(proxy.from, request.address ?? '')) return undefined;
  const groups =
    proxy.groupsHeader === undefined ? undefined : request.header(proxy.groupsHeader.toLowerCase());
  const role = roleFor(proxy.roles, groups?.split(/[,;|]/).map((group) => group.trim()) ?? [], proxy.role);
  return role === undefined ? undefined : { name: `page:${name}`, role, via: 'proxy' };
}

/** The greatest role that one of the groups gives, else the usual one. */
export function roleFor(
  byRole: Readonly<Partial<Record<Role, readonly string[]>>> | undefined,
  groups: readonly string[],
  usual: Role | undefined,
): Role | undefined {
  const given = roles.findLast((role) => byRole?.[role]?.some((group) => groups.includes(group)) === true);
  return given ?? usual;
}

export function asRole(text: string): Role {
  return roles.find((role) => role === text) ?? 'viewer';
}

export function asScopes(texts: readonly string[]): Scope[] {
  return scopeNames.filter((scope) => texts.includes(scope));
}

/** Who stands in the audit and at tokens as having made something: what comes of an unclaimed token is no better. */
export function makerOf({ name, isUnclaimed }: Caller): string {
  return isUnclaimed === true ? openName : name;
}

/** Whether a token is worthless as soon as somebody has to sign in. */
export function isUnclaimed({ by }: { readonly by: string }): boolean {
  return by === openName;
}

/** The name without how it came in. */
export function userOf({ name, via }: Caller): string {
  return via === 'open' ? name : name.slice(name.indexOf(':') + 1);
}

export function sessionView(caller: Caller, csrf: string): Session {
  const { role, via, services, scopes, expiresAt } = caller;
  return {
    user: userOf(caller),
    role,
    via,
    ...(services === undefined ? {} : { services: [...services] }),
    ...(scopes === undefined ? {} : { scopes: [...scopes] }),
    csrf,
    expiresAt,
  };
}

/** What a browser keeps for us: it can neither read nor change it, and it is good for a time. */
class Sealed {
  readonly #key: Buffer;
  readonly #clock: Clock;

  /** @param key Without one, what was sealed is of use to this process alone. */
  constructor(key: Secret | undefined, clock: Clock) {
    this.#clock = clock;
    this.#key =
      key === undefined ? randomBytes(32) : createHmac('sha256', key.reveal()).update('sealed').digest();
  }

  /** @param purpose What was sealed for one cannot be opened for another. */
  seal(purpose: string, value: unknown, forMs: number): string {
    return seal(JSON.stringify([this.#clock.now() + forMs, value]), purpose, this.#key);
  }

  /** `undefined`: not sealed by us, for another purpose, or too old. */
  open(purpose: string, text: string | undefined): unknown {
    const plain = text === undefined ? undefined : unseal(text, purpose, this.#key);
    if (plain === undefined) return undefined;
    const [expiresAt, value] = JSON.parse(plain) as readonly [number, unknown];
    return this.#clock.now() < expiresAt ? value : undefined;
  }
}
