import { describe, expect, it } from 'vitest';
import { changing, reading } from './deeds.fixture.ts';
import { answerTo, rows } from './judged.fixture.ts';

describe('a deed beside what is read, or alone under an operationId that reads', () => {
  it.each(rows(changing))('is not called: %s', (row) => {
    expect(answerTo(row)).not.toBe('reads');
  });

  it.each(rows(reading))('unlike what only reads: %s', (row) => {
    expect(answerTo(row)).toBe('reads');
  });
});
