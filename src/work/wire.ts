import { z } from 'zod';
import type { Check, OutgoingRequest } from '../model/check.ts';
import type { SchemaDialect, SchemaPool } from '../model/document.ts';
import type { Json } from '../model/json.ts';
import type { Result } from '../model/result.ts';
import type { LimitSettings } from '../model/settings.ts';

/** Where workers ask, below the address of a server. */
export const workPath = '/work';

/** A worker that is not heard of for so long has its batches taken over. */
export const leaseMs = 6000;
/** How often a worker says that it goes on. */
export const aliveEveryMs = 2000;
/** How often a worker that holds nothing does. */
export const idleAliveEveryMs = 4000;
/** How long a server keeps a worker waiting for a batch. */
export const longPollMs = 20_000;

const version = z
  .string()
  .regex(/^\d+\.\d+\.\d+/)
  .max(60);
const hold = z.object({ id: z.string().max(60), attempt: z.int().min(1) });
const holds = z.array(hold).max(5000);
/** Of the worker, epoch ms. */
const at = z.number();
const jwk = z.record(z.string(), z.string().max(200));

export const joinRequest = z.object({
  token: z.string().max(200),
  location: z.string().max(40),
  name: z.string().max(200),
  publicKey: jwk,
  version,
});
/** `sealed`: the secret by which the worker is known from then on. */
export const joinAnswer = z.object({ id: z.string(), sealed: z.string() });
export interface JoinedSecret {
  readonly secret: string;
}

export const leaseRequest = z.object({ location: z.string().max(40), version, at });
/** `sealed`: an `Order`. `now`: of the server, epoch ms. */
export const leaseAnswer = z.object({
  id: z.string(),
  attempt: z.int(),
  done: z.array(z.int()),
  now: z.number(),
  sealed: z.string(),
});

export const aliveRequest = z.object({ version, at, held: holds });
export const aliveAnswer = z.object({ now: z.number(), lost: z.array(z.string()) });
export const releaseRequest = z.object({ held: holds });

export const signRequest = hold.extend({ credential: z.string().max(200), request: z.unknown() });
/** `sealed`: a `Signed`. */
export const sealedAnswer = z.object({ sealed: z.string() });
export const rejectedRequest = hold.extend({
  credential: z.string().max(200),
  generation: z.number(),
  headers: z.record(z.string(), z.string()),
});
export const rejectedAnswer = z.object({ renewed: z.union([z.boolean(), z.literal('later')]) });

export const partRequest = hold.extend({
  no: z.int().min(0),
  isLast: z.boolean(),
  done: z.array(z.int().min(0)).max(5000),
  found: z.unknown(),
});
export const partAnswer = z.object({ isYours: z.boolean() });

export const documentRequest = z.object({ hash: z.string().max(100) });

/** Headers of a refusing answer that ways to sign in look into. */
export const refusalHeaders = ['www-authenticate', 'date'] as const;

/** A check without what all checks of its document have in common. */
export type SentCheck = Omit<Check, 'schemas' | 'dialect'> & {
  /** Hash of its `SentDocument`. */
  readonly document: string;
};

export interface SentDocument {
  readonly schemas: SchemaPool;
  readonly dialect: SchemaDialect;
}

/** What is to be called, and how. */
export interface Order {
  readonly checks: readonly SentCheck[];
  readonly graceMs: number;
  readonly confirmAfterMs?: readonly number[];
  /** By the clock of the server. */
  readonly spread?: { readonly fromEpochMs: number; readonly overMs: number };
  readonly limits: LimitSettings;
  /** Into how many batches the checks of the origin are divided: each has its share of the limits. */
  readonly shares: number;
  readonly trustedOrigins: readonly string[];
  readonly connectivityUrl?: string;
  /** Ids of checks whose good answers are wanted whole. */
  readonly wanted: readonly string[];
  readonly credentials: Readonly<Record<string, SentCredential>>;
}

export interface SentCredential {
  /** Conditions of which any says that a token is refused. */
  readonly rejectedWhen: readonly string[];
  /** Connections are opened with one: it is put in where the batch is handed out. */
  readonly hasCertificate: boolean;
  readonly tls?: OutgoingRequest['tls'];
}

export type Signed =
  | { readonly ok: true; readonly request: OutgoingRequest; readonly generation: number }
  | { readonly ok: false; readonly message: unknown };

/** What came of some checks of a batch, in the order in which it came. */
export interface Found {
  readonly results: readonly Result[];
  /** By id of a check, what it was answered. */
  readonly bodies: readonly (readonly [checkId: string, body: Json])[];
  /** Ids of checks that take their time, and whether they have been answered and are called again. */
  readonly waiting: readonly (readonly [checkId: string, isAnswered: boolean])[];
}

/** Bodies that are bytes travel as texts. */
export function withTextBody(request: OutgoingRequest): OutgoingRequest {
  if (!(request.body instanceof Uint8Array)) return request;
  return { ...request, body: bytesMark + Buffer.from(request.body).toString('base64') };
}

export function withOwnBody(request: OutgoingRequest): OutgoingRequest {
  if (typeof request.body !== 'string' || !request.body.startsWith(bytesMark)) return request;
  return { ...request, body: new Uint8Array(Buffer.from(request.body.slice(bytesMark.length), 'base64')) };
}

/** No body of a text begins so: the character is none of JSON. */
const bytesMark = '\u0000bytes:';

/** A minor version apart is as far as a worker and a server understand each other. */
export function mayWorkTogether(one: string, other: string): boolean {
  const [major = 0, minor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major === otherMajor && Math.abs(minor - otherMinor) <= 1;
}
