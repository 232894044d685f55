import type { Json } from './json.ts';

/** What a person gives for a way to sign in. `value`: something else, which the document alone names. */
export type SignInAskKind =
  | 'username'
  | 'password'
  | 'token'
  | 'key'
  | 'client-id'
  | 'client-secret'
  | 'value';

export interface SignInAsk {
  /** Where it goes in the options: `['json', 'username']`. */
  readonly path: readonly string[];
  /** What it is called there. */
  readonly name: string;
  readonly kind: SignInAskKind;
}

/** A way to sign in, as documents describe it. */
export interface SignInProposal {
  /** The operation by which one signs in: `POST /auth/login`. */
  readonly operation?: string;
  /** What the document calls the way. */
  readonly securityScheme?: string;
  readonly scheme: string;
  /** As in the configuration, without `scheme`; references and `…` where a person has something to give. */
  readonly options: Readonly<Record<string, Json>>;
  readonly asks: readonly SignInAsk[];
}

/** What the answer of a login shows to whoever reads it: where its token is, and by what it says that it went well. */
export interface LoginReading {
  /** The answer with everything masked that may be secret, at most a screen of it. */
  readonly shown: string;
  /** As `token` of a `login`: `$.data.token`. */
  readonly token?: string | { readonly header: string };
  /** As `success` of a `login`: `$.code == 200`. */
  readonly success?: string;
  /** As `expiresIn` of a `login`, in seconds: `$.data.expiresIn`. */
  readonly expiresIn?: string | undefined;
  /** The token comes with its prefix: none is put before it. */
  readonly isPrefixed?: true;
}
