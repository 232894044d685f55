import { z } from 'zod';
import { byteSize, duration, httpUrl } from '../../lib/zod.ts';
import type { Registries } from '../registries.ts';
import {
  calendarKeys,
  channelKeys,
  language,
  maintenanceKeys,
  routeKeys,
  webhook,
} from './schema-messages.ts';
import {
  checkKeys,
  docs,
  expectKeys,
  network,
  operationKeys,
  serviceKeys,
  timeZone,
} from './schema-service.ts';
import { serverKeys } from './schema-server.ts';
import { summaryKeys, sloKeys } from './schema-goals.ts';
import { tagged } from '../tagged.ts';

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
        'Short form for a single channel called `team`: address of a group robot of WeCom, DingTalk, Feishu or Slack.',
      ),
    services: z.array(service).min(1).optional().describe('The watched systems.'),
    credentials: z
      .record(z.string(), tagged('scheme', registries.schemes.map(asTagged), {}))
      .prefault({})
      .describe('Ways to sign in, by name. A token is fetched once and shared by all checks that use it.'),
    channels: z
      .record(z.string(), tagged('kind', registries.channels.map(asTagged), channelKeys))
      .prefault({})
      .describe('Where messages go, by name.'),
    routes: z
      .array(z.object(routeKeys))
      .min(1)
      .optional()
      .describe('Which incidents go to which channels. Default: everything to every channel.'),
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
      .describe(
        'Which days are `workday` and `holiday`, wherever days are named. Default: Monday to Friday are workdays.',
      ),
    maintenance: z
      .array(z.object(maintenanceKeys))
      .prefault([])
      .describe('Times that come again in which nothing is told. Checks go on.'),
    slo: z
      .array(z.object(sloKeys))
      .prefault([])
      .describe('Objectives that are to hold over weeks; told when their error budget burns too fast.'),
    summaries: z.array(z.object(summaryKeys)).prefault([]).describe('Daily or weekly summaries as messages.'),
    ...perCheck,
    network: network.optional().describe('How all servers are reached, where that is not plainly.'),
    limits: z.object(limitKeys).prefault({}).describe('How hard the watched systems may be touched.'),
    connectivityCheck: z
      .object({ url: httpUrl.describe('Something that is up whenever the network of the patrol is.') })
      .optional()
      .describe(
        'Asked when many origins fail at once, to tell whether it is us. Default: the gateway and the name servers.',
      ),
    allowExec: z
      .boolean()
      .prefault(false)
      .describe('Let credentials of the scheme `exec` run their commands.'),
    store: z
      .object(storeKeys)
      .prefault({})
      .describe('Where results, incidents and waiting messages are kept.'),
    heartbeat: httpUrl
      .optional()
      .describe(
        'Called (GET) after every cycle, so that somebody else notices when the patrol itself is dead: an address of healthchecks.io, Uptime Kuma or the like.',
      ),
    server: z.object(serverKeys).prefault({}).describe('The page and the HTTP API of `apipatrol serve`.'),
    grace: duration.prefault('10s').describe('How long a stop waits for checks in flight.'),
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
        'Font file with Chinese for pictures in messages. Default: one that the system has; without one, pictures speak English.',
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
export type WrittenService = NonNullable<Written['services']>[number];
export type WrittenRoute = NonNullable<Written['routes']>[number];
export type WrittenOperation = WrittenService['operations'][number];

const shortFormKeys = {
  docs: docs
    .optional()
    .describe(
      'Short form for a single service: file, folder, glob or URL of its documents. Instead of `services`.',
    ),
  baseUrl: httpUrl.optional().describe('Goes with `docs`: where the service answers.'),
};

const limitKeys = {
  concurrency: z.int().min(1).max(10_000).prefault(64).describe('Checks in flight at once.'),
  perOrigin: z
    .int()
    .min(1)
    .max(1000)
    .prefault(4)
    .describe(
      'Checks in flight at once to one host and port. A call that hangs leaves its place after a second; of one service four at the most may hang for each place.',
    ),
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
    .prefault(usualStore)
    .describe('File of the embedded database, relative to the configuration.'),
  retention: duration.prefault('30d').describe('How long single results are kept.'),
  history: duration.prefault('366d').describe('How long hourly sums, incidents and the audit are kept.'),
};

function asTagged(entry: Registries['schemes'][number] | Registries['channels'][number]) {
  return { kind: entry.kind, summary: entry.summary, options: entry.options };
}
