import { expect } from 'vitest';
import { inEnglish } from '../../src/messages/in-language.ts';
import { sentence } from '../../src/messages/sentence.ts';
import { isOwnSentence, type OwnSentence } from '../../src/model/sentence.ts';

/** A sentence is equal to what it says in English, so that tests assert what a person reads. */
expect.addEqualityTesters([
  (a: unknown, b: unknown) => {
    if (isOwnSentence(a) && typeof b === 'string') return inEnglish(a) === b;
    if (typeof a === 'string' && isOwnSentence(b)) return inEnglish(b) === a;
    return undefined;
  },
]);

expect.extend({
  saying(received: unknown, wanted: string | RegExp) {
    const said = isOwnSentence(received) ? inEnglish(received) : String(received);
    const pass = typeof wanted === 'string' ? said.includes(wanted) : wanted.test(said);
    return { pass, message: () => `expected a sentence that says ${String(wanted)}, found: ${said}` };
  },
});

declare module 'vitest' {
  interface AsymmetricMatchersContaining {
    /** Part of what a sentence says in English. */
    saying(wanted: string | RegExp): unknown;
  }
}

/** What an envelope says of a call: `code is 401 ("未登录")`. */
export function envelopeSays(name: string, value: string, said?: string): OwnSentence {
  const what = sentence('envelopeIs', { name, value });
  return said === undefined ? what : sentence('envelopeSaying', { what, said });
}
