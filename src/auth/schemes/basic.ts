import { z } from 'zod';
import { secretText } from '../../lib/zod.ts';
import { withHeaders } from '../credential-placement.ts';
import { defineScheme } from '../scheme.ts';
import { shared } from './options.ts';

export const basic = defineScheme({
  kind: 'basic',
  title: { en: 'Name and password, HTTP Basic', zh: '用户名和密码，HTTP Basic' },
  summary: 'HTTP Basic (RFC 7617): user name and password with every request.',
  example: { username: 'patrol', password: '${env:API_PASSWORD}' },
  satisfies: ['basic'],
  options: z.strictObject({
    username: z
      .string()
      .regex(/^[^:]*$/, 'must not contain a colon (RFC 7617)')
      .describe('User name.'),
    password: secretText.describe('Password.'),
    ...shared,
  }),
  apply: (request, { username, password }) => {
    const pair = Buffer.from(`${username}:${password.reveal()}`).toString('base64');
    return withHeaders(request, { authorization: `Basic ${pair}` });
  },
});
