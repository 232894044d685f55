import type { Sentence } from '../model/sentence.ts';
import { messageOf } from '../lib/errors.ts';
import { inEnglish } from './in-language.ts';

/** An error that says what happened as a sentence; its message is that in English. */
export class SaidError extends Error {
  readonly said: Sentence;

  constructor(said: Sentence, options?: ErrorOptions) {
    super(inEnglish(said), options);
    this.said = said;
  }
}

/** What an error says: its sentence, or the words of whoever threw it. */
export function saidBy(error: unknown): Sentence {
  return error instanceof SaidError ? error.said : messageOf(error);
}
