import { expect, it } from 'vitest';
import { asUsed } from './settings.ts';

const origin = { kind: 'file', line: 3, column: 5 } as const;
const written = { path: 'server.port', value: 8420, origin };

it.each([
  ['as it is written', undefined, 8420, origin],
  ['any that is free', 0, 8420, origin],
  ['that which is written', 8420, 8420, origin],
  ['that of the command line', 9000, 9000, { kind: 'option', name: '--port' }],
])('the port that is used is shown: %s', (_, port, value, where) => {
  expect(asUsed(written, port)).toEqual({ path: 'server.port', value, origin: where });
  const other = { ...written, path: 'server.host' };
  expect(asUsed(other, port)).toBe(other);
});
