import { describe, expect, it } from 'vitest';
import { changing, inUse, reading } from './battery-6.fixture.ts';
import { answerTo, rows } from './judged.fixture.ts';
import { senseOfFilled } from './parameters.ts';
import { judge } from './safety.ts';
import { pathWithChoice, surroundingsOf } from './surroundings.ts';

describe('GETs of trades that no table knew, most of them with nothing but a title', () => {
  it.each(rows(changing))('that change something are not called: %s', (row) => {
    expect(answerTo(row)).not.toBe('reads');
  });

  it.each([
    ['made up', reading, 0.05],
    ['in use', inUse, 0.02],
  ] as const)('that only read are called, but for a few: %s', (_, list, share) => {
    const refused = rows(list).filter((row) => answerTo(row) !== 'reads');
    expect(rows(list).length).toBeGreaterThan(150);
    expect(refused.length / rows(list).length).toBeLessThan(share);
  });
});

describe('a number that stands for what is done', () => {
  const answer = (query: string, summary?: string): string => {
    const operation = { path: '/api/gw', query, tags: [], ...(summary !== undefined && { summary }) };
    return judge({ ...operation, path: pathWithChoice(operation) }, surroundingsOf([], operation)).answer;
  };
  const cmd = { name: 'cmd', in: 'query', required: true, schema: {}, examples: [] } as const;

  it('is not sent where no title says that it reads', () => {
    expect(answer('cmd=101')).toBe('unsure');
    expect(answer('cmd=101', '查询余额')).toBe('reads');
    expect(answer('page=2')).toBe('reads');
  });

  it('is an order as the value of such a parameter, and of no other', () => {
    expect(senseOfFilled(cmd, 101).says).toBe('change');
    expect(senseOfFilled({ ...cmd, name: 'page' }, 101).says).toBe('nothing');
  });
});
