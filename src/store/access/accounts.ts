/** Who may sign in, and who is signed in. What lets anybody in is kept as a hash alone. Times are epoch ms. */
export interface Accounts {
  accounts(): Promise<readonly Account[]>;
  account(name: string): Promise<Account | undefined>;
  /** Adds it, or replaces the one of that name. */
  putAccount(account: Account): Promise<void>;
  /** Sessions of the account end with it. False when there is none. */
  removeAccount(name: string): Promise<boolean>;
  /** Notes that somebody has just signed in. */
  seen(name: string, at: number): Promise<void>;

  /** Forgets those that have ended by `now`. */
  addSession(session: Session, now: number): Promise<void>;
  /** The one that is still good at `now`. */
  session(hash: string, now: number): Promise<Session | undefined>;
  endSession(hash: string): Promise<void>;
  /** All of one name. */
  endSessions(name: string): Promise<void>;

  tokens(): Promise<readonly ApiToken[]>;
  addToken(token: ApiToken & { readonly hash: string }): Promise<void>;
  /** The one that is still good at `now`. */
  token(hash: string, now: number): Promise<ApiToken | undefined>;
  used(tokenId: string, at: number): Promise<void>;
  removeToken(id: string): Promise<boolean>;
  /** It is good for nothing from now on, and still listed with the reason. Forgets those that ended months ago. */
  endToken(id: string, end: TokenEnd): Promise<void>;

  /** Whether the name is this one's of a sign-in provider: it is the first one's who came with one that reads alike. */
  ownsName(alike: string, subject: string): Promise<boolean>;

  /** True the first time; the nonce is remembered until `expiresAt`. */
  spendLink(nonce: string, expiresAt: number, now: number): Promise<boolean>;
  isSpent(nonce: string): Promise<boolean>;
}

/** What somebody may do, and about which services; absent: all. */
export interface Grant {
  readonly role: string;
  readonly services?: readonly string[];
}

export interface Account extends Grant {
  readonly name: string;
  /** Hashed. */
  readonly password: string;
  readonly createdAt: number;
  readonly lastSeenAt?: number;
}

export interface Session extends Grant {
  readonly hash: string;
  readonly name: string;
  readonly via: string;
  readonly expiresAt: number;
}

export interface ApiToken extends Grant {
  /** What it was made for alone; absent: all that the role may. */
  readonly scopes?: readonly string[];
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly createdAt: number;
  readonly expiresAt?: number;
  readonly lastUsedAt?: number;
  readonly ended?: TokenEnd;
}

/** Why a token is good for nothing before its time. */
export interface TokenEnd {
  readonly at: number;
  /** Who had made it, or the token that made it. */
  readonly user: string;
  /** What became of that one: gone, or with less to say. */
  readonly because: 'removed' | 'changed';
}
