import { expect } from 'vitest';
import type { Operation } from '../../../model/document.ts';
import type { RawDocument, ReadContext, ReadDocument } from '../format.ts';
import { markdown } from './markdown.ts';

const context: ReadContext = {
  load: async () => ({ level: 'error', code: 'none', message: 'no other files' }),
  list: async () => [],
  signal: new AbortController().signal,
};

/** Reads a text that is recognised as Markdown. */
export async function read(text: string): Promise<ReadDocument> {
  expect(markdown.detect(rawOf(text))).toBeGreaterThan(0);
  return readPart(text);
}

/** Reads what alone would not be recognised: a part of a document. */
export function readPart(text: string): Promise<ReadDocument> {
  return markdown.read(rawOf(text), context);
}

function rawOf(text: string): RawDocument {
  return { uri: 'docs/api.md', text, data: undefined };
}

export async function keys(text: string): Promise<readonly string[]> {
  return (await read(text)).operations.map((operation) => operation.key);
}

export async function only(text: string): Promise<Operation> {
  const { operations } = await read(text);
  expect(operations.map((operation) => operation.key)).toHaveLength(1);
  const [operation] = operations;
  if (operation === undefined) throw new Error('no operation was read');
  return operation;
}
