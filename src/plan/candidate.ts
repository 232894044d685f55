import type { Effort } from '../lib/effort.ts';
import type { FilledValue, SignIn } from '../model/check.ts';
import type { Document, Operation, SecurityScheme } from '../model/document.ts';
import type { Settings, ServiceSettings } from '../model/settings.ts';
import type { CredentialHosts } from './request/credential-hosts.ts';
import type { CapturedValues } from './captures.ts';
import type { Rules } from './rules.ts';
import type { Trials } from './values/trials.ts';

/** One operation with everything that decides what becomes of it. */
export interface Candidate {
  readonly id: string;
  readonly service: ServiceSettings;
  readonly document: Document;
  /** All of the service, the same list for all of its operations. */
  readonly documents: readonly Document[];
  readonly operation: Operation;
  readonly rules: Rules;
  /** What making up values for it may take. */
  readonly effort: Effort;
}

export type Refusal = (origin: string, address: string, internal?: readonly string[]) => string | undefined;

/** What all operations share. */
export interface PlanContext {
  readonly credentials: Settings['credentials'];
  readonly satisfies: (credential: string) => readonly SecurityScheme['kind'][];
  readonly hosts: CredentialHosts;
  /** Why an address must not be called for an origin, if so; `internal`: hosts that may have internal ones. */
  readonly refusal: Refusal | undefined;
  readonly acceptLanguage: string;
  readonly userAgent: string;
  readonly now: number;
  readonly captured: CapturedValues;
  readonly trials: Pick<Trials, 'of'>;
  /** Headers of requests so far, by their content. */
  readonly headers: Map<string, Readonly<Record<string, string>>>;
  /** Origins so far. */
  readonly origins: Map<string, string>;
  /** How one would sign in, by service, document and address, so far. */
  readonly signIns: Map<string, SignIn>;
}

/** What is sent after the headers, and where it comes from. */
export interface Body {
  readonly contentType: string;
  readonly text: string;
  readonly filled: readonly FilledValue[];
}
