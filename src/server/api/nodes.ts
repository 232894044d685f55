import { z } from 'zod';
import { milliseconds, time } from './common.ts';
import { endpoint } from './endpoint.ts';

export const node = z
  .object({
    id: z.string().describe('Of the process: another one after each start.'),
    host: z.string(),
    name: z.string().describe('Host and process.'),
    version: z.string(),
    state: z
      .enum(['leader', 'follower', 'silent'])
      .describe('`silent`: it has not been heard of for 10 s and was not stopped either.'),
    isHere: z.boolean().describe('It is the node that has answered.'),
    since: time.describe('When it was started.'),
    seenAt: time,
    lagMs: milliseconds.describe('Since its last sign of life.'),
    aheadMs: z
      .number()
      .describe('By how much its clock is ahead of that of the database; negative: behind it.'),
    isClockOff: z.boolean().describe('By more than is good: people are told.'),
  })
  .meta({ id: 'Node' });

export const listNodes = endpoint({
  id: 'listNodes',
  method: 'get',
  path: '/nodes',
  tag: 'overview',
  role: 'viewer',
  answer: z
    .object({
      items: z.array(node).describe('Empty where there can be only one: without PostgreSQL.'),
      leader: z
        .object({ name: z.string(), since: time })
        .optional()
        .describe('Absent: no node leads at the moment.'),
      leaseAgeMs: milliseconds
        .optional()
        .describe('Since the leader has said last that it leads; another one may lead after 10 s.'),
      failovers: z.int().describe('How often a node took over from another one.'),
      lastFailover: z
        .object({
          at: time,
          from: z.string(),
          to: z.string(),
          unledMs: milliseconds.optional().describe('How long no node led, at the most; absent: not known.'),
        })
        .optional(),
    })
    .meta({ id: 'Nodes' }),
});

export type NodeView = z.output<typeof node>;
export type NodesView = z.output<typeof listNodes.answer>;
