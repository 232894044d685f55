import { z } from 'zod';
import { next, pageQuery, sentence, time } from './common.ts';
import { endpoint } from './endpoint.ts';

export const channelState = z
  .enum(['ok', 'retrying', 'refusing', 'broken'])
  .describe(
    '`retrying`: the last send failed and is repeated; `refusing`: it answers and does not take what it is sent; `broken`: a person has to act.',
  );

export const channel = z
  .object({
    name: z.string(),
    kind: z.string(),
    title: sentence.describe('What people call this kind of channel.'),
    state: channelState,
    since: time,
    lastSentAt: time.optional(),
    code: z.string().optional(),
    message: sentence.optional(),
    hint: sentence.optional(),
    waiting: z.int().describe('Messages that wait to be sent; for callers who see some services, their own.'),
    givenUp: z.int().describe('Undelivered messages, which can be requeued; the same.'),
    waitsSince: time.optional().describe('Of the oldest that waits for more than quiet hours.'),
    nextTryAt: time.optional(),
    refusal: z
      .object({ problem: sentence, hint: sentence.optional() })
      .optional()
      .describe('The last refusal of what has not been taken, and what it means.'),
  })
  .meta({ id: 'Channel' });

export const channelMessage = z
  .object({
    id: z.int(),
    createdAt: time,
    state: z.enum(['pending', 'sent', 'undelivered', 'superseded']),
    attempts: z.int(),
    settledAt: time.optional(),
    receipt: z.string().optional(),
    problem: sentence.optional().describe('The last refusal.'),
    hint: sentence.optional().describe('What it means, and what to do.'),
    mayHaveArrived: z
      .boolean()
      .optional()
      .describe('It was sent and no answer came: people may have it already.'),
    incidents: z.array(z.string()),
    isTest: z.boolean(),
    shown: z.array(z.string()).describe('What a person sees of it, a text for each part.'),
  })
  .meta({ id: 'ChannelMessage' });

/** A testMessage on its way to a channel, step by step. */
export const channelTrial = z
  .object({
    ok: z.boolean(),
    steps: z.array(
      z.object({ step: z.string(), ok: z.boolean(), text: sentence, hint: sentence.optional() }),
    ),
  })
  .meta({ id: 'ChannelTrial' });

export const listChannels = endpoint({
  id: 'listChannels',
  method: 'get',
  path: '/channels',
  tag: 'channels',
  role: 'viewer',
  answer: z.object({ items: z.array(channel) }).meta({ id: 'Channels' }),
});

export const listMessages = endpoint({
  id: 'listMessages',
  method: 'get',
  path: '/channels/{name}/messages',
  tag: 'channels',
  role: 'viewer',
  query: pageQuery,
  answer: z.object({ items: z.array(channelMessage), next }).meta({ id: 'MessagePage' }),
});

export const testChannel = endpoint({
  id: 'testChannel',
  method: 'post',
  path: '/channels/{name}/test',
  tag: 'channels',
  role: 'operator',
  scope: 'channels:write',
  answer: channelTrial,
});

export const requeueMessages = endpoint({
  id: 'requeueMessages',
  method: 'post',
  path: '/messages/requeue',
  tag: 'channels',
  role: 'operator',
  scope: 'channels:write',
  body: z.object({
    ids: z.array(z.int().min(1)).min(1).optional().describe('Default: all undelivered ones.'),
  }),
  answer: z.object({ requeued: z.array(z.int()) }).meta({ id: 'RequeuedMessages' }),
});

export type Channel = z.output<typeof channel>;
export type ChannelMessage = z.output<typeof channelMessage>;
export type ChannelTrial = z.output<typeof channelTrial>;
