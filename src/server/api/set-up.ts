import { z } from 'zod';
import { milliseconds, sentence, time } from './common.ts';
import { endpoint } from './endpoint.ts';

const kind = z
  .enum([
    'value',
    'parameter',
    'permission',
    'address',
    'document',
    'refused',
    'broken',
    'unreachable',
    'allow',
    'left-out',
  ])
  .describe(
    'What it waits for; `allow`: nobody has said that it only reads; `left-out`: not called on purpose, nothing has to be done.',
  );

export const setUpItem = z
  .object({
    checkId: z.string(),
    service: z.string(),
    operation: z.string(),
    kind,
    called: z.boolean(),
    status: z.int().optional().describe('HTTP status; absent when no answer came.'),
    why: sentence,
    said: z.string().optional().describe('What the server said, masked, on one line.'),
    lines: z
      .array(sentence)
      .describe('Lines of configuration, the most likely first; `…` stands for what only a person knows.'),
  })
  .meta({ id: 'SetUpItem' });

export const setUpGroup = z
  .object({
    service: z.string(),
    kind,
    why: sentence,
    count: z.int().describe('How many operations it is about.'),
    items: z.array(setUpItem).describe('The first 100 of them.'),
    lines: sentence.optional().describe('Lines of configuration that help all of them.'),
  })
  .meta({ id: 'SetUpGroup' });

export const serviceSetUp = z
  .object({
    service: z.string(),
    since: time.describe('When a cycle has found it to be so first.'),
    introducedAt: time
      .optional()
      .describe('When its first report was sent; when nothing was wanted of it, when that would have been.'),
    counts: z.object({
      called: z.int(),
      pass: z.int(),
      failing: z.int(),
      differ: z.int(),
      value: z.int(),
      permission: z.int(),
      refused: z.int(),
      notCalled: z.record(z.string(), z.int()).describe('By the reason.'),
    }),
    waiting: z.int().describe('Operations that wait for somebody.'),
    intervalMs: milliseconds.describe('How often it is called.'),
    judgedFrom: time.optional().describe('When the last cycle that has closed began.'),
    unread: z
      .array(z.object({ uri: z.string(), why: sentence, hint: sentence.optional() }))
      .describe('Documents that have never been readable; the credentials in their addresses are masked.'),
    groups: z.array(setUpGroup).describe('What is worth most first.'),
  })
  .meta({ id: 'ServiceSetUp' });

export const getSetUp = endpoint({
  id: 'getSetUp',
  method: 'get',
  path: '/set-up',
  tag: 'operations',
  role: 'viewer',
  query: z.object({ service: z.string().optional().describe('Name of one service; default: all.') }),
  answer: z
    .object({
      items: z.array(serviceSetUp),
      unset: z
        .array(z.string())
        .describe(
          'Environment variables that lines refer to and nobody has set: values may be given instead.',
        ),
    })
    .meta({ id: 'SetUp' }),
});

export const configChange = z
  .object({
    file: z.string(),
    diff: z
      .array(
        z.object({
          kind: z.enum(['same', 'added', 'removed']),
          line: z.int().describe('From 1; of a removed line, where it stood.'),
          text: z.string().describe('Secrets are `***`.'),
        }),
      )
      .describe('What changes, with a few lines around it.'),
    applied: z.boolean().describe('It is written, and the patrol goes by it.'),
    at: time.describe('The cycles of the service that begin from then on go by it.'),
    open: z
      .object({ message: sentence, hint: sentence })
      .optional()
      .describe('Secrets have been written, and everybody on the machine may read the file.'),
  })
  .meta({ id: 'ConfigChange' });

export const changeSetUp = endpoint({
  id: 'changeSetUp',
  method: 'post',
  path: '/set-up/changes',
  tag: 'operations',
  role: 'admin',
  scope: 'config:write',
  body: z.object({
    checkId: z.string().min(1).max(1000).describe('Of the first operation that it is about.'),
    all: z.boolean().default(false).describe('All operations of its group.'),
    skip: z.boolean().default(false).describe('Not called any more, in place of the lines that would help.'),
    values: z
      .array(z.string().trim().min(1).max(1000))
      .max(20)
      .default([])
      .describe('For each `…` in the lines, in their order.'),
    variables: z
      .record(z.string().max(200), z.string().trim().min(1).max(1000))
      .default({})
      .describe('What is written in place of an environment variable that nobody has set, by its name.'),
    apply: z.boolean().default(true).describe('`false`: shows what would change.'),
  }),
  answer: configChange,
});

export const undoSetUp = endpoint({
  id: 'undoSetUp',
  method: 'post',
  path: '/set-up/undo',
  tag: 'operations',
  role: 'admin',
  scope: 'config:write',
  answer: configChange,
});

export type ConfigChange = z.output<typeof configChange>;
export type ServiceSetUp = z.output<typeof serviceSetUp>;
export type SetUpGroup = z.output<typeof setUpGroup>;
export type SetUpItem = z.output<typeof setUpItem>;
