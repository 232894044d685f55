import { z } from 'zod';
import { databaseAddressFault } from '../../lib/net/database-address.ts';
import { byteSize, duration, httpUrl, secretText } from '../../lib/zod.ts';
import type { Secret } from '../../lib/secrets/secret.ts';
import type { Registries } from '../registries.ts';
import {
  addressedTitles,
  calendarKeys,
  channelKeys,
  language,
  maintenanceKeys,
  routeKeys,
  webhook,
} from './messages.ts';
import {
  checkKeys,
  docs,
  expectKeys,
  names,
  network,
  operationKeys,
  serviceKeys,
  timeZone,
} from './service.ts';
import { serverKeys } from './server.ts';
import { tagged } from '../tagged.ts';
import { weekdays } from '../../model/calendar.ts';

/** Relative to the folder of the configuration. */
export const usualStore = '.apipatrol/patrol.db';

/** The one description of `apipatrol.yaml`: types, checks, JSON Schema and the reference page come from it. */
export function configSchema(registries: Registries) {
  const perCheck = checkKeys(expectKeys(registries));
  const operation = z.object(operationKeys(perCheck));
  const service = z.object(serviceKeys(perCheck, operation));
  return z.object({
    ...shortFormKeys,
    webhook: webhook(registries)
      .optional()
      .describe(
        `Shorthand for a single channel called \`team\`: the address of one of ${addressedTitles(registries).join(', ')}.`,
      ),
    services: z.array(service).min(1).optional().describe('The watched systems.'),
    credentials: z
      .record(z.string(), tagged('scheme', registries.schemes.map(asTagged), {}))
      .prefault({})
      .describe('Credentials by name. A token is fetched once and shared by all checks that use it.'),
    channels: z
      .record(z.string(), tagged('kind', registries.channels.map(asTagged), channelKeys))
      .prefault({})
      .describe('Notification channels by name.'),
    routes: z
      .array(z.object(routeKeys))
      .min(1)
      .optional()
      .describe('Which incidents go to which channels. Default: all to all.'),
    ownersFile: z
      .string()
      .min(1)
      .optional()
      .describe(
        'File that says who owns which operations, a line each as in CODEOWNERS: `GET /orders/** @zhangsan`. The last line that fits counts; `owners` of an operation come before it.',
      ),
    calendar: z
      .object(calendarKeys)
      .prefault({})
      .describe('Which days count as `workday` and `holiday`. Default: Monday to Friday are workdays.'),
    maintenance: z
      .array(z.object(maintenanceKeys))
      .prefault([])
      .describe('Recurring windows without notifications; checks continue.'),
    slo: z
      .array(z.object(sloKeys))
      .prefault([])
      .describe('Service level objectives; alerts when an error budget burns too fast.'),
    summaries: z.array(z.object(summaryKeys)).prefault([]).describe('Daily or weekly summary messages.'),
    ...perCheck,
    network: network
      .optional()
      .describe(
        'How all servers are reached: proxy, certificates, addresses; a service may say otherwise for its own. Signing in goes the way of the services that use the credential; channels, the heartbeat, the sign-in of the page and the like go the way that stands here.',
      ),
    locations: z
      .record(
        z.string().regex(locationForm, {
          error: 'is not a name of a location; write letters, digits, `-` and `_`, at most 40 of them',
        }),
        z.object(locationKeys).nullish(),
      )
      .optional()
      .describe(
        'Networks in which workers (`apipatrol worker`) call operations, by name. Needs `store.url`.',
      ),
    limits: z.object(limitKeys).prefault({}).describe('Concurrency and rate limits for outgoing checks.'),
    connectivityCheck: z
      .object({
        url: httpUrl.describe('An address that always answers while the network of the patrol is up.'),
      })
      .optional()
      .describe(
        'Asked when many origins fail at once, to tell whether the network of the patrol itself is down. Default: the default gateway and DNS servers.',
      ),
    allowExec: z
      .boolean()
      .prefault(false)
      .describe('Let credentials of the scheme `exec` run their commands.'),
    store: z
      .union([storeShape, storeAddress])
      .prefault({})
      .describe('Storage of results, incidents and pending messages; an address alone stands for `url`.'),
    heartbeat: httpUrl
      .optional()
      .describe(
        'Requested (GET) after every cycle, so that an external monitor alerts when the patrol itself stops: healthchecks.io, Uptime Kuma or the like.',
      ),
    server: z.object(serverKeys).prefault({}).describe('The page and the HTTP API of `apipatrol serve`.'),
    grace: duration.prefault('10s').describe('How long a shutdown waits for checks in flight.'),
    timeZone: timeZone
      .optional()
      .describe(
        "IANA name of the time zone in messages and reports. Default: the machine's own; Asia/Shanghai when that is UTC and the language is zh.",
      ),
    font: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Font file with Chinese glyphs for pictures in messages. Default: a system font; without one, pictures are in English.',
      ),
    language: language.prefault('zh').describe('Language of messages and reports.'),
    logLevel: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'])
      .prefault('info')
      .describe('Minimum log level.'),
  });
}

/** A configuration that fits the schema, before names are resolved and defaults inherited. */
export type Written = z.output<ReturnType<typeof configSchema>>;
export type WrittenService = NonNullable<Written['services']>[number];
export type WrittenRoute = NonNullable<Written['routes']>[number];
export type WrittenOperation = WrittenService['operations'][number];

const shortFormKeys = {
  docs: docs
    .optional()
    .describe(
      'Shorthand for a single service instead of `services`: file, folder, glob or URL of its documents.',
    ),
  baseUrl: httpUrl.optional().describe('Base URL of the service, with the `docs` shorthand.'),
};

const locationForm = /^[\w-]{1,40}$/;

const locationKeys = {
  credentials: names
    .prefault([])
    .describe('Credentials with which operations may be called from there. Default: none.'),
};

const limitKeys = {
  concurrency: z.int().min(1).max(10_000).prefault(64).describe('Concurrent checks in total.'),
  perOrigin: z
    .int()
    .min(1)
    .max(1000)
    .prefault(4)
    .describe(
      'Concurrent checks per host and port. A hanging call frees its slot after a second; at most four calls of a service may hang per slot.',
    ),
  ratePerOrigin: z
    .number()
    .positive()
    .max(10_000)
    .prefault(20)
    .describe('Requests per second per host and port.'),
  body: byteSize.prefault('1MiB').describe('Largest response body that is read; the rest is cut off.'),
};

const postgresUrl = secretText
  .refine((url: Secret) => databaseAddressFault(url.reveal()) !== 'form', {
    error: 'is not the address of a PostgreSQL database; write postgres://user:password@host/database',
  })
  .refine((url: Secret) => databaseAddressFault(url.reveal()) !== 'encoding', {
    error:
      'its password has characters that end it in an address; write %40 for @, %23 for #, %2F for /, %3F for ?, %25 for %, also in the environment variable that it comes from',
  });

const storeShape = z.object({
  path: z
    .string()
    .min(1)
    .prefault(usualStore)
    .describe('File of the embedded database, relative to the configuration.'),
  url: postgresUrl
    .optional()
    .describe(
      'A PostgreSQL database (14 or newer) in its place: `postgres://user:${env:PASSWORD}@host/database`, with `sslmode`, `sslrootcert`, `sslcert`, `sslkey` and `search_path` as parameters. Needs `APIPATROL_KEY`.',
    ),
  retention: duration.prefault('30d').describe('Retention of individual results.'),
  history: duration.prefault('366d').describe('Retention of hourly rollups, incidents and the audit log.'),
});
const storeAddress = postgresUrl.transform(
  (url): z.infer<typeof storeShape> => ({ ...storeShape.parse({}), url }),
);

function asTagged(entry: Registries['schemes'][number] | Registries['channels'][number]) {
  return { kind: entry.kind, summary: entry.summary, options: entry.options };
}

const percent = z
  .number()
  .min(50, { error: 'is not a percentage from 50 to 99.99; write for example 99.9' })
  .max(99.99, { error: 'is not a percentage from 50 to 99.99; write for example 99.9' });

const dayMs = 86_400_000;

const sloKeys = {
  name: z.string().min(1).describe('Name in messages and reports.'),
  services: names.min(1).optional().describe('Operations of these services. Default: all.'),
  tags: names.min(1).optional().describe('Operations with one of these tags. Default: all.'),
  availability: percent
    .optional()
    .describe('Percentage of successful calls: 99.9 allows one failure in a thousand.'),
  latency: percent.optional().describe('Percentage of responses within their `latency.p95`: 95.'),
  window: duration
    .refine((ms) => ms >= dayMs && ms <= 90 * dayMs, { error: 'is outside 1d to 90d' })
    .prefault('30d')
    .describe('Rolling window of the objective.'),
};

const summaryKeys = {
  every: z.enum(['day', 'week']).prefault('day').describe('Period of the summary.'),
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'is not a time of day; write for example 09:00' })
    .prefault('09:00')
    .describe('Time of day, by the `timeZone` of the top level.'),
  on: z
    .enum(['workday', 'holiday', ...weekdays])
    .optional()
    .describe(
      'A daily one comes on these days only, and sums up all since the last; a weekly one on the first of them in the week. Default: every day, and Mondays.',
    ),
  to: names.min(1).optional().describe('Names of channels. Default: all.'),
};
