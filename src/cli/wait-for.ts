import { type Dispatcher, request } from 'undici';
import type { Clock } from '../lib/time/clock.ts';
import { PlainWays } from '../lib/net/plain-ways.ts';
import type { NetworkWords } from '../lib/net/way.ts';
import { messageOf } from '../lib/errors.ts';
import type { ServiceSettings } from '../model/settings.ts';

const pauseMs = 500;
const patienceMs = 5000;
/** What stands before a service says these while it is not there yet. */
const notYet: ReadonlySet<number> = new Set([502, 503, 504]);

/** One that has not answered in time, and what was met last. */
export interface Absent {
  readonly url: string;
  readonly why: string;
}

/** Where a service is reached, and how. */
export interface Awaited {
  readonly url: string;
  readonly network?: NetworkWords;
}

/** Where the services are reached, as far as that is known before any document has been read. */
export function addressesOf(services: readonly ServiceSettings[]): readonly Awaited[] {
  const all = services.flatMap(({ baseUrl, docs, network }) =>
    [...(baseUrl === undefined ? [] : [baseUrl]), ...docs.filter((doc) => /^https?:\/\//i.test(doc))].map(
      (url): [string, Awaited] => [url, { url, network }],
    ),
  );
  return [...new Map(all).values()];
}

/** Asks until every address has answered something, whatever it is, or the time is over; returns those that have not. */
export async function waitFor(
  awaited: readonly Awaited[],
  forMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly Absent[]> {
  const end = clock.monotonic() + forMs;
  const wait = async ({ url, network }: Awaited): Promise<readonly Absent[]> => {
    // Whether it is there is asked, not who it is: the check itself looks at certificates.
    const { dispatcher } = new PlainWays(() => ({ ...network, verify: false }));
    try {
      for (;;) {
        const why = await troubleOf(url, dispatcher);
        if (why === undefined || signal.aborted) return [];
        if (clock.monotonic() + pauseMs > end) return [{ url, why }];
        await clock.sleep(pauseMs, signal);
      }
    } finally {
      await dispatcher.destroy();
    }
  };
  return (await Promise.all(awaited.map(wait))).flat();
}

async function troubleOf(url: string, dispatcher: Dispatcher): Promise<string | undefined> {
  try {
    const { statusCode, body } = await request(url, { dispatcher, signal: AbortSignal.timeout(patienceMs) });
    await body.dump();
    return notYet.has(statusCode) ? `HTTP ${statusCode}` : undefined;
  } catch (error) {
    return messageOf(error);
  }
}
