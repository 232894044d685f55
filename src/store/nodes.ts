import type { Store } from './store.ts';

/** The processes that have one database in common. One of them leads and patrols; the others show what is stored. */
export interface Nodes {
  /** Of this process, another one at each start. */
  readonly id: string;
  /** For what any of them may do: reading, and what people write down. */
  readonly store: Store;
  /** Who leads, and what has happened since it was asked last. Rejects with a `StoreError`; of code `newer` when it cannot go on here. */
  look(): Promise<Sight>;
  /** Leads from now on, where nobody does; `undefined` when another was quicker. Rejects with a `StoreError`. */
  lead(claim: Claim): Promise<Term | undefined>;
  /** Tells the others what has happened. */
  tell(what: string): Promise<void>;
  /** Asks whoever leads for something; what it answered, `undefined` when nobody has by then. */
  ask(what: string, signal: AbortSignal): Promise<string | undefined>;
  readonly tries: Tries;
  /** What whoever led last has kept under a name, JSON; absent: nothing. */
  kept(name: string): Promise<unknown>;
  /** Who there is. Rejects with a `StoreError`. */
  members(): Promise<Members>;
  close(): Promise<void>;
}

/** What was tried lately, over all nodes, by key. Rejects with a `StoreError`. */
export interface Tries {
  /**
   * Counts one more for each of these keys, unless one of them has as many as it may already.
   * @returns `waitMs`: so long until there is one less.
   */
  begin(
    limits: readonly TryLimit[],
    withinMs: number,
  ): Promise<{ readonly id: string } | { readonly waitMs: number }>;
  /** It was right: it does not count, nor does anything before with `key`. */
  forget(id: string, key: string): Promise<void>;
}

export interface TryLimit {
  readonly key: string;
  readonly most: number;
}

/** All nodes that were heard of in the last day and have not been stopped, and who led. Spans are by the clock of the database, ms. */
export interface Members {
  readonly nodes: readonly Member[];
  /** Who leads now. */
  readonly leading?: { readonly id: string; readonly told: string; readonly forMs: number };
  /** Since the lease was renewed last; absent: nobody has it. */
  readonly leaseAgeMs?: number;
  /** How often one took over from another one. */
  readonly failovers: number;
  readonly lastFailover?: Failover;
}

export interface Member {
  readonly id: string;
  readonly host: string;
  /** `host, process 12` */
  readonly told: string;
  readonly version: string;
  readonly forMs: number;
  /** Since its last sign of life. */
  readonly lagMs: number;
  /** By how much its clock is ahead of the database's. */
  readonly aheadMs: number;
}

export interface Failover {
  readonly agoMs: number;
  readonly from: string;
  readonly to: string;
  /** How long nobody led, at the most; absent: not known. */
  readonly unledMs?: number;
}

/** What a node says of itself when it leads. */
export interface Claim {
  /** Names of what it patrols. */
  readonly services: readonly string[];
  /** Tells one configuration from another. */
  readonly configuration: string;
  /** Tells one `APIPATROL_KEY` from another; absent: not known. */
  readonly key?: string;
}

export interface Leader extends Claim {
  /** `Nodes.id` */
  readonly id: string;
  /** For people: `host, process 12`. */
  readonly told: string;
  readonly epoch: number;
}

export interface Sight {
  /** Absent: nobody leads. */
  readonly leader?: Leader;
  /** How long the lease lasts unless it is renewed, ms. */
  readonly leftMs: number;
  /** What whoever leads has said last; absent when it is what it was at the look before. */
  readonly said?: string;
  /** What others have told since the look before, oldest first. */
  readonly happened: readonly string[];
  /** What is asked of whoever leads and has no answer, oldest first. */
  readonly asked: readonly { readonly id: number; readonly what: string }[];
}

/** The time in which a node leads. */
export interface Term {
  /** Everything that is written here is refused once another one leads. */
  readonly store: Store;
  readonly grid: GridMemory;
  /** Aborts when another one leads, or may. */
  readonly lost: AbortSignal;
  /** Whether nobody else can lead yet: asked before something is done that cannot be taken back. */
  holds(): Promise<boolean>;
  /** What only the leader knows, for the others. */
  say(what: string, claim: Claim): Promise<void>;
  answer(id: number, answer: string): Promise<void>;
  /** Keeps something for the next one, and for those who show it, JSON: by its name in place of what was kept before. */
  keep(name: string, what: unknown): Promise<void>;
}

/** Where the grid of a service stands, on the clock of the database: the next one to lead goes on with it. */
export interface GridMemory {
  read(): Promise<readonly KeptSlot[]>;
  /** A cycle has begun. @param slots All that the service has now. */
  begun(cycle: BegunCycle, slots: readonly number[]): Promise<void>;
}

export interface KeptSlot {
  readonly service: string;
  readonly intervalMs: number;
  /** How long ago the grid began, and its last cycle was due; ms. */
  readonly anchorAgeMs: number;
  readonly dueAgeMs: number;
  /** That cycle came to its end. */
  readonly isWhole: boolean;
}

export interface BegunCycle {
  readonly id: number;
  readonly service: string;
  readonly anchorAgeMs: number;
  readonly dueAgeMs: number;
  /** Absent: it is of all. */
  readonly intervalsMs?: readonly number[];
}
