import { describe, expect, it } from 'vitest';
import { wordsIn } from './words.ts';

describe('the words of a name', () => {
  it('are the same however often they are asked for', () => {
    const once = wordsIn('delOrder.do');
    expect(once).toEqual(['delete', 'order', 'do']);
    for (let no = 0; no < 2000; no++) wordsIn(`order${no}`);
    expect(wordsIn('delOrder.do')).toEqual(once);
  });

  it('of one that no person has written are those at its ends', () => {
    const words = wordsIn(`delete ${'order '.repeat(100_000)}forever`);
    expect(words[0]).toBe('delete');
    expect(words.at(-1)).toBe('forever');
    expect(words.length).toBeLessThan(1000);
  });
});
