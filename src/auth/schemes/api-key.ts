import { z } from 'zod';
import { secretText } from '../../lib/zod.ts';
import { type CredentialPlacement, placeCredential } from '../credential-placement.ts';
import { defineScheme } from '../scheme.ts';
import { placeShape, shared } from './options.ts';

const key = z.strictObject({ ...placeShape, value: secretText.describe('The key.') });

export const apiKey = defineScheme({
  kind: 'api-key',
  title: { en: 'A fixed key', zh: '固定密钥' },
  summary: 'A fixed key in a header, the query or a cookie; several at once under `keys`.',
  example: { name: 'X-API-Key', value: '${env:API_KEY}' },
  satisfies: ['apiKey'],
  options: z
    .strictObject({
      in: placeShape.in.default('header'),
      name: placeShape.name.default('X-API-Key'),
      value: secretText.optional().describe('The key.'),
      keys: z.array(key).min(1).optional().describe('Several keys that go together.'),
      ...shared,
    })
    .refine(({ value, keys }) => (value === undefined) !== (keys === undefined), {
      message: 'needs either `value` (one key) or `keys` (several), and not both',
    }),
  apply: (request, { keys, value, ...where }) => {
    const all: readonly (CredentialPlacement & { readonly value: { reveal(): string } })[] =
      keys ?? (value === undefined ? [] : [{ ...where, value }]);
    return all.reduce((next, one) => placeCredential(next, one, one.value.reveal().trim()), request);
  },
});
