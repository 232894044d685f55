import type { JWK } from 'jose';
import { messageOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { KeyPair } from '../work/sealing.ts';
import { openSealed } from '../work/sealing.ts';
import { joinAnswer, type JoinedSecret } from '../work/wire.ts';
import { type ServerLink, Unreachable } from './server-link.ts';

const retryMs = 2000;
/** On the way to another machine everybody in between reads along. */
const plain = /^http:\/\/(?!(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|$|\/))/;

export interface Joining {
  readonly link: ServerLink;
  readonly token: string;
  readonly location: string;
  /** Of the host. */
  readonly name: string;
  readonly version: string;
  readonly keys: KeyPair;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Lets a server know this worker; waits for one. `undefined`: it was stopped before. Rejects with `Refused`. */
export async function joinServer({
  link,
  token,
  location,
  name,
  version,
  keys,
  clock,
  log,
  signal,
}: Joining): Promise<{ readonly id: string; readonly secret: string; readonly privateKey: JWK } | undefined> {
  const { publicKey, privateKey } = keys;
  while (!signal.aborted) {
    try {
      const body = { token, location, name, publicKey, version };
      const { id, sealed } = joinAnswer.parse(await link.json('/join', { body, signal }));
      const { secret } = (await openSealed(privateKey, sealed)) as JoinedSecret;
      log.info('joined', { location, server: link.server, worker: id });
      return { id, secret, privateKey };
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof Unreachable)) throw error;
      log.warn('no server can be reached', { problem: messageOf(error) });
      await clock.sleep(retryMs, signal);
    }
  }
  return undefined;
}

export function warnOfPlain(servers: readonly string[], log: Logger): void {
  const open = servers.filter((one) => plain.test(one));
  if (open.length > 0)
    log.warn('what goes to a server over http is not encrypted; use https', { servers: open });
}

/** Stops at the first signal, and at once at the second. Returns what takes that back. */
export function stopOnSignals(stop: AbortController, log: Logger, endAtOnce: () => void): () => void {
  const end = (): void => {
    if (stop.signal.aborted) endAtOnce();
    log.info('stopping: batches in hand are given back; once more to end at once');
    stop.abort();
  };
  process.on('SIGTERM', end).on('SIGINT', end);
  return () => process.off('SIGTERM', end).off('SIGINT', end);
}
