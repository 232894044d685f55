import { z } from 'zod';
import { language, latencySummary, milliseconds, sentence, time, verdictCounts } from './common.ts';
import { channelState } from './channels.ts';
import { endpoint } from './endpoint.ts';
import { incident } from './incidents.ts';

export const cycle = z
  .object({
    id: z.int(),
    outcome: z.enum(['complete', 'interrupted']),
    dueAt: time,
    startedAt: time,
    durationMs: milliseconds,
    latenessMs: z.number(),
    missed: z.int(),
    checked: z.int(),
    unreached: z
      .int()
      .optional()
      .describe(
        'Those of them that were not called, as their host was down: they count as failed. Absent: none.',
      ),
    heldUp: z
      .int()
      .optional()
      .describe('Operations that were left out: no answer yet to the call of before. Absent: none.'),
    confirming: z
      .int()
      .optional()
      .describe(
        'Those of them that were answered badly and are called again before that counts. Absent: none.',
      ),
    counts: verdictCounts,
    successRate: z.number().optional().describe('0 to 1; absent when nothing counted.'),
    latency: latencySummary.optional(),
  })
  .meta({ id: 'Cycle' });

/** Numbers of operations by their state now. */
const states = verdictCounts.extend({ waiting: z.int(), skipped: z.int() }).meta({ id: 'StateCounts' });

export const overview = z
  .object({
    now: time,
    version: z.string(),
    timeZone: z.string().describe('IANA name in which times are shown.'),
    language,
    state: z
      .enum(['ok', 'degraded', 'failing', 'starting', 'stalled'])
      .describe('`starting`: no cycle has closed yet; `stalled`: cycles of a service do not close.'),
    concerns: z
      .array(
        z.object({
          kind: z.enum(['no-channel', 'channel', 'configuration', 'credential', 'blocked']),
          message: sentence,
        }),
      )
      .describe('Why not all is well although no incident says so: nobody would hear, or nobody knows.'),
    notPatrolled: z
      .array(
        z.object({
          service: z.string(),
          why: z.enum(['failed', 'overdue', 'empty', 'working', 'behind', 'limited']),
          since: time,
          problem: sentence,
        }),
      )
      .describe(
        'Services whose last cycle failed, or is overdue by more than an interval, or of which nothing is called any more; `working`: a cycle that is overdue is being worked on since then; `behind`: cycles close, and ticks are left out since then; `limited`: most of its operations are answered that they are called too often, or wait because others were: those that worked before are `unknown`.',
      ),
    counts: states,
    services: z.array(
      z.object({
        name: z.string(),
        counts: states,
        nextAt: time.optional(),
        halves: z
          .array(z.object({ at: time, good: z.int(), bad: z.int(), other: z.int() }))
          .describe(
            'The last 48 half hours, oldest first: calls that went well, that failed, and of which nothing was learnt.',
          ),
        rate: z.number().optional().describe('Of these 24 hours, 0 to 1; absent when nothing counted.'),
        p95Ms: milliseconds.optional(),
        p95s: z.array(milliseconds.nullable()).describe('Of each of the last 24 hours, oldest first.'),
        openCount: z.int().describe('Open incidents that nothing else explains.'),
      }),
    ),
    open: z.array(incident).describe('The worst 20 that nothing else explains.'),
    openCount: z.int(),
    silencedCount: z.int().describe('Those of them that are silenced.'),
    toSetUp: z
      .int()
      .describe(
        'Operations that have never worked the way they are called, or wait to be called: see `/set-up`.',
      ),
    running: z.boolean().describe('A cycle is running now.'),
    nextCycles: z.array(z.object({ service: z.string(), at: time })).describe('The earliest first.'),
    lastCycle: cycle.optional(),
    lastDay: z
      .array(z.object({ at: time, counts: verdictCounts }))
      .describe(
        'A quarter of an hour each, oldest first, the last 95 or 96; results of all operations, of which the half hours of services are made.',
      ),
    channels: z.array(z.object({ name: z.string(), kind: z.string(), title: sentence, state: channelState })),
    credentials: z.array(
      z.object({
        name: z.string(),
        scheme: z.string(),
        state: z.enum(['static', 'idle', 'ready', 'failing', 'stopped']),
        message: sentence.optional(),
        expiresAt: time.optional(),
        nextTryAt: time.optional().describe('Of one without a token: when it signs in again by itself.'),
      }),
    ),
    problems: z
      .object({ error: z.int(), warning: z.int(), info: z.int() })
      .describe('Of documents and plan.'),
    silences: z.int(),
    storage: z
      .object({ since: time, message: sentence, hint: sentence.optional() })
      .optional()
      .describe('Why nothing can be stored; absent while something can.'),
    node: z
      .object({
        role: z.enum(['leader', 'follower']),
        leader: z.string().optional().describe('Host and process; absent: no node leads at the moment.'),
        differs: z.boolean().describe('The leader has another configuration than this node.'),
      })
      .optional()
      .describe('Which of several nodes has answered; absent: there is one.'),
  })
  .meta({ id: 'Overview' });

export const getOverview = endpoint({
  id: 'getOverview',
  method: 'get',
  path: '/overview',
  tag: 'overview',
  role: 'viewer',
  answer: overview,
});

export const getServiceDays = endpoint({
  id: 'getServiceDays',
  method: 'get',
  path: '/services/days',
  tag: 'overview',
  role: 'viewer',
  query: z.object({
    days: z.coerce.number().int().min(1).max(90).default(30).describe('The last so many, today included.'),
  }),
  answer: z
    .object({
      items: z.array(
        z.object({
          service: z.string(),
          rate: z.number().optional().describe('0 to 1; absent when nothing counted.'),
          days: z
            .array(z.object({ date: z.string(), good: z.int(), bad: z.int() }))
            .describe('By the wall clock of the patrol, oldest first.'),
        }),
      ),
    })
    .meta({ id: 'ServiceDays' }),
});

export const runCycle = endpoint({
  id: 'runCycle',
  method: 'post',
  path: '/cycles',
  tag: 'overview',
  role: 'operator',
  scope: 'checks:run',
  status: 202,
  answer: z.object({
    started: z.literal(true),
    services: z.array(z.string()).describe('Whose cycles begin: all that the caller has.'),
  }),
});

export const getMeta = endpoint({
  id: 'getMeta',
  method: 'get',
  path: '/meta',
  tag: 'overview',
  role: 'public',
  answer: z
    .object({
      version: z.string(),
      language,
      timeZone: z.string(),
      setup: z.boolean().describe('There is no configuration yet: the first-run page is to be shown.'),
      signIn: z
        .array(z.enum(['local', 'oidc', 'proxy']))
        .describe('Ways to sign in; empty: nobody has to, whoever reaches the server is an admin.'),
      statusPage: z.boolean(),
    })
    .meta({ id: 'Meta' }),
});

/** What `GET /events` sends, as `data:` of server-sent events; the event's name is `kind`. */
export const liveEvent = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('hello'), at: time }).describe('First event of every connection.'),
    z.object({ kind: z.literal('cycle-started'), at: time, services: z.array(z.string()) }),
    z
      .object({ kind: z.literal('cycle-closed'), at: time, cycle: cycle.optional() })
      .describe('`cycle` is absent for callers who see some services only.'),
    z
      .object({ kind: z.literal('incidents'), at: time, ids: z.array(z.string()) })
      .describe('These have opened, changed, ended, or somebody has done something about them.'),
    z.object({ kind: z.literal('silences'), at: time }),
    z
      .object({ kind: z.literal('status-page'), at: time })
      .describe('Something has been written on the public status page.'),
    z
      .object({ kind: z.literal('operations'), at: time, ids: z.array(z.string()) })
      .describe('Called by hand.'),
    z
      .object({ kind: z.literal('documents'), at: time })
      .describe('Documents or their problems have changed.'),
    z.object({ kind: z.literal('channels'), at: time }),
    z.object({ kind: z.literal('configuration'), at: time, ok: z.boolean() }).describe('Read again.'),
  ])
  .meta({ id: 'LiveEvent' });

export type Cycle = z.output<typeof cycle>;
export type Overview = z.output<typeof overview>;
export type ServiceDays = z.output<typeof getServiceDays.answer>;
export type Meta = z.output<typeof getMeta.answer>;
export type LiveEvent = z.output<typeof liveEvent>;
