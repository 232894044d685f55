import { messageOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { SignInSheets } from './ports.ts';

/** What the processes of one patrol have to know of each other's sign-ins with a credential. */
export interface SheetContent {
  /** Who signs in now, until when at the latest (epoch ms). */
  readonly turn?: { readonly holder: string; readonly until: number };
  /** Requests for tokens, oldest first. */
  readonly asked: readonly Asked[];
}

/** A request for a token: to which address, and when by both clocks. */
export interface Asked {
  readonly address: string;
  /** Epoch ms. */
  readonly wall: number;
  /** The machine's monotonic clock, which starts anew with the machine. */
  readonly monotonic: number;
}

/** One credential's sheet. */
export interface Sheet {
  /** `undefined`: there is none, or it cannot be used now; the process is on its own then. */
  change<T>(
    work: (content: SheetContent) => { readonly content: SheetContent; readonly answer: T },
  ): Promise<T | undefined>;
}

/** Without `sheets` the process is on its own. */
export function sheetOf(sheets: SignInSheets | undefined, credential: string, log: Logger): Sheet {
  return {
    async change(work) {
      try {
        return await sheets?.change(credential, (text) => {
          const { content, answer } = work(text === undefined ? { asked: [] } : read(text));
          return { sheet: JSON.stringify(content), answer };
        });
      } catch (error) {
        log.warn('sign-ins cannot be coordinated with other processes', {
          credential,
          reason: messageOf(error),
        });
        return undefined;
      }
    },
  };
}

const read = (text: string): SheetContent => JSON.parse(text) as SheetContent;
