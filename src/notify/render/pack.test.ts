import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength } from '../../lib/text/text.ts';
import { pack, type Packing, packLines } from './markup.ts';

function packing(rest: Partial<Packing> & { readonly count?: number }): Packing {
  const blocks = Array.from({ length: rest.count ?? 0 }, (_, i) => ({
    full: `FULL-${i} ${'x'.repeat(40)}`,
    short: `s${i}`,
  }));
  return {
    head: 'HEAD',
    nextHead: (page) => `HEAD (${page})`,
    more: (count) => `+${count}`,
    beyond: 0,
    tail: '',
    newline: '\n',
    maxBytes: 1000,
    maxParts: 2,
    blocks,
    ...rest,
  };
}

const full = (i: number) => `FULL-${i} ${'x'.repeat(40)}`;

const shorts = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `s${from + i}`).join('\n');

describe('a message made of blocks', () => {
  it('has everything in full when there is room', () => {
    expect(pack(packing({ count: 2, tail: '@all' }))).toEqual([`HEAD\n${full(0)}\n${full(1)}\n@all`]);
  });

  it('is the head alone when there is no block', () => {
    expect(pack(packing({}))).toEqual(['HEAD']);
  });

  it('stays one message with details of the first ones when there is room for that', () => {
    expect(pack(packing({ count: 5, maxBytes: 190 }))).toEqual([
      `HEAD\n${full(0)}\n${full(1)}\n${full(2)}\ns3\ns4`,
    ]);
  });

  it('has details of three when there are more than ten', () => {
    const [part = '', ...rest] = pack(packing({ count: 11 }));
    expect([part.split('\n').filter((line) => line.startsWith('FULL')).length, rest]).toEqual([3, []]);
  });

  it('goes on in a second part, cut between blocks, with the mention in the first', () => {
    expect(pack(packing({ count: 30, maxBytes: 190, tail: '@x' }))).toEqual([
      `HEAD\n${full(0)}\n${full(1)}\n${full(2)}\n${shorts(3, 12)}\n@x`,
      `HEAD (2)\n${shorts(13, 29)}`,
    ]);
  });

  it('counts what it does not show, and what it was not even given', () => {
    const parts = pack(packing({ count: 90, maxBytes: 190, beyond: 1000 }));
    expect(parts).toHaveLength(2);
    const shown = parts.join('\n').match(/^(?:s\d+|FULL-.*)$/gm)?.length ?? 0;
    expect(parts[1]?.split('\n').at(-1)).toBe(`+${1090 - shown}`);
  });

  it('gives up details when not even three fit', () => {
    expect(pack(packing({ count: 3, maxBytes: 40 }))).toEqual(['HEAD\ns0\ns1\ns2']);
  });

  it('cuts the head between characters when nothing else helps', () => {
    expect(pack(packing({ head: '界'.repeat(10), maxBytes: 10 }))).toEqual(['界界界']);
  });

  it('never exceeds the bytes, the parts or the truth, whatever comes', () => {
    const block = fc.record({
      full: fc.string({ unit: 'grapheme', maxLength: 90 }),
      short: fc.string({ maxLength: 30 }),
    });
    fc.assert(
      fc.property(
        fc.array(block, { maxLength: 60 }),
        fc.nat(500),
        fc.integer({ min: 60, max: 500 }),
        (blocks, beyond, maxBytes) => {
          const parts = pack(packing({ blocks, beyond, maxBytes }));
          expect(parts.length).toBeGreaterThanOrEqual(1);
          expect(parts.length).toBeLessThanOrEqual(2);
          for (const part of parts) expect(byteLength(part)).toBeLessThanOrEqual(maxBytes);
          expect(beyond === 0 || /^\+\d+$/m.test(parts.at(-1) ?? '')).toBe(true);
        },
      ),
    );
  });
});

describe('lines', () => {
  const packed = (lines: readonly string[], maxBytes: number, maxParts = 2) =>
    packLines(lines, { newline: '\n', maxBytes, maxParts });

  it.each<[string, string[], number, string[]]>([
    ['stay together while there is room', ['a', 'b'], 10, ['a\nb']],
    ['go on in the next part', ['aaaa', 'bbbb', 'cccc'], 10, ['aaaa\nbbbb', 'cccc']],
    [
      'that are too many are cut off, and it is said',
      ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee'],
      10,
      ['aaaa\nbbbb', 'cccc\nd\n…'],
    ],
    ['that are too long are cut between characters', ['界界界界'], 10, ['界界…']],
  ])('%s', (_, lines, maxBytes, parts) => {
    expect(packed(lines, maxBytes)).toEqual(parts);
    for (const part of parts) expect(byteLength(part)).toBeLessThanOrEqual(maxBytes);
  });
});
