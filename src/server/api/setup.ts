import { z } from 'zod';
import { problem, sentence } from './common.ts';
import { endpoint } from './endpoint.ts';

/** The first run: from the place of a document and a webhook to a configuration. Gone once there is one (409). */

const docs = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .describe('File, folder, glob or URL of the documents; `host:port` is a URL.');
const baseUrl = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .optional()
  .describe("URL, or `host:port`. Default: the document's own servers.");
const name = z.string().trim().min(1).max(100).describe('What the service is called.');
const credential = z
  .strictObject({ scheme: z.string(), options: z.record(z.string(), z.unknown()) })
  .describe('As in the configuration.');
const docsCredential = credential
  .optional()
  .describe('By what the documents are read; absent: they are open to everybody.');
const ca = z
  .string()
  .trim()
  .min(1)
  .max(100_000)
  .optional()
  .describe('Certificates of authorities to trust beside those of the system, PEM.');
const webhook = z.string().trim().min(1).max(2000).describe('Address of a channel.');

export const signInProposal = z
  .object({
    operation: z.string().optional().describe('By which one signs in: `POST /auth/login`.'),
    securityScheme: z.string().optional().describe('What the document calls it.'),
    credential: credential.describe(
      'As in the configuration, with something else where a person has something to give.',
    ),
    asks: z.array(
      z.object({
        path: z.array(z.string()).describe('Where it goes in the options.'),
        name: z.string(),
        kind: z.enum(['username', 'password', 'token', 'key', 'client-id', 'client-secret', 'value']),
      }),
    ),
  })
  .meta({ id: 'SignInProposal' });

export const setupScan = endpoint({
  id: 'setupScan',
  method: 'post',
  path: '/setup/scan',
  tag: 'setup',
  role: 'admin',
  body: z.object({ docs, baseUrl, credential: credential.optional(), docsCredential, ca }),
  answer: z
    .object({
      docs: z.string().describe('As it was understood: `localhost:8080` is `http://localhost:8080`.'),
      baseUrl: z.string().optional().describe('As it was understood.'),
      name: z.string().optional().describe('What the documents call the service.'),
      isOfUnknownCa: z
        .boolean()
        .describe(
          'A certificate there is of an authority that is not trusted: give its certificate as `ca`.',
        ),
      isLocked: z.boolean().describe('A document is not shown without a sign-in, or not with this one.'),
      docsLearned: z
        .record(z.string(), z.unknown())
        .describe(
          'Options of `docsCredential` that the answer of its login shows, to be added to those that were given.',
        ),
      documents: z.array(
        z.object({ uri: z.string(), title: z.string(), format: z.string(), operations: z.int() }),
      ),
      checks: z.array(z.object({ operation: z.string(), url: z.string() })).describe('The first 200.'),
      checkCount: z.int(),
      skipped: z.array(
        z.object({
          operation: z.string(),
          code: z.string(),
          reason: sentence,
          hint: sentence.optional(),
        }),
      ),
      skippedCount: z.int(),
      signIns: z
        .array(signInProposal)
        .describe('Ways to sign in that the documents describe, the best one first.'),
      problems: z.array(problem),
    })
    .meta({ id: 'ScanPreview' }),
});

export const setupSchemes = endpoint({
  id: 'setupSchemes',
  method: 'get',
  path: '/setup/schemes',
  tag: 'setup',
  role: 'admin',
  answer: z.object({
    items: z.array(
      z
        .object({
          kind: z.string(),
          title: sentence,
          summary: z.string(),
          schema: z.unknown(),
          example: z
            .record(z.string(), z.unknown())
            .describe('What nearly everybody fills in, in this order; secrets are expressions.'),
        })
        .meta({ id: 'SignInScheme' }),
    ),
  }),
});

export const setupSignIn = endpoint({
  id: 'setupSignIn',
  method: 'post',
  path: '/setup/sign-in',
  tag: 'setup',
  role: 'admin',
  body: z.object({ docs, baseUrl, credential, docsCredential, ca }),
  answer: z
    .object({
      ok: z.boolean().describe('Nothing refuses it.'),
      verdict: z
        .enum(['verified', 'refused', 'not verified'])
        .describe('`verified`: an operation takes it and refuses to go without.'),
      why: sentence,
      operation: z.string().optional().describe('On which it was tried.'),
      answer: z.string().optional().describe('What the login answered, secrets masked.'),
      learned: z
        .record(z.string(), z.unknown())
        .describe('Options that the answer shows, to be added to those that were given.'),
      steps: z.array(z.object({ title: sentence, ok: z.boolean(), details: z.array(sentence) })),
      problems: z.array(problem),
    })
    .meta({ id: 'SignInTrial' }),
});

export const setupChannels = endpoint({
  id: 'setupChannels',
  method: 'get',
  path: '/setup/channels',
  tag: 'setup',
  role: 'admin',
  answer: z.object({
    items: z.array(
      z
        .object({
          kind: z.string(),
          title: sentence,
          form: z.string().describe('A regular expression that its addresses match; the first one wins.'),
          example: z.string(),
          found: sentence.describe('How a person comes by one.'),
        })
        .meta({ id: 'AddressedChannel' }),
    ),
  }),
});

export const setupMessage = endpoint({
  id: 'setupMessage',
  method: 'post',
  path: '/setup/message',
  tag: 'setup',
  role: 'admin',
  body: z.object({ webhook, ca }),
  answer: z
    .object({
      ok: z.boolean(),
      shown: z.array(z.string()).describe('What a person sees of it.'),
      problem: z.object({ message: sentence, hint: sentence.optional() }).optional(),
    })
    .meta({ id: 'MessageTrial' }),
});

export const setupSave = endpoint({
  id: 'setupSave',
  method: 'post',
  path: '/setup/config',
  tag: 'setup',
  role: 'admin',
  status: 201,
  body: z.object({
    docs,
    name: name.optional(),
    baseUrl,
    webhook: webhook.optional(),
    credential: credential.optional(),
    docsCredential,
    ca,
  }),
  answer: z
    .object({ file: z.string(), text: z.string().describe('What was written; secrets are `***`.') })
    .meta({ id: 'SavedConfig' }),
});

export type ScanPreview = z.output<typeof setupScan.answer>;
export type SignInProposal = z.output<typeof signInProposal>;
export type SignInTrial = z.output<typeof setupSignIn.answer>;
export type SignInScheme = z.output<typeof setupSchemes.answer>['items'][number];
export type AddressedChannel = z.output<typeof setupChannels.answer>['items'][number];
export type MessageTrial = z.output<typeof setupMessage.answer>;
export type SavedConfig = z.output<typeof setupSave.answer>;
