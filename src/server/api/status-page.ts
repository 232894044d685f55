import { z } from 'zod';
import { sentence as say } from '../../messages/sentence.ts';
import { postKinds } from '../../model/status-post.ts';
import { line, text, time } from './common.ts';
import { complaint } from './complaint.ts';
import { endpoint } from './endpoint.ts';

const kind = z.enum(postKinds).meta({ id: 'StatusPostKind' });

export const statusPost = z
  .object({
    id: z.int(),
    incident: z
      .object({ id: z.string(), openedAt: time })
      .optional()
      .describe('What it is about; absent: a notice or maintenance.'),
    kind,
    title: z.string().optional().describe('Takes the place of the one that the page makes by itself.'),
    services: z.array(z.string()).optional().describe('Absent: all that are shown.'),
    text: z.string(),
    from: time.optional(),
    until: time.optional(),
    by: z.string(),
    at: time,
    changedAt: time.optional(),
  })
  .meta({ id: 'StatusPost' });

const postText = text.pipe(z.string().min(1).max(4000));

export const getStatusPage = endpoint({
  id: 'getStatusPage',
  method: 'get',
  path: '/status-page',
  tag: 'status page',
  role: 'viewer',
  answer: z
    .object({
      isPublic: z.boolean().describe('Whether the configuration has a public status page.'),
      services: z.array(z.string()).describe('That are shown there.'),
      incidents: z.array(
        z.object({
          id: z.string().describe('Short id.'),
          openedAt: time,
          resolvedAt: time.optional(),
          failedUntil: time
            .optional()
            .describe(
              'Of one that is over: what comes and goes, and a sign-in, had to be well for some minutes first.',
            ),
          label: z.string().describe('What it is about; the public is not told that.'),
          services: z.array(z.string()),
          posts: z.array(statusPost).describe('Oldest first.'),
        }),
      ),
      posts: z.array(statusPost).describe('Notices and maintenance, oldest first.'),
    })
    .meta({ id: 'StatusPage' }),
});

export const createStatusPost = endpoint({
  id: 'createStatusPost',
  method: 'post',
  path: '/status-page/posts',
  tag: 'status page',
  role: 'operator',
  scope: 'incidents:write',
  status: 201,
  body: z
    .object({
      incident: line.max(20).optional().describe('Short id.'),
      kind,
      title: line.min(1).max(200).optional(),
      services: z.array(line.max(200)).min(1).max(1000).optional(),
      text: postText,
      from: time.optional(),
      until: time.optional(),
    })
    .refine(({ incident, kind: given }) => (incident === undefined) === isOfServices(given), {
      error: complaint(say('postOfIncident')),
      path: ['kind'],
    })
    .refine(({ kind: given, until }) => given !== 'maintenance' || until !== undefined, {
      error: complaint(say('postNeedsEnd')),
      path: ['until'],
    })
    .refine(({ from, until }) => from === undefined || until === undefined || from < until, {
      error: complaint(say('postEndsBefore')),
      path: ['until'],
    }),
  answer: statusPost,
});

export const changeStatusPost = endpoint({
  id: 'changeStatusPost',
  method: 'patch',
  path: '/status-page/posts/{id}',
  tag: 'status page',
  role: 'operator',
  scope: 'incidents:write',
  body: z.object({ text: postText }),
  answer: statusPost,
});

export const removeStatusPost = endpoint({
  id: 'removeStatusPost',
  method: 'delete',
  path: '/status-page/posts/{id}',
  tag: 'status page',
  role: 'operator',
  scope: 'incidents:write',
});

function isOfServices(given: z.output<typeof kind>): boolean {
  return given === 'notice' || given === 'maintenance';
}

export type StatusPost = z.output<typeof statusPost>;
export type StatusPage = z.output<typeof getStatusPage.answer>;
