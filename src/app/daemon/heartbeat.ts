import { request } from 'undici';
import { messageOf } from '../../lib/errors.ts';
import { PlainWays } from '../../lib/net/plain-ways.ts';
import type { NetworkWords } from '../../lib/net/way.ts';
import type { Logger } from '../../lib/logger.ts';

const patienceMs = 10_000;

/**
 * Tells somebody outside after every cycle that this patrol is alive. A beat that is lost is not repeated: the next
 * cycle's is as good, and that it is missed is the point.
 */
export class Heartbeat {
  readonly #log: Logger;
  readonly #ways: PlainWays;
  #isLost = false;

  /** @param network As it is now. */
  constructor(log: Logger, network: () => NetworkWords | undefined = () => undefined) {
    this.#log = log;
    this.#ways = new PlainWays(network, { keepAliveTimeout: 1, keepAliveMaxTimeout: 1 });
  }

  /** Never rejects. The address may hold a key: it is not shown. */
  async beat(url: string | undefined): Promise<void> {
    if (url === undefined) return;
    try {
      const { statusCode, body } = await request(url, {
        dispatcher: this.#ways.dispatcher,
        signal: AbortSignal.timeout(patienceMs),
      });
      await body.dump();
      if (statusCode >= 400) throw new Error(`HTTP ${statusCode}`);
      this.#isLost = false;
    } catch (error) {
      if (!this.#isLost) this.#log.warn('the heartbeat does not arrive', { problem: messageOf(error) });
      this.#isLost = true;
    }
  }
}
