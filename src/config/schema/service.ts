import { z } from 'zod';
import { areCertificates } from '../../lib/certificates.ts';
import { duration, httpUrl } from '../../lib/zod.ts';
import type { Json } from '../../model/json.ts';
import { redirectPolicies } from '../../model/settings.ts';
import type { Registries } from '../registries.ts';

/** The interval's borders: under ten seconds is load testing, over a day is not watching. */
const shortestIntervalMs = 10_000;
const longestIntervalMs = 86_400_000;
export const usualIntervalMs = 900_000;

const interval = duration.refine((ms) => ms >= shortestIntervalMs && ms <= longestIntervalMs, {
  error: 'is outside 10s to 24h',
});

const patience = duration.refine((ms) => ms > 0, { error: 'is no time at all; write for example 15s' });

const timeout = z.union([
  patience,
  z.object({
    connect: patience.optional().describe('Until connected, TLS handshake included. Default 3s.'),
    firstByte: patience.optional().describe('Until the first byte of the response. Default 10s.'),
    total: patience.optional().describe('The whole call. Default 15s.'),
  }),
]);

const latency = z.object({
  p95: duration.describe('Target for the 95th percentile of response times; slower is reported as degraded.'),
});

export const severity = z.enum(['critical', 'major', 'minor']);
export const names = z.array(z.string().min(1));
export const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'is not a time zone; write an IANA name such as Asia/Shanghai' });

const json = z.unknown() as z.ZodType<Json>;

export const docs = z.union([z.string().min(1), names.min(1)]);

/** `expect:` — a key for each kind of expectation, its settings as the value. */
export function expectKeys(registries: Registries) {
  const keys = registries.expectations.map(({ kind, summary, settings }) => [
    kind,
    settings.optional().describe(summary),
  ]);
  return z.object(Object.fromEntries(keys) as Record<string, z.ZodType>);
}

export function checkKeys<Expect extends z.ZodType>(expect: Expect) {
  return {
    interval: interval.optional().describe('Time between two starts, 10s to 24h. Default 15m.'),
    timeout: timeout.optional().describe('Timeout of the whole call, or of each phase. Default 15s.'),
    retries: z
      .int()
      .min(0)
      .max(5)
      .optional()
      .describe('Retries after a connection error or 502, 503, 504; safe methods only. Default 2.'),
    redirects: z
      .enum(redirectPolicies)
      .optional()
      .describe(
        'Which redirects are followed: `same-site` (same host, also from http to https), `follow` (any; other hosts get nothing that says who asks) or `off`. What is not followed is reported with its target. Default `same-site` for GET and HEAD, `off` for others.',
      ),
    severity: severity.optional().describe('Severity of its incidents. Default major.'),
    latency: latency.optional().describe('Response time objective. Default p95: 2s.'),
    expect: expect.optional().describe('Assertions on the response beyond what its document says.'),
  };
}

type CheckKeys = ReturnType<typeof checkKeys<ReturnType<typeof expectKeys>>>;

export const network = z.object({
  proxy: z
    .string()
    .regex(/^(?:https?:\/\/\S+|none)$/, { error: 'is not a proxy; write http://host:port or none' })
    .optional()
    .describe('`http://user:password@host:port`, or `none`. Default: HTTPS_PROXY, HTTP_PROXY and NO_PROXY.'),
  ca: z
    .string()
    .includes('-----BEGIN CERTIFICATE-----', {
      error: 'is not a certificate in PEM; write ${file:ca.pem}',
      abort: true,
    })
    .refine(
      areCertificates,
      'has a certificate that cannot be read: it is cut short, or was changed on its way',
    )
    .optional()
    .describe('Additional CA certificates (PEM) to trust: `${file:ca.pem}`.'),
  verify: z.boolean().optional().describe('`false` accepts any certificate. For tests only.'),
  serverName: z
    .string()
    .optional()
    .describe("Server name for TLS (SNI) and certificate validation, instead of the host's."),
  resolve: z
    .record(z.string(), z.union([z.ipv4(), z.ipv6()], { error: 'is not an IP address' }))
    .optional()
    .describe('Fixed addresses for host names, instead of DNS.'),
  family: z.literal([4, 6]).optional().describe('Only IPv4 or only IPv6.'),
  internal: names
    .optional()
    .describe(
      'Hosts with internal addresses that documents may lead to: `api.corp.example`, `*.corp.example`, `*`. Those of `baseUrl` and `docs` always may.',
    ),
  http2: z.boolean().optional().describe('Offer HTTP/2 to https addresses.'),
  fresh: z.boolean().optional().describe('Use a new connection for every call, to monitor connection setup.'),
});

const requestKeys = {
  params: z
    .record(z.string(), json)
    .optional()
    .describe('Parameter values by name: path, query, header and cookie.'),
  headers: z.record(z.string(), z.string()).optional().describe('Additional request headers.'),
  owners: names.optional().describe('WeCom user ids to mention in messages.'),
  credential: z
    .string()
    .optional()
    .describe('Credential for its requests; `none` sends them unsigned, whatever the document says.'),
};

export function operationKeys(perCheck: CheckKeys) {
  return {
    match: z
      .string()
      .regex(matchForm, {
        error:
          'is not a match; write `GET /orders/{id}`, `* /orders/**`, `operationId:getOrder` or `tag:orders`',
      })
      .describe(
        'Operations by method and path (`GET /orders/{id}`), glob (`* /orders/**`), `operationId:x` or `tag:y`; `GET /api.php?act=view` is what that query chooses, `GET /query #3` the third of several on one path.',
      ),
    ...perCheck,
    ...requestKeys,
    skip: z
      .union([z.boolean(), z.string().min(1)])
      .optional()
      .describe('Do not call it: `true`, or the reason.'),
    allow: z
      .union([z.boolean(), z.literal('unsure')])
      .optional()
      .describe(
        '`true` calls it although it may have side effects. `unsure` calls it where its names leave that open.',
      ),
    body: json.optional().describe('Request body; sent as JSON unless it is a text.'),
  };
}

export function serviceKeys(perCheck: CheckKeys, operation: z.ZodObject<ReturnType<typeof operationKeys>>) {
  return {
    name: z
      .string()
      .min(1)
      .optional()
      .describe("The service's name in every message. Default: from the file or host."),
    docs: docs.describe('File, folder, glob or http(s) URL of the documents; one or a list.'),
    baseUrl: httpUrl.optional().describe("Base URL of the service. Default: the document's own servers."),
    server: z.string().optional().describe("Name or URL of one of the document's servers."),
    ...requestKeys,
    docsCredential: z
      .string()
      .optional()
      .describe(
        "Credential for fetching the documents. Default: `credential`, for documents on the service's own address. `none` uses no credential.",
      ),
    docsTrusted: z
      .boolean()
      .optional()
      .describe(
        'Whether to accept owners and severity from its documents. Default: yes for local files and documents on the host of `baseUrl`, no for others.',
      ),
    locations: names
      .min(1)
      .optional()
      .describe(
        'Where its operations are called: names of `locations` of the top level. Default: by the patrol itself.',
      ),
    quorum: z
      .int()
      .min(1)
      .optional()
      .describe(
        "From how many of its `locations` a failure must be seen to count as the service's; seen from fewer it is reported as the location's. Default: a majority of those with a result.",
      ),
    network: network
      .optional()
      .describe('How its servers and documents are reached. Overrides the top level, key by key.'),
    ...perCheck,
    operations: z
      .array(operation)
      .prefault([])
      .describe('Settings for some of its operations; later entries override earlier ones, key by key.'),
  };
}

const matchForm = /^(?:operationId:\S+|tag:.+|(?:[A-Za-z*|,]+ +)?[/*]\S*(?: +#\d+)?)$/;

function isTimeZone(name: string): boolean {
  try {
    new Date(0).toLocaleString('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
