import { expect, it } from 'vitest';
import type { Operation } from './document.ts';
import { SharedParts } from './shared-parts.ts';

function operation(no: number, answer: string): Operation {
  return JSON.parse(
    JSON.stringify({
      key: `GET /orders/${no}`,
      method: 'GET',
      path: `/orders/${no}`,
      tags: ['orders'],
      deprecated: false,
      servers: [],
      parameters: [],
      responses: [
        { status: '200', description: answer, media: [{ contentType: 'application/json', examples: [] }] },
      ],
      extensions: {},
      pointer: `/paths/~1orders~1${no}/get`,
    }),
  ) as Operation;
}

it('keeps one of what is alike, and what is not', () => {
  const operations = [operation(1, 'ok'), operation(2, 'ok'), operation(3, 'fine')];
  const before = structuredClone(operations);
  const parts = new SharedParts();
  for (const one of operations) parts.share(one);
  const [first, second, third] = operations;
  expect(operations).toEqual(before);
  expect(second?.responses).toBe(first?.responses);
  expect(third?.responses).not.toBe(first?.responses);
  expect(third?.tags).toBe(first?.tags);
  expect(third?.extensions).toBe(first?.extensions);
});

it('leaves alone what is large', () => {
  const large = 'x'.repeat(2000);
  const operations = [operation(1, large), operation(2, large)];
  const parts = new SharedParts();
  for (const one of operations) parts.share(one);
  expect(operations[1]?.responses).not.toBe(operations[0]?.responses);
});
