import { describe, expect, it } from 'vitest';
import type { MediaType } from '../../model/document.ts';
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

describe('several kinds of JSON', () => {
  const schemaOf = (...media: readonly MediaType[]) => promisesOf([{ status: '200', media }])[0]?.schema;

  it('are alternatives, when they differ', () => {
    const other = json({ contentType: 'application/vnd.full+json', schema: { type: 'array' } });
    expect(schemaOf(json({ schema: { type: 'object' } }), other)).toEqual({
      anyOf: [{ type: 'object' }, { type: 'array' }],
    });
    expect(schemaOf(json({ schema: { type: 'array' } }), other)).toEqual({ type: 'array' });
  });

  it('may be anything, when one of them is not described', () => {
    expect(schemaOf(json({ schema: { type: 'object' } }), json({ contentType: 'text/json' }))).toEqual({
      anyOf: [{ type: 'object' }, true],
    });
    expect(schemaOf(json({}), json({ schema: { type: 'object' } }))).toBeUndefined();
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
