import { z } from 'zod';
import { scriptsMixed } from '../../lib/text/names.ts';
import { scriptsSentence } from '../../messages/network.ts';
import { sentence } from '../../messages/sentence.ts';
import { complaint } from './complaint.ts';
import { line, time } from './common.ts';
import { endpoint } from './endpoint.ts';
import { roles, scopeNames } from './roles.ts';

export const role = z.enum(roles).meta({ id: 'Role' });
const scope = z.enum(scopeNames).meta({ id: 'Scope' });

/** Who asks, and what the page needs to ask on. */
export const session = z
  .object({
    user: z.string(),
    role,
    via: z
      .enum(['local', 'oidc', 'proxy', 'token', 'socket', 'open'])
      .describe('`open`: nobody has to sign in here.'),
    services: z.array(z.string()).optional().describe('The role is for these alone; absent: for all.'),
    scopes: z.array(scope).optional().describe('Of a token that was made for these alone.'),
    csrf: z.string().describe('To be sent as `X-CSRF-Token` with everything that is not a GET.'),
    expiresAt: time.optional(),
  })
  .meta({ id: 'Session' });

export const getSession = endpoint({
  id: 'getSession',
  method: 'get',
  path: '/session',
  tag: 'access',
  role: 'viewer',
  scope: 'any',
  answer: session,
});

export const signIn = endpoint({
  id: 'signIn',
  method: 'post',
  path: '/session',
  tag: 'access',
  role: 'public',
  status: 201,
  body: z.object({ name: line.min(1).max(200), password: z.string().min(1).max(1000) }),
  answer: session,
});

export const signOut = endpoint({
  id: 'signOut',
  method: 'delete',
  path: '/session',
  tag: 'access',
  role: 'viewer',
  scope: 'any',
});

export const user = z
  .object({
    name: z.string(),
    role,
    from: z.enum(['config', 'store']).describe('Users of the configuration are changed there alone.'),
    services: z.array(z.string()).optional(),
    createdAt: time.optional(),
    lastSeenAt: time.optional(),
  })
  .meta({ id: 'User' });

/** Names that every object of the language has: `constructor`, `__proto__`, `toString`. */
function isReserved(name: string): boolean {
  return name in {};
}

const userName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .transform((name) => name.normalize('NFKC'))
  .pipe(
    z
      .string()
      .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@-]*$/u, { error: complaint(sentence('givenNoUserName')) })
      .refine((name) => !isReserved(name), { error: complaint(sentence('givenReservedWord')) })
      .refine((name) => scriptsMixed(name) === undefined, {
        error: ({ input }) =>
          complaint(
            sentence('givenMixesScripts', { scripts: scriptsSentence(scriptsMixed(String(input)) ?? []) }),
          ),
      }),
  );
/** Names of services. */
const services = z.array(line.min(1).max(200)).min(1).max(1000);
const password = z
  .string()
  .min(10, { error: complaint(sentence('givenShortPassword')) })
  .max(1000);

export const token = z
  .object({
    id: z.string(),
    name: z.string(),
    role,
    scopes: z.array(scope).optional(),
    services: z.array(z.string()).optional(),
    by: z.string(),
    createdAt: time,
    expiresAt: time.optional(),
    lastUsedAt: time.optional(),
    isVoid: z
      .literal(true)
      .optional()
      .describe(
        'Made while nobody had to sign in: good for nothing since somebody has to. Make another one.',
      ),
    ended: z
      .object({
        at: time,
        user: z.string(),
        because: z
          .enum(['removed', 'changed'])
          .describe('`changed`: the user may do less than the token might.'),
      })
      .optional()
      .describe(
        'Made by this user, or by a token of theirs, and good for nothing since. Listed for some months, or until it is removed.',
      ),
  })
  .meta({ id: 'Token' });

const lost = {
  revokedTokens: z
    .array(token)
    .describe(
      'What the user had made and may do more than the user may now: they are good for nothing any more.',
    ),
  keptTokens: z
    .array(token)
    .describe('The same, left as they are because of `keepTokens`. `DELETE /tokens/{id}` ends one.'),
};

export const listUsers = endpoint({
  id: 'listUsers',
  method: 'get',
  path: '/users',
  tag: 'access',
  role: 'admin',
  scope: 'access:manage',
  answer: z.object({ items: z.array(user) }).meta({ id: 'Users' }),
});

export const createUser = endpoint({
  id: 'createUser',
  method: 'post',
  path: '/users',
  tag: 'access',
  role: 'admin',
  scope: 'access:manage',
  status: 201,
  body: z.object({
    name: userName,
    password,
    role,
    services: services.optional(),
  }),
  answer: user,
});

export const changeUser = endpoint({
  id: 'changeUser',
  method: 'patch',
  path: '/users/{name}',
  tag: 'access',
  role: 'admin',
  scope: 'access:manage',
  body: z.object({
    password: password.optional(),
    role: role.optional(),
    services: services.nullable().optional().describe('null: all.'),
    keepTokens: z.boolean().optional().describe('Tokens of the user that may do more go on.'),
  }),
  answer: user.extend(lost).meta({ id: 'ChangedUser' }),
});

export const removeUser = endpoint({
  id: 'removeUser',
  method: 'delete',
  path: '/users/{name}',
  tag: 'access',
  role: 'admin',
  scope: 'access:manage',
  query: z.object({
    keepTokens: z
      .enum(['true', 'false'])
      .optional()
      .describe('`true` keeps the API tokens that the user created.'),
  }),
  answer: z.object(lost).meta({ id: 'RemovedUser' }),
});

export const listTokens = endpoint({
  id: 'listTokens',
  method: 'get',
  path: '/tokens',
  tag: 'access',
  role: 'admin',
  scope: 'access:manage',
  answer: z.object({ items: z.array(token) }).meta({ id: 'Tokens' }),
});

export const createToken = endpoint({
  id: 'createToken',
  method: 'post',
  path: '/tokens',
  tag: 'access',
  role: 'admin',
  scope: 'access:manage',
  status: 201,
  body: z.object({
    name: line.min(1).max(100),
    role: role.describe('What it may do: that of a viewer, an operator or an admin.'),
    scopes: z
      .array(scope)
      .min(1)
      .optional()
      .describe('Only for these; each takes its role. Default: all that the role may.'),
    services: services.optional().describe('Only about these.'),
    forMs: z.int().min(60_000).optional().describe('How long it is good for; default: until removed.'),
  }),
  answer: token
    .extend({ token: z.string().describe('Send it as `Authorization: Bearer …`.') })
    .meta({ id: 'NewToken' }),
});

export const removeToken = endpoint({
  id: 'removeToken',
  method: 'delete',
  path: '/tokens/{id}',
  tag: 'access',
  role: 'admin',
  scope: 'access:manage',
});

export type Session = z.output<typeof session>;
export type User = z.output<typeof user>;
export type ChangedUser = z.output<typeof changeUser.answer>;
export type Token = z.output<typeof token>;
export type NewToken = z.output<typeof createToken.answer>;

export const forgetTokens = endpoint({
  id: 'forgetTokens',
  method: 'post',
  path: '/credentials/forget',
  tag: 'credentials',
  role: 'operator',
  scope: 'credentials:write',
  body: z.object({ credential: z.string().min(1).max(200).optional().describe('Default: all.') }),
  answer: z
    .object({ cleared: z.int().describe('How many tokens were kept over restarts.') })
    .meta({ id: 'ForgottenTokens' }),
});
