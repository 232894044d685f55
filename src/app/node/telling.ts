import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Nodes } from '../../store/nodes.ts';
import type { Happened } from './happened.ts';

/** What the other nodes are told, one after another, so that they hear of it in this order. Nothing rejects. */
export class Telling {
  readonly #nodes: Pick<Nodes, 'tell'>;
  readonly #log: Logger;
  #told: Promise<void> = Promise.resolve();

  constructor(nodes: Pick<Nodes, 'tell'>, log: Logger) {
    this.#nodes = nodes;
    this.#log = log;
  }

  tell(what: Happened): void {
    this.inTurn(() => this.#nodes.tell(JSON.stringify(what)));
  }

  /** What they are to find once they have heard of what was told before. */
  inTurn(work: () => Promise<void>): void {
    this.#told = this.#told
      .then(work)
      .catch((error: unknown) =>
        this.#log.debug('other nodes could not be told', { problem: messageOf(error) }),
      );
  }

  /** Resolves when all has been told. */
  ended(): Promise<void> {
    return this.#told;
  }
}
