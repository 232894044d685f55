/** A process that calls operations at a location. Times are epoch ms. */
export interface StoredWorker {
  readonly id: string;
  readonly location: string;
  /** Of its host. */
  readonly name: string;
  /** X25519, as a JWK: what is meant for it alone is sealed with it. */
  readonly publicKey: string;
  readonly version: string;
  readonly joinedAt: number;
  /** Absent: it has joined and has never asked for work. */
  readonly seenAt?: number;
  /** How far its clock is ahead of the server's, ms. */
  readonly skewMs: number;
  /** Batches that it has in hand. */
  readonly batches: number;
}

export interface JoinToken {
  /** Of the token; nothing else is kept of it. */
  readonly hash: string;
  readonly location: string;
  readonly by: string;
  readonly expiresAt: number;
}

/** Why a token lets nobody in. */
export type JoinRefusal = 'unknown' | 'expired' | 'used' | { readonly meantFor: string };

export interface NewBatch {
  readonly location: string;
  /** The process that waits for what comes of it. */
  readonly owner: string;
  readonly origin: string;
  /** Names of credentials that its checks are called with. */
  readonly credentials: readonly string[];
  /** Sealed. */
  readonly order: Uint8Array;
  /** After this it is nobody's any more, s. */
  readonly expireInS: number;
}

/** A batch in the hands of a worker. `attempt` counts from 1 the workers that have had it. */
export interface BatchHold {
  readonly id: string;
  readonly attempt: number;
}

export interface TakenBatch extends BatchHold {
  readonly order: Uint8Array;
  /** Places in it of checks that have come to a result already. */
  readonly done: readonly number[];
}

/** What a worker is known to hold, for whoever signs its requests. */
export interface HeldBatch {
  readonly location: string;
  readonly origin: string;
  readonly credentials: readonly string[];
}

export interface BatchPart extends BatchHold {
  /** Counted from 0 in each attempt; the same part given again changes nothing. */
  readonly no: number;
  /** Places in the batch of the checks whose results are in it. */
  readonly done: readonly number[];
  /** Sealed. */
  readonly data: Uint8Array;
  /** Nothing more comes. */
  readonly isLast: boolean;
}

export interface FoundPart {
  readonly batch: string;
  readonly attempt: number;
  readonly no: number;
  readonly data: Uint8Array;
  readonly isLast: boolean;
}

/** What waits at a location. */
export interface LocationQueue {
  readonly location: string;
  /** Batches that nobody has in hand. */
  readonly waiting: number;
  /** Batches in the hands of workers. */
  readonly held: number;
  /** How long the first one has waited; 0: none waits. */
  readonly oldestMs: number;
}

/**
 * Workers, and the batches of checks that they are given: in the database that all servers have in common. Each call is
 * one transaction; it rejects with a `StoreError`.
 */
export interface WorkStore {
  addJoinToken(token: JoinToken, now: number): Promise<void>;
  /** Those that would still let a worker in, the first to expire first. */
  joinTokens(now: number): Promise<readonly JoinToken[]>;
  /** It lets nobody in from then on. False when it has been used, or there is none. */
  removeJoinToken(hash: string): Promise<boolean>;
  /** Makes a worker of whoever has the token, which lets nobody else in from then on. */
  join(
    tokenHash: string,
    worker: Omit<StoredWorker, 'batches' | 'seenAt' | 'skewMs'> & { readonly secretHash: string },
  ): Promise<JoinRefusal | undefined>;
  /** Those that may work, the oldest first. */
  workers(): Promise<readonly StoredWorker[]>;
  /** The one with this id and secret; absent: there is none, or it was removed. */
  worker(id: string, secretHash: string): Promise<StoredWorker | undefined>;
  seen(
    id: string,
    about: { readonly at: number; readonly skewMs: number; readonly version: string },
  ): Promise<void>;
  /** What it holds is taken from it at once. False when there is none. */
  removeWorker(id: string): Promise<boolean>;

  /** Opens what batches go through; `locations` are those that there are. */
  open(locations: readonly string[]): Promise<void>;
  /** Returns its id. */
  put(batch: NewBatch): Promise<string>;
  /** The next one that waits at a location, in the hands of the worker for `leaseMs`. */
  take(location: string, worker: string, leaseMs: number): Promise<TakenBatch | undefined>;
  /** Prolongs what the worker holds; returns the ids of those that are not its own any more. */
  renew(worker: string, held: readonly BatchHold[], leaseMs: number): Promise<readonly string[]>;
  /** Gives back what the worker holds: others go on with it. */
  release(worker: string, held: readonly BatchHold[]): Promise<void>;
  /** Absent: it is not the worker's. */
  held(worker: string, hold: BatchHold): Promise<HeldBatch | undefined>;
  /** False when the batch is not the worker's any more: nothing is kept of it. */
  addPart(worker: string, part: BatchPart): Promise<boolean>;
  /** What has come for this owner, the oldest first, until it says that it has it. */
  parts(owner: string): Promise<readonly FoundPart[]>;
  hasParts(parts: readonly FoundPart[]): Promise<void>;
  /** Nobody waits for them any more. */
  drop(ids: readonly string[]): Promise<void>;
  /** Drops those of other owners: nobody puts batches but this one. */
  dropOthers(owner: string): Promise<void>;
  /** Lets others have what workers hold that are not heard of any more. Returns how many there were. */
  takeBack(): Promise<number>;

  /** Of the locations for which there is a batch. */
  queues(): Promise<readonly LocationQueue[]>;

  putDocument(hash: string, data: Uint8Array, now: number): Promise<void>;
  document(hash: string): Promise<Uint8Array | undefined>;
}
