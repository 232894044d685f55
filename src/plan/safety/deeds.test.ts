import { describe, expect, it } from 'vitest';
import { changing, reading } from './deeds.fixture.ts';
import { judge } from './safety.ts';

const rows = (text: string): readonly string[] => text.trim().split('\n');

function answerTo(row: string): string {
  const [path = '', operationId = '', summary = '', description = ''] = row.split('|');
  const operation = {
    path,
    tags: [],
    ...(operationId !== '' && { operationId }),
    ...(summary !== '' && { summary }),
    ...(description !== '' && { description: description.replaceAll('\\n', '\n') }),
  };
  return judge(operation, { hasWrites: false, isRpc: false, nouns: new Set() }).answer;
}

describe('a deed beside what is read, or alone under an operationId that reads', () => {
  it.each(rows(changing))('is not called: %s', (row) => {
    expect(answerTo(row)).not.toBe('reads');
  });

  it.each(rows(reading))('unlike what only reads: %s', (row) => {
    expect(answerTo(row)).toBe('reads');
  });
});
