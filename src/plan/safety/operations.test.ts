import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as battery from './battery.fixture.ts';
import * as secondBattery from './battery-2.fixture.ts';
import * as thirdBattery from './battery-3.fixture.ts';
import * as fourthBattery from './battery-4.fixture.ts';
import type { Judgement } from './judgement.ts';
import { judge } from './safety.ts';

/**
 * `operations.tsv`: GETs of services in use, labelled by what they do. `half`: `held` ones were not looked at while the
 * words were gathered.
 */
interface Labelled {
  readonly label: 'reads' | 'changes' | 'session' | 'download';
  readonly half: 'built' | 'held';
  readonly path: string;
  readonly operationId: string;
  readonly title: string;
  readonly hasWrites: boolean;
  readonly description: string;
}

function labelled(): readonly Labelled[] {
  const lines = readFileSync(new URL('operations.tsv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.slice(1).map((line) => {
    const [label, half, path = '', operationId = '', title = '', writes, description = ''] = line.split('\t');
    return {
      label: label as Labelled['label'],
      half: half as Labelled['half'],
      path,
      operationId,
      title,
      hasWrites: writes === 'writes',
      description,
    };
  });
}

function judgedBy(
  path: string,
  operationId: string,
  title: string,
  { hasWrites, description }: Pick<Labelled, 'hasWrites' | 'description'> = {
    hasWrites: false,
    description: '',
  },
): Judgement {
  return judge(
    {
      path,
      tags: [],
      ...(operationId === '' ? {} : { operationId }),
      ...(title === '' ? {} : { summary: title }),
      ...(description === '' ? {} : { description }),
    },
    { hasWrites, isRpc: false, nouns: new Set() },
  );
}

const table = labelled();

describe.each(['built', 'held'] as const)('the %s half of the operations of services in use', (half) => {
  const own = table.filter((one) => one.half === half);
  const judged = own.map((one) => ({
    ...one,
    answer: judgedBy(one.path, one.operationId, one.title, one).answer,
  }));

  it('calls none that changes something, signs in or out, or downloads', () => {
    const harmful = judged.filter(({ label }) => label !== 'reads');
    expect(harmful.length).toBeGreaterThan(150);
    expect(harmful.filter(({ answer }) => answer === 'reads')).toEqual([]);
  });

  it('calls nearly all that read', () => {
    const reading = judged.filter(({ label }) => label === 'reads');
    const refused = reading.filter(({ answer }) => answer !== 'reads');
    const share = (refused.length / reading.length) * 100;
    // oxlint-disable-next-line no-console -- the figures are what one runs it for
    console.log(
      `${half}: ${own.length - reading.length} harmful, none called; ${refused.length} of ${reading.length} reading refused (${share.toFixed(1)} %)`,
    );
    expect(reading.length).toBeGreaterThan(850);
    expect(share).toBeLessThan(2);
  });
});

const lines = (text: string): readonly (readonly [string, string, string])[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [path = '', operationId = '', title = ''] = line.split('|');
      return [path, operationId, title] as const;
    });

describe.each([battery, secondBattery, thirdBattery, fourthBattery])(
  'a GET of a kind that',
  ({ changing, harmless }) => {
    it.each(lines(changing))('changes something is not called: %s %s %s', (path, operationId, title) => {
      expect(judgedBy(path, operationId, title).answer).toBe('changes');
    });

    it.each(lines(harmless))('reads is called: %s %s %s', (path, operationId, title) => {
      expect(judgedBy(path, operationId, title).answer).toBe('reads');
    });
  },
);
