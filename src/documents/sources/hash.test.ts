import { expect, test } from 'vitest';
import { sha256 } from '../../lib/text/text.ts';
import { hashOf } from './place.ts';

test.each([0, 10, 3_000_000])(
  'the hash of %i bytes is the same on whatever thread it is made',
  async (size) => {
    const bytes = Buffer.alloc(size, 'a');
    expect(await hashOf(bytes)).toBe(sha256(bytes));
  },
);
