import { z } from 'zod';
import { line, time } from './common.ts';
import { endpoint } from './endpoint.ts';

/** How long a token may be good for. */
export const leastTokenMs = 60_000;
export const mostTokenMs = 30 * 86_400_000;

const location = line.min(1).max(40);

export const worker = z
  .object({
    id: z.string(),
    location: z.string(),
    name: z.string().describe('Of its host.'),
    version: z.string(),
    state: z
      .enum(['working', 'idle', 'silent', 'new'])
      .describe('`silent`: it has not been heard of for half a minute; `new`: it has never asked for work.'),
    batches: z.int().describe('Batches that it has in hand.'),
    skewMs: z
      .number()
      .describe('How far its clock is ahead of the server; what it reports is corrected by it.'),
    joinedAt: time,
    seenAt: time.optional(),
  })
  .meta({ id: 'Worker' });

export const listWorkers = endpoint({
  id: 'listWorkers',
  method: 'get',
  path: '/workers',
  tag: 'workers',
  role: 'operator',
  scope: 'config:read',
  answer: z
    .object({
      locations: z.array(
        z.object({
          name: z.string(),
          services: z.array(z.string()).describe('That are called from there.'),
          credentials: z.array(z.string()).describe('That may be used there.'),
          waiting: z.int().describe('Batches that no worker has in hand yet.'),
          lagMs: z.number().describe('How long the first of them has waited.'),
          isSilent: z.boolean().describe('No worker is there.'),
        }),
      ),
      items: z.array(worker),
    })
    .meta({ id: 'Workers' }),
});

export const createWorkerToken = endpoint({
  id: 'createWorkerToken',
  method: 'post',
  path: '/workers/tokens',
  tag: 'workers',
  role: 'admin',
  scope: 'access:manage',
  status: 201,
  body: z.object({
    location,
    forMs: z
      .int()
      .min(leastTokenMs)
      .max(mostTokenMs)
      .optional()
      .describe('How long it is good for; default: a day.'),
  }),
  answer: z
    .object({
      location: z.string(),
      token: z.string().describe('Lets one worker join.'),
      expiresAt: time,
    })
    .meta({ id: 'WorkerToken' }),
});

export const listWorkerTokens = endpoint({
  id: 'listWorkerTokens',
  method: 'get',
  path: '/workers/tokens',
  tag: 'workers',
  role: 'admin',
  scope: 'access:manage',
  answer: z
    .object({
      items: z.array(
        z.object({
          id: z.string(),
          location: z.string(),
          by: z.string().describe('Who has made it.'),
          expiresAt: time,
        }),
      ),
    })
    .meta({ id: 'WorkerTokens' }),
});

export const removeWorkerToken = endpoint({
  id: 'removeWorkerToken',
  method: 'delete',
  path: '/workers/tokens/{id}',
  tag: 'workers',
  role: 'admin',
  scope: 'access:manage',
});

export const removeWorker = endpoint({
  id: 'removeWorker',
  method: 'delete',
  path: '/workers/{id}',
  tag: 'workers',
  role: 'admin',
  scope: 'access:manage',
});

export type Workers = z.output<typeof listWorkers.answer>;
export type WorkerTokens = z.output<typeof listWorkerTokens.answer>;
export type WorkerView = z.output<typeof worker>;
