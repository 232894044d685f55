import { sentence as say } from '../../messages/sentence.ts';
import { causeKinds } from '../../model/cause-kind.ts';
import { complaint } from './complaint.ts';
import { z } from 'zod';
import { causeLevel, line, next, pageQuery, periodQuery, sentence, severity, text, time } from './common.ts';
import { lastEdit } from './documents.ts';
import { endpoint } from './endpoint.ts';
import { result } from './results.ts';

export const acknowledgement = z
  .object({ by: z.string(), at: time, until: time, note: z.string().optional() })
  .meta({ id: 'Acknowledgement' });

export const incident = z
  .object({
    id: z.string().describe('Short id, as in the messages: `A7F3`.'),
    cause: z.object({
      level: causeLevel,
      kind: z.enum(causeKinds).describe('What is the matter with it.'),
      subject: z.string(),
    }),
    state: z.enum(['firing', 'recovering', 'resolved']),
    severity,
    verdict: z.enum(['fail', 'degraded']),
    label: z.string().describe('What it is about: `GET /orders/{orderId}` or `https://orders.example`.'),
    services: z.array(z.string()),
    tags: z.array(z.string()),
    owners: z.array(z.string()),
    reason: z.object({ code: z.string(), message: sentence }),
    members: z
      .object({
        count: z.int(),
        of: z.int(),
        heard: z
          .int()
          .optional()
          .describe('So many have been heard of since it began: more may be affected. Absent: all.'),
      })
      .describe('Affected operations, of how many.'),
    openedAt: time,
    since: z
      .int()
      .min(0)
      .describe(
        'When it became what it is, ms since 1970-01-01 UTC: after openedAt where it was only a warning before.',
      ),
    lastSeenAt: time,
    resolvedAt: time.optional(),
    failedUntil: time
      .optional()
      .describe(
        'Of one that is over: what comes and goes, and a sign-in, had to be well for some minutes first.',
      ),
    acknowledged: acknowledgement.optional(),
    silenced: z.boolean().describe('A silence covers it now: nothing is told about it.'),
    explainedBy: z.string().optional().describe('Id of the open root cause that explains it.'),
    flapping: z.boolean(),
  })
  .meta({ id: 'Incident' });

const matcher = z
  .strictObject({
    incident: line.max(20).optional().describe('Short id.'),
    services: z.array(line.max(200)).min(1).max(1000).optional(),
    tags: z.array(line.max(200)).min(1).max(1000).optional(),
    levels: z.array(causeLevel).min(1).optional(),
    subject: line.max(500).optional().describe('What it is about, `*` for anything: `GET /orders*`.'),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), {
    error: complaint(say('matcherSaysNothing')),
  })
  .describe('Which incidents: all that is given must fit, and something must be given.')
  .meta({ id: 'Matcher' });

export const silence = z
  .object({
    id: z.int(),
    matcher,
    from: time,
    until: time,
    by: z.string(),
    reason: sentence,
    createdAt: time,
  })
  .meta({ id: 'Silence' });

export const incidentDetail = incident
  .extend({
    worst: z.array(
      z.object({ operation: z.string(), label: z.string(), service: z.string(), message: sentence }),
    ),
    hint: sentence.optional(),
    nextTryAt: time.optional().describe('When the patrol tries again by itself.'),
    expected: sentence.optional(),
    found: sentence.optional(),
    said: z.string().optional().describe('What the server said, masked, on one line.'),
    curl: z.string().optional().describe('To see it with your own eyes; secrets are `***`.'),
    history: z
      .object({
        lastPassAt: time.optional().describe('Of the operation, when it last kept its promises.'),
        change: z.object({ at: time, details: z.array(sentence) }).optional(),
        lastEdit: lastEdit.optional(),
      })
      .optional()
      .describe('What was before it began; how its document has changed since, and who changed it last.'),
    failingCycles: z.int(),
    operation: z.string().optional().describe('Id of the operation, where it is about a single one.'),
    operations: z
      .array(
        z.object({
          operation: z.string(),
          service: z.string(),
          label: z.string(),
          state: z
            .enum(['pass', 'degraded', 'fail', 'blocked', 'unknown', 'waiting'])
            .describe('As it is now.'),
        }),
      )
      .describe(
        'What it is about, the worst first; once it is over, what failed while it went on. At most 500.',
      ),
    similar: z
      .array(incident)
      .describe('Earlier ones of the same cause, or alike in the same service; at most 5.'),
    transitions: z.array(
      z.object({
        kind: z.enum(['opened', 'changed', 'resolved', 'removed']),
        at: time,
        message: sentence,
        members: z.int(),
        suppressed: z
          .object({
            by: z.enum(['silence', 'maintenance', 'untold', 'flapping', 'part']),
            note: sentence.optional(),
          })
          .optional(),
      }),
    ),
    messages: z.array(
      z.object({
        id: z.int(),
        channel: z.string(),
        kind: z.enum(['opened', 'changed', 'resolved', 'removed', 'reminder', 'escalation', 'acknowledged']),
        createdAt: time,
        state: z.enum(['pending', 'sent', 'undelivered', 'superseded']),
        attempts: z.int(),
        sentAt: time.optional(),
        receipt: z.string().optional(),
        problem: sentence.optional(),
      }),
    ),
    audit: z.array(
      z.object({
        at: time,
        by: z.string(),
        action: z.string(),
        note: sentence.optional(),
        until: time.optional().describe('When a silence ends, or has ended.'),
      }),
    ),
    silences: z.array(silence).describe('That keep it quiet now.'),
  })
  .meta({ id: 'IncidentDetail' });

/** What `GET /incidents` takes beside the page. */
const incidentQuery = pageQuery.extend({
  state: z.enum(['open', 'resolved', 'all']).default('open'),
  service: z.string().optional(),
  level: causeLevel.optional(),
  ...periodQuery.shape,
});

const until = z
  .int()
  .min(60_000, { error: complaint(say('givenUnderMinute')) })
  .max(366 * 86_400_000, { error: complaint(say('givenOverYear')) })
  .default(8 * 3_600_000)
  .describe('For how long, in ms; default: 8 hours.');

export const listIncidents = endpoint({
  id: 'listIncidents',
  method: 'get',
  path: '/incidents',
  tag: 'incidents',
  role: 'viewer',
  query: incidentQuery,
  answer: z.object({ items: z.array(incident), next }).meta({ id: 'IncidentPage' }),
});

export const getIncident = endpoint({
  id: 'getIncident',
  method: 'get',
  path: '/incidents/{id}',
  tag: 'incidents',
  role: 'viewer',
  answer: incidentDetail,
});

export const acknowledgeIncident = endpoint({
  id: 'acknowledgeIncident',
  method: 'post',
  path: '/incidents/{id}/ack',
  tag: 'incidents',
  role: 'operator',
  scope: 'incidents:write',
  body: z.object({ forMs: until, note: text.pipe(z.string().max(2000)).optional() }),
  answer: incidentDetail,
});

export const unacknowledgeIncident = endpoint({
  id: 'unacknowledgeIncident',
  method: 'post',
  path: '/incidents/{id}/unack',
  tag: 'incidents',
  role: 'operator',
  scope: 'incidents:write',
  answer: incidentDetail,
});

export const checkIncident = endpoint({
  id: 'checkIncident',
  method: 'post',
  path: '/incidents/{id}/check',
  tag: 'incidents',
  role: 'operator',
  scope: 'checks:run',
  answer: z
    .object({
      results: z.array(z.object({ operation: z.string(), service: z.string(), label: z.string(), result })),
      incident: incidentDetail,
    })
    .meta({ id: 'CheckedIncident' }),
});

export const commentIncident = endpoint({
  id: 'commentIncident',
  method: 'post',
  path: '/incidents/{id}/comments',
  tag: 'incidents',
  role: 'operator',
  scope: 'incidents:write',
  body: z.object({ text: text.pipe(z.string().min(1).max(4000)) }),
  status: 201,
  answer: incidentDetail,
});

const covered = z.object({
  incidents: z
    .array(z.object({ id: z.string(), label: z.string(), services: z.array(z.string()) }))
    .describe('Open ones that it covers.'),
  operations: z
    .number()
    .int()
    .describe('How many of the operations that have been called it would cover, should they fail.'),
});

export const listSilences = endpoint({
  id: 'listSilences',
  method: 'get',
  path: '/silences',
  tag: 'silences',
  role: 'viewer',
  answer: z
    .object({
      items: z.array(silence),
      maintenance: z.array(
        z.object({
          name: z.string(),
          cron: z.string(),
          durationMs: z.int(),
          timeZone: z.string(),
          active: z.boolean(),
        }),
      ),
    })
    .meta({ id: 'Silences' }),
});

export const createSilence = endpoint({
  id: 'createSilence',
  method: 'post',
  path: '/silences',
  tag: 'silences',
  role: 'operator',
  scope: 'silences:write',
  status: 201,
  body: z.object({
    matcher,
    forMs: until,
    from: time.optional().describe('Default: now.'),
    reason: line.min(1).max(2000),
  }),
  answer: silence.extend(covered.shape).meta({ id: 'NewSilence' }),
});

export const previewSilence = endpoint({
  id: 'previewSilence',
  method: 'post',
  path: '/silences/preview',
  tag: 'silences',
  role: 'operator',
  scope: 'silences:write',
  body: z.object({ matcher }),
  answer: covered.meta({ id: 'SilencePreview' }),
});

export const endSilence = endpoint({
  id: 'endSilence',
  method: 'delete',
  path: '/silences/{id}',
  tag: 'silences',
  role: 'operator',
  scope: 'silences:write',
});

export type CheckedIncident = z.output<typeof checkIncident.answer>;
export type Incident = z.output<typeof incident>;
export type IncidentDetail = z.output<typeof incidentDetail>;
export type Silence = z.output<typeof silence>;
export type SilencePreview = z.output<typeof previewSilence.answer>;
export type SilenceMatcher = z.output<typeof matcher>;
