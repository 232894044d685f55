import type { Examined } from '../lib/condition/condition.ts';
import type { Sentence } from '../model/sentence.ts';
import type { Check, OutgoingRequest } from '../model/check.ts';
import type { Json } from '../model/json.ts';

/** A request that carries its credential, or the reason why it cannot. */
export type Authorization =
  | { readonly ok: true; readonly request: OutgoingRequest; readonly generation: number }
  | { readonly ok: false; readonly message: Sentence };

/** Who looks into the bodies of good answers, for values that other checks need. */
export interface AnswerReader {
  wants(checkId: string): boolean;
  /** `body`: the whole JSON of an answer that kept its promises, or nearly so; numbers that would lose digits are texts. */
  observe(check: Check, body: Json): void;
}

/** How the engine gets requests signed; implemented by `auth/`, handed in by the pipeline. */
export interface Authorizer {
  authorize(credential: string, request: OutgoingRequest, signal: AbortSignal): Promise<Authorization>;
  /**
   * The server refused this generation of the token (401, or the body rule of the credential). True when a newer
   * one is at hand and the request may be sent once more; `later` when none may be asked for yet. `header` gives the headers of that answer by lower-case
   * name: a Digest challenge and the server's clock are in them.
   */
  rejected(
    credential: string,
    generation: number,
    signal: AbortSignal,
    header?: (name: string) => string | undefined,
  ): Promise<boolean | 'later'>;
  /** The client certificate that the credential presents, for connections that carry no request. */
  clientCertificate?(credential: string): OutgoingRequest['tls'];
  /**
   * Whether this answer says that the token is not accepted: 401, or what the credential's `rejectedWhen` names
   * (many systems answer HTTP 200 with `code: 40101`, or redirect to a login page). The body is read only when a
   * rule looks into it.
   */
  refused?(credential: string, answer: Examined): boolean;
}
