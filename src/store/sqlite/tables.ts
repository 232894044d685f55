import type { Generated } from 'kysely';

/** The tables as `migrations.ts` leaves them. Times are epoch ms unless said otherwise. */
export interface Tables {
  readonly check_ref: CheckRefTable;
  readonly cycle: CycleTable;
  readonly result: ResultTable;
  readonly result_detail: ResultDetailTable;
  readonly rollup: RollupTable;
  readonly rolled_hour: { readonly hour: number };
  readonly budget: BudgetTable;
  readonly look: LookTable;
  readonly incident: IncidentTable;
  readonly transition: TransitionTable;
  readonly outbox: OutboxTable;
  readonly outbox_incident: OutboxIncidentTable;
  readonly acknowledgement: AcknowledgementTable;
  readonly silence: SilenceTable;
  readonly audit: AuditTable;
  readonly send_slot: SendSlotTable;
  readonly channel: ChannelTable;
  readonly document: DocumentTable;
  readonly document_change: DocumentChangeTable;
  readonly account: AccountTable;
  readonly session: SessionTable;
  readonly api_token: ApiTokenTable;
  readonly spent_link: SpentLinkTable;
  readonly first_answer: FirstAnswerTable;
  readonly retention: RetentionTable;
  readonly proof: ProofTable;
  readonly provided_name: ProvidedNameTable;
}

/** Whose a name is that a sign-in provider has given: the first one's who came with it. */
interface ProvidedNameTable {
  /** As `readAlike` puts it. */
  readonly alike: string;
  /** Issuer and `sub`, hashed. */
  readonly subject: string;
}

/** When what is kept for the same time was last looked through for what is too old. */
interface RetentionTable {
  /** `probe`: nothing; it is written to see whether something can be. */
  readonly kept: 'results' | 'history' | 'probe';
  /** How long it was kept then. */
  readonly kept_ms: number;
  readonly at: number;
}

/** Gives every check a small number, so that a result does not repeat its id. */
interface CheckRefTable {
  readonly no: Generated<number>;
  readonly id: string;
  readonly service: string;
  readonly operation: string;
}

interface CycleTable {
  readonly id: Generated<number>;
  readonly due_at: number;
  readonly started_at: number;
  /** `CycleOutcome`; null while it runs. */
  readonly outcome: string | null;
  /** `CycleStatistics`, JSON, deflated. */
  readonly statistics: Uint8Array | null;
}

/** Small on purpose: see `result-row.ts`. */
export interface ResultTable {
  readonly cycle_id: number;
  readonly check_no: number;
  /** Index into `verdicts`. */
  readonly verdict: number;
  /** Index into `reasonCodes`. */
  readonly code: number;
  /** Tenths of a second since the start of the cycle. */
  readonly at: number;
  readonly status: number | null;
  readonly bytes: number;
  /** Tenths of a millisecond, as the two below. */
  readonly first_byte: number | null;
  readonly download: number | null;
  readonly total: number;
  /** Attempts and connection phases; null for one attempt over a connection that was already open. */
  readonly extra: Uint8Array | null;
}

/** Only for results that are not a pass. */
interface ResultDetailTable {
  readonly cycle_id: number;
  readonly check_no: number;
  /** Reason message, findings and evidence, JSON, deflated. */
  readonly data: Uint8Array;
}

/** One hour of one service: see `rollup-codec.ts`. */
interface RollupTable {
  readonly hour: number;
  readonly service: string;
  readonly data: Uint8Array;
}

/** A look between two cycles. */
interface LookTable {
  readonly id: Generated<number>;
  readonly at: number;
  /** See `past.ts`. */
  readonly data: Uint8Array;
}

/** What an error budget remembers. */
interface BudgetTable {
  /** `BudgetMemory.objective` */
  readonly objective: string;
  /** See `budget-memories.ts`. */
  readonly data: Uint8Array;
}

interface IncidentTable {
  readonly no: Generated<number>;
  /** Short id; only open incidents have different ones. */
  readonly id: string;
  readonly fingerprint: string;
  readonly opened_at: number;
  /** Null while it is open. */
  readonly ended_at: number | null;
  /** `Incident`, JSON. */
  readonly data: string;
  /** 1: of something of the patrol itself. */
  readonly own: Generated<number>;
}

interface TransitionTable {
  readonly incident_no: number;
  readonly version: number;
  readonly kind: string;
  readonly at: number;
  readonly cycle_id: number;
  /** The incident as it was then, JSON. */
  readonly data: string;
  /** `Suppression`, JSON; null when it was to be told. */
  readonly suppressed: string | null;
}

interface OutboxTable {
  readonly id: Generated<number>;
  readonly dedup_key: string;
  readonly channel: string;
  readonly created_at: number;
  /** `MessageContent`, JSON. */
  readonly content: string;
  /** `superseded`: told by a later message that stands for several. */
  readonly state: 'pending' | 'sent' | 'undelivered' | 'superseded';
  readonly attempt: Generated<number>;
  readonly not_before: Generated<number>;
  readonly lease_until: Generated<number>;
  /** 1: those behind it do not wait for it. */
  readonly aside: Generated<number>;
  /** How often it was sent without an answer: it may have arrived. */
  readonly unclear: Generated<number>;
  /** JSON array of parts, fixed at the first attempt. */
  readonly rendered: string | null;
  readonly parts_sent: Generated<number>;
  readonly settled_at: number | null;
  readonly receipt: string | null;
  readonly code: string | null;
  readonly message: string | null;
  /** What the code means to a person. */
  readonly hint: string | null;
}

/** Which incidents a message is about. */
interface OutboxIncidentTable {
  readonly incident_no: number;
  readonly outbox_id: number;
  readonly kind: string;
}

interface AcknowledgementTable {
  readonly incident_no: number;
  readonly by: string;
  readonly at: number;
  readonly until: number;
  readonly note: string | null;
  /** Before its time; null: not so. */
  readonly ended_at: number | null;
}

interface SilenceTable {
  readonly id: Generated<number>;
  /** `IncidentMatcher`, JSON. */
  readonly matcher: string;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly by: string;
  readonly reason: string;
  readonly created_at: number;
}

interface AuditTable {
  readonly id: Generated<number>;
  readonly at: number;
  readonly by: string;
  readonly action: string;
  readonly subject: string;
  readonly note: string | null;
  readonly incident_no: number | null;
}

/** One row a message sent in the last minute: the rate limit that all processes share. */
interface SendSlotTable {
  /** What the limit is for: a robot, a channel. */
  readonly bucket: string;
  readonly at: number;
}

/** How the channels are doing. */
interface ChannelTable {
  readonly name: string;
  /** `ChannelRecord`, JSON. */
  readonly data: string;
}

interface DocumentTable {
  readonly id: string;
  readonly service: string;
  readonly uri: string;
  readonly parser: string;
  readonly content_hash: string;
  /** JSON of `CachedDocument.files`. */
  readonly files: string;
  /** JSON of `CachedDocument.problem`. */
  readonly problem: string | null;
  readonly read_at: number;
  /** `Document` without its schemas, JSON, deflated. */
  readonly body: Uint8Array | null;
  /** `Document.schemas`, JSON, deflated. */
  readonly schemas: Uint8Array | null;
}

interface DocumentChangeTable {
  readonly id: Generated<number>;
  readonly at: number;
  readonly document_id: string;
  /** `ChangeSet`, JSON, deflated. */
  readonly data: Uint8Array;
}

/** A local user. */
interface AccountTable {
  readonly name: string;
  readonly role: string;
  /** JSON array; null: all. */
  readonly services: string | null;
  /** scrypt, with its parameters: see `server/access/password.ts`. */
  readonly password: string;
  readonly created_at: number;
  readonly last_seen_at: number | null;
}

interface SessionTable {
  /** SHA-256 (hex) of what the cookie holds. */
  readonly hash: string;
  readonly name: string;
  readonly role: string;
  readonly services: string | null;
  readonly via: string;
  readonly expires_at: number;
}

interface ApiTokenTable {
  readonly id: string;
  /** SHA-256 (hex) of the token. */
  readonly hash: string;
  readonly name: string;
  readonly role: string;
  readonly services: string | null;
  /** JSON array; null: all that the role may. */
  readonly scopes: string | null;
  readonly by: string;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
  /** JSON of a `TokenEnd`; null: it has not been ended. */
  readonly ended: string | null;
}

/** Links that have been followed; kept until they would have expired anyway. */
interface SpentLinkTable {
  readonly nonce: string;
  readonly expires_at: number;
}

/** Requests that are the same one when they come again. */
interface FirstAnswerTable {
  /** Keyed hash of who asked and of the `Idempotency-Key`. */
  readonly key: string;
  /** Keyed hash of what was asked. */
  readonly asked: string;
  /** The answer, sealed; null while there is none. */
  readonly sealed: string | null;
  readonly expires_at: number;
}

/** `Proof`. */
interface ProofTable {
  readonly check_id: string;
  readonly place: string;
  readonly filled: string;
  /** 0 or 1. */
  readonly matched: number;
}
