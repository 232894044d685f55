import { expect, it } from 'vitest';
import { scenarios } from '../../../notify/test-message/scenarios.ts';
import { inEnglish } from '../../../messages/in-language.ts';
import { sentence } from '../../../messages/sentence.ts';
import { stateText } from './state.ts';

const at = Date.UTC(2026, 0, 5, 8);
const sample = scenarios.failure(at).transitions[0]?.incident;

it('of what is about to be over it is told since when it is well, beside when it began', () => {
  if (sample === undefined) throw new Error('no sample');
  const incident = { ...sample, state: 'recovering', openedAt: at - 258_000, wellSince: at - 8000 } as const;
  expect(stateText(incident, at, (code, ...given) => inEnglish(sentence(code, ...given)))).toBe(
    'recovering, well for 8s, begun 4m18s ago',
  );
});
