import { z } from 'zod';
import { anyJson, next, pageQuery, periodQuery, problem, sentence, time } from './common.ts';
import { endpoint } from './endpoint.ts';

export const configValue = z
  .object({
    path: z.string().describe('`services[0].baseUrl`'),
    value: anyJson.describe('As it is used; secrets are `***`.'),
    origin: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('default') }),
        z.object({ kind: z.literal('option'), name: z.string().describe('`--port`') }),
        z.object({ kind: z.literal('file'), file: z.string(), line: z.int(), column: z.int() }),
      ])
      .describe('Where it was written.'),
  })
  .meta({ id: 'ConfigValue' });

export const config = z
  .object({
    file: z.string(),
    loadedAt: time,
    values: z.array(configValue).describe('In the order of the reference.'),
    notices: z.array(problem),
    refused: z
      .object({ at: time, problems: z.array(problem) })
      .optional()
      .describe('The file was changed and is not good; the last good one stays in use.'),
  })
  .meta({ id: 'Config' });

export const getConfig = endpoint({
  id: 'getConfig',
  method: 'get',
  path: '/config',
  tag: 'settings',
  role: 'operator',
  scope: 'config:read',
  answer: config,
});

export const reloadConfig = endpoint({
  id: 'reloadConfig',
  method: 'post',
  path: '/config/reload',
  tag: 'settings',
  role: 'admin',
  scope: 'config:write',
  answer: config,
});

export const auditEntry = z
  .object({
    at: time,
    by: z.string(),
    action: z.string(),
    subject: z.string(),
    note: sentence.optional(),
  })
  .meta({ id: 'AuditEntry' });

export const listAudit = endpoint({
  id: 'listAudit',
  method: 'get',
  path: '/audit',
  tag: 'settings',
  role: 'operator',
  scope: 'audit:read',
  query: pageQuery.extend(periodQuery.shape),
  answer: z.object({ items: z.array(auditEntry), next }).meta({ id: 'AuditPage' }),
});

export type Config = z.output<typeof config>;
export type ConfigValue = z.output<typeof configValue>;
export type AuditEntry = z.output<typeof auditEntry>;
