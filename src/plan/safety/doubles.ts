import type { Operation } from '../../model/document.ts';
import { calledBack, guessesSecret, readsAndWrites, soundsLikeReading } from '../../lib/wording/both-ways.ts';
import type { Sense } from '../../lib/wording/sense.ts';
import { fixedParts } from '../../lib/wording/words.ts';
import type { Judgement, WordOrigin } from './judgement.ts';

/**
 * What reads and writes as well, and what only sounds like looking, wherever it is said.
 *
 * @param id What the operationId says.
 */
export function doubled(
  title: string,
  { path, operationId = '' }: Pick<Operation, 'path' | 'operationId'>,
  id: Sense,
): Judgement | undefined {
  const last = fixedParts(path).at(-1) ?? '';
  const said: readonly (readonly [WordOrigin, string])[] = [
    ['title', title],
    ['operationId', operationId],
    ['path', last],
  ];
  const ends = fixedParts(path).slice(-2).join(' ');
  for (const [place, text] of [...said, ['path', ends]] as const) {
    const tried = guessesSecret(text);
    if (tried !== undefined) return { answer: 'changes', kind: 'change', word: tried, place };
  }
  for (const [place, text] of said) {
    const both = readsAndWrites(text);
    if (both !== undefined) return { answer: 'changes', kind: 'change', word: both, place };
    const sound = soundsLikeReading(text);
    if (sound !== undefined) return { answer: 'unsure', word: sound, place };
  }
  const back = id.says === 'reads' ? undefined : calledBack(title, last);
  return back === undefined ? undefined : { answer: 'changes', kind: 'change', word: back, place: 'path' };
}
