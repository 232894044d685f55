import { z } from 'zod';
import { byteSize, duration, httpUrl } from '../kit/zod.ts';
import type { Json } from '../model/json.ts';
import type { Registries } from './registries.ts';
import { tagged } from './tagged.ts';

/** The interval's borders: under a minute is load testing, over a day is not watching. */
export const shortestIntervalMs = 60_000;
export const longestIntervalMs = 86_400_000;
export const usualIntervalMs = 900_000;

const interval = duration.refine((ms) => ms >= shortestIntervalMs && ms <= longestIntervalMs, {
  error: 'is outside 1m to 24h',
});

const timeout = z.union([
  duration,
  z.object({
    connect: duration.optional().describe('Until the connection stands, TLS included. Default 3s.'),
    firstByte: duration.optional().describe("Until the answer's first byte. Default 10s."),
    total: duration.optional().describe('The whole call. Default 15s.'),
  }),
]);

const latency = z.object({
  p95: duration.describe('95 of 100 calls should be answered within it; slower is reported as degraded.'),
});

const severity = z.enum(['critical', 'major', 'minor']);
const language = z.enum(['zh', 'en']);
const names = z.array(z.string().min(1));
const json = z.unknown() as z.ZodType<Json>;

/** The one description of `apipatrol.yaml`: types, checks, JSON Schema and the reference page come from it. */
export function configSchema(registries: Registries) {
  const perCheck = checkKeys(expect(registries));
  const operation = z.object(operationKeys(perCheck));
  const source = z.object(sourceKeys(perCheck, operation));
  return z.object({
    ...shortFormKeys,
    webhook: webhook(registries)
      .optional()
      .describe(
        'Short form for a single channel called `team`: address of a group robot of WeCom, DingTalk, Feishu or Slack.',
      ),
    sources: z.array(source).min(1).optional().describe('Where the interface documents are.'),
    credentials: z
      .record(z.string(), tagged('scheme', registries.schemes.map(asTagged), {}))
      .prefault({})
      .describe('Ways to sign in, by name. A token is fetched once and shared by all checks that use it.'),
    channels: z
      .record(
        z.string(),
        tagged('kind', registries.channels.map(asTagged), {
          language: language.optional().describe('Language of the messages in this channel.'),
        }),
      )
      .prefault({})
      .describe('Where messages go, by name.'),
    routes: z
      .array(z.object(routeKeys))
      .min(1)
      .optional()
      .describe('Which incidents go to which channels. Default: everything to every channel.'),
    ...perCheck,
    limits: z.object(limitKeys).prefault({}).describe('How hard the watched systems may be touched.'),
    store: z
      .object(storeKeys)
      .prefault({})
      .describe('Where results, incidents and waiting messages are kept.'),
    grace: duration.prefault('10s').describe('How long a stop waits for checks in flight.'),
    timeZone: z
      .string()
      .optional()
      .refine(isTimeZone, { error: 'is not a time zone; write an IANA name such as Asia/Shanghai' })
      .describe(
        "IANA name of the time zone in messages and reports. Default: the machine's own; Asia/Shanghai when that is UTC and the language is zh.",
      ),
    language: language.prefault('zh').describe('Language of messages and reports.'),
    logLevel: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'])
      .prefault('info')
      .describe('Least important log line that is written.'),
  });
}

/** A configuration that fits the schema, before names are resolved and defaults inherited. */
export type Written = z.output<ReturnType<typeof configSchema>>;
export type WrittenSource = NonNullable<Written['sources']>[number];
export type WrittenOperation = WrittenSource['operations'][number];

const docs = z.union([z.string().min(1), names.min(1)]);

const shortFormKeys = {
  docs: docs
    .optional()
    .describe(
      'Short form for a single source: file, folder, glob or URL of its documents. Instead of `sources`.',
    ),
  baseUrl: httpUrl.optional().describe('Goes with `docs`: where the service answers.'),
};

/** How the addresses of robots look, by the kind of channel; what looks like none of them is WeCom's. */
const robots: readonly (readonly [kind: string, address: RegExp])[] = [
  ['dingtalk-robot', /\/robot\/send\?.*access_token=/],
  ['feishu-robot', /\/open-apis\/bot\/v2\/hook\//],
  ['slack-webhook', /^https:\/\/hooks\.slack\.com\//],
];

/** A bare robot address, checked by the options of the robot's own channel kind. */
function webhook(registries: Registries) {
  return z
    .string()
    .min(1)
    .transform((address, context): { kind: string; language?: 'zh' | 'en'; options: unknown } => {
      const [kind] = robots.find(([, form]) => form.test(address)) ?? ['wecom-robot'];
      const options = registries.channels.find((channel) => channel.kind === kind)?.options ?? z.never();
      const parsed = options.safeParse({ webhook: address });
      for (const issue of parsed.error?.issues ?? []) {
        context.issues.push({ ...issue, path: [] } as z.core.$ZodRawIssue);
      }
      return { kind, options: parsed.data };
    })
    .meta({ format: 'secret' });
}

function checkKeys<Expect extends z.ZodType>(expect: Expect) {
  return {
    interval: interval.optional().describe('Time from one start to the next, 1m to 24h. Default 15m.'),
    timeout: timeout.optional().describe('Limit for the whole call, or for each of its phases. Default 15s.'),
    retries: z
      .int()
      .min(0)
      .max(5)
      .optional()
      .describe('Further attempts after a connection error or 502, 503, 504; safe methods only. Default 2.'),
    severity: severity.optional().describe('How bad it is when it breaks. Default major.'),
    latency: latency.optional().describe('Objective for the time that an answer takes. Default p95: 2s.'),
    expect: expect.optional().describe('What an answer must fulfil beyond what its document promises.'),
  };
}

type CheckKeys = ReturnType<typeof checkKeys<ReturnType<typeof expect>>>;

const requestKeys = {
  params: z
    .record(z.string(), json)
    .optional()
    .describe('Values for parameters, by name: path, query, header and cookie alike.'),
  headers: z.record(z.string(), z.string()).optional().describe('Headers to send in addition.'),
  owners: names.optional().describe('User ids to mention in messages.'),
  credential: z.string().optional().describe('Name of the credential to sign requests with.'),
};

function operationKeys(perCheck: CheckKeys) {
  return {
    match: z
      .string()
      .regex(matchForm, {
        error:
          'is not a match; write `GET /orders/{id}`, `* /orders/**`, `operationId:getOrder` or `tag:orders`',
      })
      .describe(
        'Which operations: method and path (`GET /orders/{id}`), a glob over them (`* /orders/**`), `operationId:x` or `tag:y`.',
      ),
    ...perCheck,
    ...requestKeys,
    skip: z
      .union([z.boolean(), z.string().min(1)])
      .optional()
      .describe('`true` or the reason: do not call it.'),
    allow: z.boolean().optional().describe('Call it although its method may change data.'),
    body: json.optional().describe('Request body; sent as JSON unless it is a text.'),
  };
}

function sourceKeys(perCheck: CheckKeys, operation: z.ZodObject<ReturnType<typeof operationKeys>>) {
  return {
    name: z
      .string()
      .min(1)
      .optional()
      .describe("The service's name in every message. Default: from the file or host."),
    docs: docs.describe('File, folder, glob or http(s) URL of the documents; one or a list.'),
    baseUrl: httpUrl.optional().describe("Where the service answers. Default: the document's own servers."),
    server: z.string().optional().describe("Name or URL of one of the document's servers."),
    ...requestKeys,
    ...perCheck,
    operations: z
      .array(operation)
      .prefault([])
      .describe('Settings for some of its operations; a later entry wins over an earlier one, key by key.'),
  };
}

const routeKeys = {
  to: names.min(1).describe('Names of channels.'),
  sources: names.min(1).optional().describe('Only incidents of these sources.'),
  tags: names.min(1).optional().describe('Only incidents of operations with one of these tags.'),
  severity: severity.optional().describe('Only incidents of this severity and above.'),
};

const limitKeys = {
  concurrency: z.int().min(1).max(10_000).prefault(64).describe('Checks in flight at once.'),
  perOrigin: z.int().min(1).max(1000).prefault(4).describe('Checks in flight at once to one host and port.'),
  ratePerOrigin: z
    .number()
    .positive()
    .max(10_000)
    .prefault(20)
    .describe('Requests a second to one host and port.'),
  body: byteSize.prefault('1MiB').describe('How much of an answer is read; the rest is cut off.'),
};

const storeKeys = {
  path: z
    .string()
    .min(1)
    .prefault('.apipatrol/patrol.db')
    .describe('File of the embedded database, relative to the configuration.'),
  retention: duration.prefault('30d').describe('How long single results are kept.'),
};

const matchForm = /^(?:operationId:\S+|tag:.+|(?:[A-Za-z*|,]+ +)?[/*]\S*)$/;

function isTimeZone(name: string | undefined): boolean {
  if (name === undefined) return true;
  try {
    new Date(0).toLocaleString('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `expect:` — a key for each kind of expectation, its settings as the value. */
function expect(registries: Registries) {
  const keys = registries.expectations.map(({ kind, summary, settings }) => [
    kind,
    settings.optional().describe(summary),
  ]);
  return z.object(Object.fromEntries(keys) as Record<string, z.ZodType>);
}

function asTagged(entry: Registries['schemes'][number] | Registries['channels'][number]) {
  return { kind: entry.kind, summary: entry.summary, options: entry.options };
}
