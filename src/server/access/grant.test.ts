import { expect, it } from 'vitest';
import { covers, type Grant } from './grant.ts';

const admin: Grant = { role: 'admin' };
const chief: Grant = { role: 'admin', services: ['orders', 'users'] };
const limited: Grant = { role: 'admin', scopes: ['access:manage', 'read'] };

it.each<readonly [string, Grant, Grant, boolean]>([
  ['an admin gives everything', admin, { role: 'admin' }, true],
  ['an admin of some services gives these', chief, { role: 'admin', services: ['orders'] }, true],
  ['and not others', chief, { role: 'viewer', services: ['orders', 'payments'] }, false],
  ['and not all', chief, { role: 'viewer' }, false],
  ['an operator makes no admin', { role: 'operator' }, { role: 'admin' }, false],
  ['some scopes give some of them', limited, { role: 'viewer', scopes: ['read'] }, true],
  ['and not others', limited, { role: 'admin', scopes: ['read', 'config:write'] }, false],
  ['and not all', limited, { role: 'viewer' }, false],
])('%s', (_, own, other, expected) => {
  expect(covers(own, other)).toBe(expected);
});
