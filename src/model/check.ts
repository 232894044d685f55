import type { Sentence } from './sentence.ts';
import type { Method, ResponseLink, SchemaDialect, SchemaPool } from './document.ts';
import type { Json, JsonSchema } from './json.ts';
import type { Problem } from './problem.ts';
import type {
  Expectation,
  LatencySettings,
  NetworkSettings,
  RedirectPolicy,
  Severity,
  TimeoutSettings,
} from './settings.ts';

/** The executable plan for one operation. */
export interface Check {
  /** Stable over scans, restarts and changes of the document's text: hash of service, method and path. */
  readonly id: string;
  readonly service: string;
  readonly documentId: string;
  /** `GET /orders/{orderId}` */
  readonly operation: string;
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags: readonly string[];
  readonly owners: readonly string[];
  readonly severity: Severity;
  readonly method: Method;
  /** Scheme, host and port: what limits, pools and root causes are keyed by. */
  readonly origin: string;
  readonly request: OutgoingRequest;
  /** Where each filled-in value came from; judges a 4xx later. */
  readonly values: readonly FilledValue[];
  /** Parameters of which captured values are known to work, and none is there now: what is sent was made up; absent: none. */
  readonly standIns?: readonly string[];
  /** Documented optional parameters that are not sent, by name; absent: none. */
  readonly leftOut?: readonly string[];
  /** Those of them that were recorded with an empty value (`?start=`), for somebody to fill in; absent: none. */
  readonly blank?: readonly string[];
  /** Name of the credential that signs it; absent: sent as it is. */
  readonly credential?: string;
  /** Its document asks for no credential of it: while there is no token it is called without. Absent: it is not called then. */
  readonly tokenOptional?: true;
  /** For what nobody signs: how it would be; the same for all of a document at one address. */
  readonly signIn?: SignIn;
  /** The header in which its document has a token, where the settings of the credential put theirs elsewhere; absent: they agree. */
  readonly otherHeader?: string;
  /** What its address is put together from, where that may be meant otherwise; absent: nothing is put together. */
  readonly base?: CombinedBase;
  readonly expectations: readonly Expectation[];
  /** The promised answers, by documented status. */
  readonly promises: readonly Promised[];
  /** Schemas that `promises` refer to; shared by all checks of a document. */
  readonly schemas: SchemaPool;
  readonly dialect: SchemaDialect;
  /** May be sent again: retries and confirmation only when true. */
  readonly repeatable: boolean;
  readonly intervalMs: number;
  readonly timeouts: TimeoutSettings;
  readonly retries: number;
  readonly latency: LatencySettings;
  /** Absent: `same-site` for GET and HEAD, `off` for the others. */
  readonly redirects?: RedirectPolicy;
  readonly network?: NetworkSettings;
}

/** `baseUrl` and the document's own base path make an address together. */
export interface CombinedBase {
  /** Behind the name of an operation: "is called below …". */
  readonly what: Sentence;
  readonly hint: Sentence;
  /** What `baseUrl` is where the service answers without what was put in front. */
  readonly baseUrl: string;
}

/** A credential that the configuration has not got yet. */
export interface SignIn {
  readonly credential: string;
  /** Config lines that make it. */
  readonly lines: string;
}

/** A request before or after its credential has been applied. */
export interface OutgoingRequest {
  readonly method: Method;
  /** Absolute, percent-encoded. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Client certificate to present, PEM. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string };
  /** Where its document has a token go; for a credential whose settings do not say where theirs does. */
  readonly tokenHeader?: string;
}

/**
 * `paging` is a small page or the first one, within the documented bounds; `captured` was taken from another
 * operation's answer.
 */
export type ValueOrigin = 'config' | 'example' | 'default' | 'enum' | 'paging' | 'captured' | 'generated';

/**
 * A server may rightly refuse these with a 4xx: nobody has said that what they name exists, or it may be gone
 * since it was captured.
 */
export const uncertainOrigins: ReadonlySet<ValueOrigin> = new Set<ValueOrigin>(['generated', 'captured']);

export interface FilledValue {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'body';
  readonly value: Json;
  readonly origin: ValueOrigin;
  /** The operation whose answer held it, when it is `captured`. */
  readonly from?: string;
  /** It has worked, and the answer that held it holds none any more: it may be gone. Or it is from another field than what has worked. */
  readonly isKept?: true;
  /** The operation whose answer holds values for it that have a configured secret in them, and are not sent; absent: none does. */
  readonly withheldFrom?: string;
}

export interface Promised {
  /** `200`, `2XX` or `default`. */
  readonly status: string;
  readonly contentTypes: readonly string[];
  /** For the JSON media type, when the document gives one. */
  readonly schema?: JsonSchema;
  /** Bodies of that media type that the document shows. */
  readonly examples?: readonly Json[];
  readonly links?: readonly ResponseLink[];
}

/** Why an operation is not called. */
export interface Skipped {
  /** As its check would have. */
  readonly id: string;
  readonly service: string;
  readonly documentId: string;
  readonly operation: string;
  readonly tags: readonly string[];
  readonly code: SkipCode;
  /** `POST may change data` */
  readonly reason: Sentence;
  /** Config lines that would change it; their comments are in the language of whoever reads. */
  readonly hint?: Sentence;
  /** The parameter that has no value, where one value may do for all of the service. */
  readonly needs?: string;
}

export type SkipCode =
  | 'unsafe-method'
  /** Its method may change data, though by its words it only reads. */
  | 'reads-by-name'
  /** Its words say that it changes something. */
  | 'side-effect'
  /** Signs in or out, sends or draws a code. */
  | 'session'
  /** Its words leave open what it does. */
  | 'unsure'
  | 'no-base-url'
  | 'no-value'
  | 'no-credential'
  | 'foreign-host'
  | 'configured'
  | 'deprecated'
  | 'duplicate'
  | 'not-http'
  | 'streaming'
  | 'download'
  | 'unsupported';

export interface Plan {
  readonly checks: readonly Check[];
  readonly skipped: readonly Skipped[];
  readonly problems: readonly Problem[];
}
