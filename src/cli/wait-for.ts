import { EnvHttpProxyAgent, request } from 'undici';
import type { Clock } from '../lib/time/clock.ts';
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

/** Where the services are reached, as far as that is known before any document has been read. */
export function addressesOf(services: readonly ServiceSettings[]): readonly string[] {
  const urls = services.flatMap(({ baseUrl, docs }) => [
    ...(baseUrl === undefined ? [] : [baseUrl]),
    ...docs.filter((doc) => /^https?:\/\//i.test(doc)),
  ]);
  return [...new Set(urls)];
}

/** Asks until every address has answered something, whatever it is, or the time is over; returns those that have not. */
export async function waitFor(
  urls: readonly string[],
  forMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly Absent[]> {
  // Whether it is there is asked, not who it is: the check itself looks at certificates.
  const dispatcher = new EnvHttpProxyAgent({ connect: { rejectUnauthorized: false } });
  const end = clock.monotonic() + forMs;
  const wait = async (url: string): Promise<readonly Absent[]> => {
    for (;;) {
      const why = await troubleOf(url, dispatcher);
      if (why === undefined || signal.aborted) return [];
      if (clock.monotonic() + pauseMs > end) return [{ url, why }];
      await clock.sleep(pauseMs, signal);
    }
  };
  try {
    return (await Promise.all(urls.map(wait))).flat();
  } finally {
    await dispatcher.destroy();
  }
}

async function troubleOf(url: string, dispatcher: EnvHttpProxyAgent): Promise<string | undefined> {
  try {
    const { statusCode, body } = await request(url, { dispatcher, signal: AbortSignal.timeout(patienceMs) });
    await body.dump();
    return notYet.has(statusCode) ? `HTTP ${statusCode}` : undefined;
  } catch (error) {
    return messageOf(error);
  }
}
