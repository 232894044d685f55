import type { Calendar, DayKind } from './calendar.ts';
import type { Method } from './document.ts';
import type { CauseLevel } from './cause.ts';
import type { Json } from './json.ts';
import type { MaintenanceWindow } from './silence.ts';

/**
 * The configuration as the program uses it: defaults applied, durations in milliseconds, secrets wrapped,
 * paths absolute. Read-only; a reload makes a new one. What the user writes is described in `config/schema.ts`.
 */
export interface Settings {
  readonly intervalMs: number;
  readonly services: readonly ServiceSettings[];
  readonly credentials: Readonly<Record<string, CredentialSettings>>;
  readonly channels: Readonly<Record<string, ChannelSettings>>;
  readonly routes: readonly RouteSettings[];
  readonly limits: LimitSettings;
  /** Networks in which workers call operations, by name; absent: everything is called from here. */
  readonly locations?: Readonly<Record<string, LocationSettings>>;
  readonly store: StoreSettings;
  /** How whatever is no service's own is reached: channels, providers of sign-ins; services have it in theirs. */
  readonly network?: NetworkSettings;
  /** Called after every cycle. */
  readonly heartbeat?: string;
  /** For `serve`. */
  readonly server: ServerSettings;
  /** How long `stop` waits for checks in flight. */
  readonly graceMs: number;
  /** IANA name used in messages and reports. */
  readonly timeZone: string;
  /** Which days are workdays; absent: Monday to Friday. */
  readonly calendar?: Calendar;
  readonly maintenance?: readonly MaintenanceWindow[];
  readonly slo?: readonly ObjectiveSettings[];
  readonly summaries?: readonly SummarySettings[];
  /** Credentials may run commands. */
  readonly allowExec?: boolean;
  /** URL of something that is up whenever the network of the patrol is. */
  readonly connectivityUrl?: string;
  /** Absolute path of a font with Chinese, for pictures. */
  readonly font?: string;
  readonly language: Language;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Where the name of a credential stands: send it as it is, whatever the document says. */
export const noCredential = 'none';

export type Language = 'zh' | 'en';

export type Severity = 'critical' | 'major' | 'minor';

export interface ServiceSettings {
  readonly name: string;
  /** Globs, files (absolute) or http(s) URLs. */
  readonly docs: readonly string[];
  /** Folder that relative paths and `$ref`s to files are confined to. */
  readonly root: string;
  /** Overrides the document's servers. */
  readonly baseUrl?: string;
  /** Selects one of the document's servers by name or URL. */
  readonly server?: string;
  readonly credential?: string;
  /** Reads the documents behind URLs; default: `credential`, where a document stands on the service's own origin. */
  readonly docsCredential?: string;
  /** What documents say about owners and severity counts; absent: of those on this machine or on the service's host. */
  readonly docsTrusted?: boolean;
  /** Sent with every check of the service. */
  readonly headers: Readonly<Record<string, string>>;
  readonly owners: readonly string[];
  readonly intervalMs: number;
  readonly timeouts: TimeoutSettings;
  readonly retries: number;
  readonly severity: Severity;
  readonly latency: LatencySettings;
  /** Absent: `same-site` for GET and HEAD, `off` for the others. */
  readonly redirects?: RedirectPolicy;
  readonly network?: NetworkSettings;
  /** Where its operations are called, by name; absent: here. */
  readonly locations?: readonly string[];
  /** From so many of them a failure has to be seen to be the service's; absent: from most. */
  readonly quorum?: number;
  /** Values for parameters of any operation of the service, by parameter name. */
  readonly params: Readonly<Record<string, Json>>;
  /** Where those stand in the config (`apipatrol.yaml:12:5`), for warnings of what none takes. */
  readonly paramPlaces?: Readonly<Record<string, string>>;
  readonly expect: readonly Expectation[];
  /** In the order written; a later one wins over an earlier one, key by key. */
  readonly overrides: readonly OverrideSettings[];
}

export interface LocationSettings {
  /** Credentials that may be used there. */
  readonly credentials: readonly string[];
}

/**
 * Which redirects of a check are followed. `same-site`: to the same host, with http → https; `follow`: to any host, to
 * others without anything that says who asks. What is not followed is told with its target.
 */
export const redirectPolicies = ['same-site', 'follow', 'off'] as const;
export type RedirectPolicy = (typeof redirectPolicies)[number];

export interface TimeoutSettings {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly totalMs: number;
}

/** How requests reach their servers, where that is not plainly. */
export interface NetworkSettings {
  /** `http://user:password@host:port`, or `none`; absent: what `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say. */
  readonly proxy?: string;
  /** Certificates (PEM) of authorities that are trusted beside the usual ones. */
  readonly ca?: string;
  /** `false`: take any certificate. */
  readonly verify?: boolean;
  /** Asked for in TLS (SNI) and expected in the certificate in place of the host's name. */
  readonly serverName?: string;
  /** Fixed addresses for host names, instead of DNS. */
  readonly resolve?: Readonly<Record<string, string>>;
  /** Only IPv4 or only IPv6. */
  readonly family?: 4 | 6;
  /** Offer HTTP/2 to https origins. */
  readonly http2?: boolean;
  /** Hosts (`*.corp.example`) that may have internal addresses although only documents name them. */
  readonly internal?: readonly string[];
  /** A new connection for every call, for those who watch how connections come about. */
  readonly fresh?: boolean;
}

export interface LatencySettings {
  /** Objective for the 95th percentile of the whole call. */
  readonly p95Ms: number;
}

export interface LimitSettings {
  /** Checks in flight at once, overall and for one origin. */
  readonly concurrency: number;
  readonly perOrigin: number;
  /** Requests a second to one origin. */
  readonly ratePerOrigin: number;
  /** Bytes of an answer that are read; the rest is cut off. */
  readonly bodyBytes: number;
}

export interface StoreSettings {
  /** Absolute path of the embedded database; beside it is what commands of this machine reach the patrol by. */
  readonly path: string;
  /** A PostgreSQL database in place of it. */
  readonly url?: Hidden;
  /** Of single results. */
  readonly retentionMs: number;
  /** Of hourly sums, incidents and the audit. */
  readonly historyMs: number;
}

/** `match` is `GET /orders/{id}`, a glob over it (`* /orders/**`), `operationId:x` or `tag:y`. */
export interface OverrideSettings {
  readonly match: string;
  /** Where it stands in the config (`apipatrol.yaml:12:5`), for "matches nothing" warnings. */
  readonly at?: string;
  /** It stands there for all services: that it fits nothing in one of them is no mistake. */
  readonly isShared?: boolean;
  readonly intervalMs?: number;
  readonly timeouts?: Partial<TimeoutSettings>;
  readonly retries?: number;
  readonly redirects?: RedirectPolicy;
  readonly params?: Readonly<Record<string, Json>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON when it is not a string. */
  readonly body?: Json;
  readonly expect?: readonly Expectation[];
  readonly severity?: Severity;
  readonly latency?: LatencySettings;
  /** `true` or the reason, which `scan` shows. */
  readonly skip?: boolean | string;
  /** `true`: call it although it may change data; `unsure`: only where names leave open what it does. */
  readonly allow?: boolean | 'unsure';
  readonly owners?: readonly string[];
  readonly credential?: string;
}

/**
 * One thing that an answer must fulfil. `kind` names an entry of `check/expectations/`, which also owns and has
 * checked the shape of `settings`.
 */
export interface Expectation {
  readonly kind: string;
  readonly settings: unknown;
}

/** `scheme` names an entry of `auth/schemes/`; `options` has been checked by that scheme's own schema. */
export interface CredentialSettings {
  readonly name: string;
  readonly scheme: string;
  readonly options: unknown;
}

/** `kind` names an entry of `notify/channels/`; `options` has been checked by that channel's own schema. */
export interface ChannelSettings {
  readonly name: string;
  readonly kind: string;
  readonly language?: Language;
  /** Channels that get its messages while it is broken, and hear of it; absent: all others hear of it. */
  readonly fallback?: readonly string[];
  /** Liquid; takes the place of the channel's own text. */
  readonly template?: string;
  readonly options: unknown;
}

export interface RouteSettings {
  readonly to: readonly string[];
  readonly services?: readonly string[];
  readonly tags?: readonly string[];
  /** Incidents that one of these owns. */
  readonly owners?: readonly string[];
  readonly causes?: readonly CauseLevel[];
  /** This severity and above. */
  readonly severity?: Severity;
  /** Only then; absent: always. */
  readonly when?: readonly TimeSpan[];
  /** What is not critical waits until these are over. */
  readonly quiet?: readonly TimeSpan[];
  /** Whom to tell when nobody has taken care, by time. */
  readonly escalate?: readonly EscalationSettings[];
  /** Tell it also of changes of documents that break callers; absent: only of incidents. */
  readonly documentChanges?: 'breaking';
}

/** What is to hold over a time. Shares are above 0 and below 1. */
export interface ObjectiveSettings {
  readonly name: string;
  readonly services?: readonly string[];
  readonly tags?: readonly string[];
  /** Share of the calls that succeed. */
  readonly availability?: number;
  /** Share of the answers that keep to the operation's latency objective. */
  readonly latency?: number;
  readonly windowMs: number;
}

/** A summary of the last day or week as a message. */
export interface SummarySettings {
  readonly every: 'day' | 'week';
  /** `09:00` */
  readonly at: string;
  /** A daily one comes on these days only, a weekly one on the first of them in the week. */
  readonly on?: DayKind;
  readonly to: readonly string[];
}

/** A part of the day, in minutes since midnight by the wall clock; over midnight when `to` is not after `from`. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
  /** Of the day on which it begins; absent: every day. */
  readonly days?: readonly DayKind[];
}

export interface EscalationSettings {
  /** Since the incident began. */
  readonly afterMs: number;
  readonly to: readonly string[];
}

export const safeMethods: ReadonlySet<Method> = new Set<Method>(['GET', 'HEAD', 'OPTIONS']);

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
  readonly statusPage?: StatusPageSettings;
  readonly signIn?: SignInSettings;
}

export interface StatusPageSettings {
  readonly title?: string;
  /** Below the heading. */
  readonly about?: string;
  readonly services?: readonly string[];
  /** Service → what the public is told that it is called. */
  readonly names?: Readonly<Record<string, string>>;
  /** Are told of every change. */
  readonly webhooks?: readonly string[];
}

export interface SignInSettings {
  readonly users?: readonly LocalUser[];
  readonly oidc?: OidcSignIn;
  readonly proxy?: ProxySignIn;
}

type UserRole = 'viewer' | 'operator' | 'admin';

/** A value that prints as `***`. */
interface Hidden {
  reveal(): string;
}

interface LocalUser {
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
