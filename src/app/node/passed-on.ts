import type { Clock } from '../../lib/time/clock.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { AtRest } from '../../work/sealing.ts';
import { type Signed, withOwnBody, withTextBody } from '../../work/wire.ts';
import type { Signer } from '../locations/desk.ts';

/** What comes together within so long is asked for together: the leader hears of it a few times a second. */
const togetherMs = 20;

type Asked =
  | { readonly kind: 'sign'; readonly credential: string; readonly request: OutgoingRequest }
  | {
      readonly kind: 'rejected';
      readonly credential: string;
      readonly generation: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'certificate'; readonly credential: string };

type Given = Signed | { readonly renewed: boolean | 'later' } | { readonly tls: OutgoingRequest['tls'] };

interface Waiting {
  readonly asked: Asked;
  readonly resolve: (given: Given) => void;
  readonly reject: (error: unknown) => void;
}

export interface PassedOnOptions {
  readonly clock: Clock;
  readonly atRest: AtRest;
  /** Asks the leader; what goes there and comes back is sealed, base64. */
  readonly ask: (sealed: string) => Promise<string>;
}

/**
 * Has the leader put credentials on requests: it alone signs in anywhere. What a moment brings goes there together, one bundle after the
 * other, sealed with what all nodes know.
 */
export class PassedOn implements Signer {
  readonly #options: PassedOnOptions;
  #waiting: Waiting[] = [];
  #isAsking = false;

  constructor(options: PassedOnOptions) {
    this.#options = options;
  }

  async authorize(credential: string, request: OutgoingRequest): Promise<Signed> {
    const given = await this.#give({ kind: 'sign', credential, request: withTextBody(request) });
    if (!('ok' in given)) throw new TypeError('the leader has answered something else');
    return given.ok ? { ...given, request: withOwnBody(given.request) } : given;
  }

  async rejected(
    credential: string,
    generation: number,
    headers: Readonly<Record<string, string>>,
  ): Promise<boolean | 'later'> {
    const given = await this.#give({ kind: 'rejected', credential, generation, headers });
    return 'renewed' in given ? given.renewed : false;
  }

  async clientCertificate(credential: string): Promise<OutgoingRequest['tls']> {
    const given = await this.#give({ kind: 'certificate', credential });
    return 'tls' in given ? given.tls : undefined;
  }

  #give(asked: Asked): Promise<Given> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ asked, resolve, reject });
      if (!this.#isAsking) void this.#askAll();
    });
  }

  /** Never rejects. */
  async #askAll(): Promise<void> {
    const { clock, atRest, ask } = this.#options;
    this.#isAsking = true;
    while (this.#waiting.length > 0) {
      await clock.sleep(togetherMs);
      const bundle = this.#waiting;
      this.#waiting = [];
      try {
        const answer = await ask(textOf(await atRest.seal(bundle.map(({ asked }) => asked))));
        const given = (await atRest.open(bytesOf(answer))) as readonly Given[];
        for (const [place, { resolve }] of bundle.entries())
          resolve(given[place] ?? { ok: false, message: '' });
      } catch (error) {
        for (const { reject } of bundle) reject(error);
      }
    }
    this.#isAsking = false;
  }
}

/** What the leader makes of a bundle. Rejects when it was sealed with another key. */
export async function signPassedOn(
  sealed: string,
  signer: Signer,
  atRest: AtRest,
  signal: AbortSignal,
): Promise<string> {
  const bundle = (await atRest.open(bytesOf(sealed))) as readonly Asked[];
  return textOf(await atRest.seal(await Promise.all(bundle.map((asked) => given(asked, signer, signal)))));
}

async function given(asked: Asked, signer: Signer, signal: AbortSignal): Promise<Given> {
  const { credential } = asked;
  switch (asked.kind) {
    case 'sign': {
      const signed = await signer.authorize(credential, withOwnBody(asked.request), signal);
      return signed.ok ? { ...signed, request: withTextBody(signed.request) } : signed;
    }
    case 'rejected':
      return { renewed: await signer.rejected(credential, asked.generation, asked.headers, signal) };
    case 'certificate':
      return { tls: await signer.clientCertificate(credential) };
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
