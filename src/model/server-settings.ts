/** For `apipatrol serve`. */
export interface ServerSettings {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Where people reach it, without a slash at its end. */
  readonly url?: string;
  /** Addresses and networks (CIDR) whose `X-Forwarded-For` is believed. */
  readonly proxies?: readonly string[];
  /** Who may scrape `/metrics`. */
  readonly metrics: 'signed-in' | 'public';
  /** Shown to everybody; absent: nothing is. */
  readonly statusPage?: { readonly title?: string; readonly services?: readonly string[] };
  readonly signIn?: SignInSettings;
}

export interface SignInSettings {
  readonly users?: readonly LocalUser[];
  readonly oidc?: OidcSignIn;
  readonly proxy?: ProxySignIn;
}

export type UserRole = 'viewer' | 'operator' | 'admin';

/** A value that prints as `***`. */
interface Hidden {
  reveal(): string;
}

export interface LocalUser {
  readonly name: string;
  /** Hashed. */
  readonly password: Hidden;
  readonly role: UserRole;
  readonly services?: readonly string[];
}

type Groups = Readonly<Partial<Record<UserRole, readonly string[]>>>;

export interface OidcSignIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: Hidden;
  readonly scopes: readonly string[];
  readonly nameClaim: string;
  readonly groupsClaim: string;
  readonly roles?: Groups;
  /** Of everybody whom no group gives one; absent: they may not come in. */
  readonly role?: UserRole;
}

export interface ProxySignIn {
  readonly header: string;
  readonly groupsHeader?: string;
  /** Addresses and networks (CIDR) that are believed. */
  readonly from: readonly string[];
  readonly roles?: Groups;
  readonly role?: UserRole;
}
