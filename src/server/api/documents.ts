import { z } from 'zod';
import { next, pageQuery, problem, sentence, time } from './common.ts';
import { endpoint } from './endpoint.ts';

export const lastEdit = z
  .object({
    by: z.string().optional().describe('A name.'),
    at: time,
    uncommitted: z
      .literal(true)
      .optional()
      .describe('There are changes on top of it that nobody has committed.'),
  })
  .meta({ id: 'LastEdit', description: 'Who changed a document last, as far as its place tells.' });

export const documentRow = z
  .object({
    id: z.string(),
    service: z.string(),
    uri: z.string(),
    title: z.string().optional(),
    format: z
      .string()
      .optional()
      .describe('`openapi-3.1`, `postman-2.1` …; absent when it was never readable.'),
    version: z.string().optional(),
    readAt: time.describe('When its present content was read.'),
    askedAt: time
      .optional()
      .describe('When its service was asked for its documents last, whatever they said.'),
    operations: z.int(),
    checked: z.int().describe('Of the operations: how many are called.'),
    problems: z.array(problem),
    changedAt: time.optional(),
    lastEdit: lastEdit.optional(),
  })
  .meta({ id: 'DocumentRow' });

export const changeSet = z
  .object({
    at: time,
    document: z.string().describe('Its id.'),
    service: z.string(),
    uri: z.string(),
    added: z.array(z.string()),
    removed: z.array(z.string()),
    changed: z.array(z.object({ key: z.string(), breaking: z.boolean(), details: z.array(sentence) })),
    lastEdit: lastEdit.optional(),
  })
  .meta({ id: 'ChangeSet' });

export const listDocuments = endpoint({
  id: 'listDocuments',
  method: 'get',
  path: '/documents',
  tag: 'documents',
  role: 'viewer',
  answer: z
    .object({
      items: z.array(documentRow),
      problems: z.array(problem).describe('Of services and of the plan, not of a single document.'),
    })
    .meta({ id: 'Documents' }),
});

export const listChanges = endpoint({
  id: 'listChanges',
  method: 'get',
  path: '/changes',
  tag: 'documents',
  role: 'viewer',
  query: pageQuery.extend({ document: z.string().optional().describe('Id of one document.') }),
  answer: z.object({ items: z.array(changeSet), next }).meta({ id: 'ChangePage' }),
});

export type DocumentRow = z.output<typeof documentRow>;
export type ChangeSet = z.output<typeof changeSet>;
