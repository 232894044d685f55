import { inSteps, type Steps, type Yielder } from '../../lib/yielder.ts';

/**
 * Makes something of texts that are scrubbed on the way, while others get their turn: an answer has many texts, and each is
 * looked through for everything that is secret. It is made twice: first it is seen which texts there are, then what became of
 * them is put in their places.
 *
 * @param make Asks for the same texts both times, whatever it gets.
 */
export async function scrubbedInSteps<T>(
  make: (scrub: (text: string) => string) => T,
  scrub: (text: string) => Steps<string>,
  breathe: Yielder,
): Promise<T> {
  const clean = new Map<string, string>();
  const made = make((text) => {
    if (text !== '') clean.set(text, mask);
    return text;
  });
  if (clean.size === 0) return made;
  for (const text of clean.keys()) clean.set(text, await inSteps(scrub(text), breathe));
  return make((text) => (text === '' ? text : (clean.get(text) ?? mask)));
}

const mask = '***';
