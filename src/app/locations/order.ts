import { createHash } from 'node:crypto';
import type { RunOptions } from '../../check/scheduling/run.ts';
import type { SharedOptions } from '../../auth/scheme.ts';
import type { Check } from '../../model/check.ts';
import type { SchemaPool } from '../../model/document.ts';
import type { Settings } from '../../model/settings.ts';
import { trustedOrigins } from '../../plan/request/credential-hosts.ts';
import { groupBy } from '../../lib/group-by.ts';
import { type Order, type SentCheck, type SentCredential, withTextBody } from '../../work/wire.ts';
import { packed } from '../../work/sealing.ts';

/** More of them are divided, so that no worker has to hold very many and a takeover repeats few. */
const mostChecks = 500;

/** What one worker is given of the checks of an origin. */
export interface Share {
  readonly origin: string;
  readonly checks: readonly Check[];
  /** Into how many the checks of the origin are divided. */
  readonly shares: number;
}

/** One origin is one batch, so that what is called there is paced and held back in one process. */
export function sharesOf(checks: readonly Check[]): readonly Share[] {
  return [...groupBy(checks, ({ origin }) => origin)].flatMap(([origin, own]) => {
    const shares = Math.ceil(own.length / mostChecks);
    return Array.from({ length: shares }, (_, no) => ({
      origin,
      shares,
      // Each has some of every part of the window in which they are called.
      checks: own.filter((__, index) => index % shares === no),
    }));
  });
}

export interface SentWith {
  readonly hash: string;
  readonly data: Uint8Array;
}

/** Documents as they travel: each is packed once for as long as it is the same. */
export class SentDocuments {
  readonly #known = new WeakMap<SchemaPool, Promise<SentWith>>();

  of({ schemas, dialect }: Check): Promise<SentWith> {
    const before = this.#known.get(schemas);
    if (before !== undefined) return before;
    const sent = packed({ schemas, dialect }).then((data) => ({
      hash: createHash('sha256').update(data).digest('base64url'),
      data,
    }));
    this.#known.set(schemas, sent);
    return sent;
  }
}

export async function orderOf(
  { checks, shares }: Share,
  location: string,
  settings: Settings,
  { graceMs, confirmAfterMs, spread, reader }: RunOptions,
  documents: SentDocuments,
  hasCertificate: (credential: string) => boolean,
): Promise<Order> {
  const sent = checks.map(async ({ schemas, dialect, ...check }): Promise<SentCheck> => {
    const { hash } = await documents.of({ schemas, dialect, ...check });
    return { ...check, request: withTextBody(check.request), document: hash };
  });
  return {
    checks: await Promise.all(sent),
    graceMs,
    confirmAfterMs,
    spread,
    limits: settings.limits,
    shares,
    trustedOrigins: [...trustedOrigins(settings.services)],
    connectivityUrl: settings.connectivityUrl,
    wanted: checks.flatMap(({ id }) => (reader?.wants(id) === true ? [id] : [])),
    credentials: credentialsOf(checks, location, settings, hasCertificate),
  };
}

export function credentialNames(checks: readonly Check[]): readonly string[] {
  return [...new Set(checks.flatMap(({ credential }) => credential ?? []))];
}

/** What a worker has to know of credentials beside what is signed for it. */
function credentialsOf(
  checks: readonly Check[],
  location: string,
  { credentials, locations }: Settings,
  hasCertificate: (credential: string) => boolean,
): Readonly<Record<string, SentCredential>> {
  const allowed = locations?.[location]?.credentials ?? [];
  const named = credentialNames(checks).filter((name) => allowed.includes(name));
  return Object.fromEntries(
    named.map((name) => {
      const options = credentials[name]?.options as SharedOptions | undefined;
      const rejectedWhen = (options?.rejectedWhen ?? []).map(({ text }) => text);
      return [name, { rejectedWhen, hasCertificate: hasCertificate(name) }];
    }),
  );
}
