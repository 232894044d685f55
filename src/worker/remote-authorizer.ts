import { sentence } from '../messages/sentence.ts';
import { holds, parseCondition, type Condition, type Examined } from '../lib/condition/condition.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { Redactor } from '../lib/secrets/secret.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { Sentence } from '../model/sentence.ts';
import type { Authorization, Authorizer } from '../check/ports.ts';
import type { BatchHold } from '../work/ports.ts';
import { openSealed } from '../work/sealing.ts';
import {
  rejectedAnswer,
  refusalHeaders,
  sealedAnswer,
  type SentCredential,
  type Signed,
  withOwnBody,
  withTextBody,
} from '../work/wire.ts';
import type { WorkerIdentity } from './identity.ts';
import { Refused, type ServerLink, Unreachable } from './server-link.ts';

interface Held {
  readonly origin: string;
  readonly hold: BatchHold;
  readonly credentials: Readonly<Record<string, SentCredential>>;
}

export interface RemoteAuthorizerOptions {
  readonly link: ServerLink;
  readonly identity: WorkerIdentity;
  readonly bearer: string;
  readonly redactor: Redactor;
  readonly clock: Clock;
}

/** So many values that were put on requests are taken out of what is shown. */
const mostRemembered = 512;
/** Servers that are not there, or have nobody who signs, are asked again for so long: another one leads by then. */
const signPatienceMs = 30_000;
const signAgainMs = 1000;
/** A shorter one may as well be anybody's word. */
const leastSecret = 4;

/**
 * Has requests signed by a server: what signs them never comes here. What comes back is sealed for this worker, held no longer than
 * the call takes, and taken out of whatever is shown.
 */
export class RemoteAuthorizer implements Authorizer {
  readonly #options: RemoteAuthorizerOptions;
  readonly #held = new Map<string, Held>();
  readonly #conditions = new WeakMap<SentCredential, readonly Condition[]>();
  readonly #remembered = new Set<string>();

  constructor(options: RemoteAuthorizerOptions) {
    this.#options = options;
  }

  hold(batch: Held): void {
    this.#held.set(batch.hold.id, batch);
  }

  drop(id: string): void {
    this.#held.delete(id);
  }

  async authorize(credential: string, request: OutgoingRequest, signal: AbortSignal): Promise<Authorization> {
    const { identity } = this.#options;
    const hold = this.#holdFor(credential, new URL(request.url).origin);
    if (hold === undefined) return { ok: false, message: sentence('batchLost') };
    try {
      const body = { ...hold, credential, request: withTextBody(request) };
      const { sealed } = sealedAnswer.parse(await this.#patiently('/sign', body, signal));
      const signed = (await openSealed(identity.privateKey, sealed)) as Signed;
      if (!signed.ok) return { ok: false, message: signed.message as Sentence };
      const own = withOwnBody(signed.request);
      this.#hide(request, own);
      return { ok: true, request: own, generation: signed.generation };
    } catch (error) {
      return { ok: false, message: sentence('serverDidNotSign', { why: whyOf(error) }) };
    }
  }

  async rejected(
    credential: string,
    generation: number,
    signal: AbortSignal,
    header: (name: string) => string | undefined = () => undefined,
  ): Promise<boolean | 'later'> {
    const hold = this.#holdFor(credential);
    if (hold === undefined) return false;
    const headers = Object.fromEntries(
      refusalHeaders.flatMap((name) => {
        const value = header(name);
        return value === undefined ? [] : [[name, value]];
      }),
    );
    try {
      const body = { ...hold, credential, generation, headers };
      return rejectedAnswer.parse(await this.#patiently('/rejected', body, signal)).renewed;
    } catch {
      return false;
    }
  }

  async #patiently(path: string, body: unknown, signal: AbortSignal): Promise<unknown> {
    const { link, bearer, clock } = this.#options;
    const giveUpAt = clock.monotonic() + signPatienceMs;
    for (;;) {
      try {
        return await link.json(path, { body, bearer, signal });
      } catch (error) {
        const isOver = signal.aborted || clock.monotonic() > giveUpAt;
        if (isOver || !(error instanceof Unreachable)) throw error;
        await clock.sleep(signAgainMs, signal);
      }
    }
  }

  clientCertificate(credential: string): OutgoingRequest['tls'] {
    return this.#find(credential)?.credentials[credential]?.tls;
  }

  refused(credential: string, answer: Examined): boolean {
    if (answer.status === 401) return true;
    const sent = this.#find(credential)?.credentials[credential];
    if (sent === undefined) return false;
    const conditions = this.#conditions.get(sent) ?? sent.rejectedWhen.map(parseCondition);
    this.#conditions.set(sent, conditions);
    const now = this.#options.clock.now();
    return conditions.some((one) => holds(one, answer, now));
  }

  #holdFor(credential: string, origin?: string): BatchHold | undefined {
    return this.#find(credential, origin)?.hold;
  }

  #find(credential: string, origin?: string): Held | undefined {
    return [...this.#held.values()].find(
      (one) => Object.hasOwn(one.credentials, credential) && (origin === undefined || one.origin === origin),
    );
  }

  /** What differs from what was planned is secret. */
  #hide(planned: OutgoingRequest, sent: OutgoingRequest): void {
    const headers = Object.entries(sent.headers).filter(([name, value]) => planned.headers[name] !== value);
    const [before, after] = [new URL(planned.url), new URL(sent.url)].map(({ searchParams }) => searchParams);
    const query = [...(after ?? [])].filter(([name, value]) => before?.get(name) !== value);
    for (const [, value] of [...headers, ...query]) {
      for (const text of [value, value.replace(/^\S+ /, '')]) this.#remember(text);
    }
  }

  #remember(text: string): void {
    const { redactor } = this.#options;
    if (text.length < leastSecret || this.#remembered.has(text)) return;
    const [oldest] = this.#remembered;
    if (this.#remembered.size >= mostRemembered && oldest !== undefined) {
      this.#remembered.delete(oldest);
      redactor.remove(oldest, 'usual');
    }
    this.#remembered.add(text);
    redactor.add(text, 'usual');
  }
}

function whyOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  return error instanceof Error ? error.message : String(error);
}
