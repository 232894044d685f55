import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Nodes, Term } from '../../store/nodes.ts';
import { StoreError } from '../../store/store.ts';
import type { AtRest } from '../../work/sealing.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, answerTo, type Request } from './requests.ts';

/** A worker that waits for its request to be signed asks again by then. */
const signMs = 12_000;
/** An operation that is called by hand has been answered by then. */
const answerMs = 90_000;

export interface AskingOptions {
  readonly nodes: Pick<Nodes, 'ask'>;
  /** Seals what nodes tell one another for workers. */
  readonly atRest: AtRest;
  readonly log: Logger;
  /** This node ends. */
  readonly signal: AbortSignal;
  /** Absent: another node leads. */
  readonly leading: () => Daemon | undefined;
  /** What the leader is called, for people. */
  readonly leader: () => string;
}

/** What only the leader can do, asked of it by whichever node is asked; and its answers to the others. */
export class Asking {
  readonly #options: AskingOptions;
  readonly #answering = new Set<number>();

  constructor(options: AskingOptions) {
    this.#options = options;
  }

  /** For what nobody waits for. */
  hand(request: Request): void {
    void this.ask(request).catch((error: unknown) =>
      this.#options.log.warn('the leader could not be asked', {
        what: request.kind,
        problem: messageOf(error),
      }),
    );
  }

  /** Rejects with a `StoreError` when the leader does not answer. */
  async ask(request: Request, patienceMs = answerMs): Promise<Answer> {
    const { nodes, atRest, signal, leading, leader } = this.#options;
    const daemon = leading();
    if (daemon !== undefined) return answerTo(request, daemon, atRest, signal);
    const within = AbortSignal.any([AbortSignal.timeout(patienceMs), signal]);
    const answer = await nodes.ask(JSON.stringify(request), within);
    if (answer === undefined)
      throw new StoreError({
        code: 'busy',
        said: sentence('leaderSilent', { leader: leader() }),
        hint: sentence('askLeaderAgain'),
        retry: true,
      });
    return JSON.parse(answer) as Answer;
  }

  /** Passes on what workers need of the leader. */
  async askToSign(sealed: string): Promise<string> {
    const answer = await this.ask({ kind: 'sign', sealed }, signMs);
    if (answer.sealed === undefined) throw new Error(answer.problem);
    return answer.sealed;
  }

  /** Answers what another node has asked, once. */
  answer(id: number, what: string, daemon: Daemon, term: Pick<Term, 'answer'>): void {
    const { atRest, signal, log } = this.#options;
    if (this.#answering.has(id)) return;
    this.#answering.add(id);
    void answerTo(JSON.parse(what) as Request, daemon, atRest, signal)
      .then((answer) => term.answer(id, JSON.stringify(answer)))
      .catch((error: unknown) =>
        log.warn('another node could not be answered', { problem: messageOf(error) }),
      )
      .finally(() => this.#answering.delete(id));
  }
}
