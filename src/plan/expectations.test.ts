import { describe, expect, it } from 'vitest';
import type { MediaType } from '../model/document.ts';
import { expectationsOf, promisesOf } from './expectations.ts';

const json = (more: Partial<MediaType>): MediaType => ({
  contentType: 'application/json',
  examples: [],
  ...more,
});

describe('what an operation promises', () => {
  it('is the schema of its JSON and up to three of its examples, for each documented status', () => {
    const html = { contentType: 'text/html', examples: ['<p>'] };
    const media = [html, json({ schema: { type: 'object' }, examples: [{ code: 0 }, 1, 2, 3] })];
    expect(
      promisesOf([
        { status: '200', media },
        { status: '404', media: [] },
      ]),
    ).toEqual([
      {
        status: '200',
        contentTypes: ['text/html', 'application/json'],
        schema: { type: 'object' },
        examples: [{ code: 0 }, 1, 2],
      },
      { status: '404', contentTypes: [] },
    ]);
  });
});

describe('what an answer is held against', () => {
  it('is what is usual, replaced and added to by kind', () => {
    const said = [
      { kind: 'status', settings: [201] },
      { kind: 'latency', settings: { max: 1 } },
    ];
    expect(expectationsOf(said)).toEqual([
      { kind: 'status', settings: [201] },
      { kind: 'content-type', settings: {} },
      { kind: 'schema', settings: {} },
      { kind: 'latency', settings: { max: 1 } },
    ]);
  });
});
