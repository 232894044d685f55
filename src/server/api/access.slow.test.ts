import { expect, it } from 'vitest';
import { createUser } from './access.ts';

const role = 'viewer';
const password = 'long enough';

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])(
  '%s is no name of a user',
  (name) => {
    expect(createUser.body?.safeParse({ name, password, role }).success).toBe(false);
  },
);

it.each(['zhangsan', '张三', 'constructor.li', 'proto'])('%s is one', (name) => {
  expect(createUser.body?.safeParse({ name, password, role }).success).toBe(true);
});
