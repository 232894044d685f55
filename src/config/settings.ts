import path from 'node:path';
import type {
  ChannelSettings,
  CredentialSettings,
  EscalationSettings,
  Expectation,
  NetworkSettings,
  ObjectiveSettings,
  OverrideSettings,
  RouteSettings,
  ServerSettings,
  ServiceSettings,
  Settings,
  TimeoutSettings,
} from '../model/settings.ts';
import type { Calendar } from '../model/calendar.ts';
import type { MaintenanceWindow } from '../model/silence.ts';
import { isUrl, nameFrom, rootOf } from './docs-place.ts';
import type { SpecialDay } from './holidays/days.ts';
import type { Written, WrittenOperation, WrittenRoute, WrittenService } from './schema/schema.ts';
import { usualIntervalMs } from './schema/service.ts';
import type { Path } from './yaml-file.ts';

export interface SettingsContext {
  /** Absolute folder of the configuration file. */
  readonly folder: string;
  /** IANA name of the machine's time zone. */
  readonly hostTimeZone: string;
  /** `apipatrol.yaml:12:5` */
  readonly placeOf: (path: Path) => string;
  /** Of the file of owners. */
  readonly owners: readonly OverrideSettings[];
  /** Of the files of the calendar. */
  readonly specialDays: readonly SpecialDay[];
}

const usualTimeouts: TimeoutSettings = { connectMs: 3000, firstByteMs: 10_000, totalMs: 15_000 };
const usualRetries = 2;
const usualP95Ms = 2000;

/** Short forms written out, defaults inherited from the top to the services, paths made absolute. */
export function toSettings(written: Written, context: SettingsContext): Settings {
  const services = servicesOf(written);
  const names = namesOf(services);
  const channels = channelsOf(written);
  const timeZone = timeZoneOf(written, context.hostTimeZone);
  return {
    intervalMs: written.interval ?? usualIntervalMs,
    services: services.map((service, index) =>
      serviceSettings({ ...service, name: names[index] ?? '' }, written, context, ['services', index]),
    ),
    credentials: mapEntries(written.credentials, (name, one): CredentialSettings => ({ name, ...one })),
    channels,
    routes: routesOf(written, Object.keys(channels)),
    ...locationsOf(written),
    limits: {
      concurrency: written.limits.concurrency,
      perOrigin: written.limits.perOrigin,
      ratePerOrigin: written.limits.ratePerOrigin,
      bodyBytes: written.limits.body,
    },
    store: {
      path: path.resolve(context.folder, written.store.path),
      ...(written.store.url === undefined ? {} : { url: written.store.url }),
      retentionMs: written.store.retention,
      historyMs: written.store.history,
    },
    network: written.network,
    heartbeat: written.heartbeat,
    server: serverSettings(written.server),
    graceMs: written.grace,
    timeZone,
    calendar: calendarOf(written.calendar, context.specialDays, timeZone),
    maintenance: written.maintenance.map((window) => maintenanceOf(window, timeZone)),
    slo: written.slo.map(objectiveOf),
    summaries: written.summaries.map(({ to = Object.keys(channels), on, ...summary }) => ({
      ...summary,
      on,
      to,
    })),
    allowExec: written.allowExec,
    connectivityUrl: written.connectivityCheck?.url,
    ...(written.font === undefined ? {} : { font: path.resolve(context.folder, written.font) }),
    language: written.language,
    logLevel: written.logLevel,
  };
}

/** The configured services, or the one that the short form stands for. */
export function servicesOf(written: Written): readonly WrittenService[] {
  if (written.services !== undefined) return written.services;
  if (written.docs === undefined) return [];
  return [{ docs: written.docs, operations: [], baseUrl: written.baseUrl }];
}

function serviceSettings(
  service: WrittenService & { readonly name: string },
  written: Written,
  context: SettingsContext,
  at: Path,
): ServiceSettings {
  const docs = list(service.docs).map((one) => (isUrl(one) ? one : path.resolve(context.folder, one)));
  const files = docs.filter((one) => !isUrl(one));
  return {
    name: service.name,
    docs,
    root: files.length === 0 ? context.folder : rootOf(files, context.folder),
    headers: lowerCaseNames(service.headers ?? {}),
    owners: service.owners ?? [],
    intervalMs: service.interval ?? written.interval ?? usualIntervalMs,
    timeouts: { ...usualTimeouts, ...timeoutsOf(written.timeout), ...timeoutsOf(service.timeout) },
    retries: service.retries ?? written.retries ?? usualRetries,
    severity: service.severity ?? written.severity ?? 'major',
    latency: { p95Ms: (service.latency ?? written.latency)?.p95 ?? usualP95Ms },
    params: service.params ?? {},
    expect: expectationsOf({ ...written.expect, ...service.expect }),
    overrides: [
      ...context.owners,
      ...service.operations.map((operation, index) =>
        overrideSettings(operation, context.placeOf([...at, 'operations', index])),
      ),
    ],
    baseUrl: service.baseUrl,
    server: service.server,
    credential: service.credential,
    docsCredential: service.docsCredential,
    redirects: service.redirects ?? written.redirects,
    docsTrusted: service.docsTrusted,
    network: networkOf(written, service),
    locations: service.locations === undefined ? undefined : [...new Set(service.locations)],
    quorum: service.quorum,
    ...placesOf(service.params, (name) => context.placeOf([...at, 'params', name])),
  };
}

function locationsOf({ locations }: Written): Pick<Settings, 'locations'> {
  if (locations === undefined) return {};
  return { locations: mapEntries(locations, (_, one) => ({ credentials: one?.credentials ?? [] })) };
}

/** Of values for parameters. */
function placesOf(
  params: WrittenService['params'],
  placeOf: (name: string) => string,
): Pick<ServiceSettings, 'paramPlaces'> {
  if (params === undefined) return {};
  return { paramPlaces: Object.fromEntries(Object.keys(params).map((name) => [name, placeOf(name)])) };
}

function networkOf(written: Written, service: WrittenService): NetworkSettings | undefined {
  if (written.network === undefined && service.network === undefined) return undefined;
  return { ...written.network, ...service.network };
}

function overrideSettings(operation: WrittenOperation, at: string): OverrideSettings {
  const { interval, timeout, latency, expect, headers, match, ...same } = operation;
  return {
    ...same,
    match: fullMatch(match),
    at,
    intervalMs: interval,
    timeouts: timeout === undefined ? undefined : timeoutsOf(timeout),
    latency: latency && { p95Ms: latency.p95 },
    expect: expect && expectationsOf(expect),
    headers: headers && lowerCaseNames(headers),
  };
}

/** Methods in upper case; a bare path means every method. */
export function fullMatch(match: string): string {
  if (/^(?:operationId|tag):/.test(match)) return match;
  const [, method, rest = match] = /^([A-Za-z*|,]+) +(.+)$/.exec(match) ?? [];
  return `${method?.toUpperCase() ?? '*'} ${rest}`;
}

/** A limit for the whole call bounds its phases too. */
function timeoutsOf(timeout: Written['timeout']): Partial<TimeoutSettings> {
  if (timeout === undefined) return {};
  if (typeof timeout !== 'number') {
    return defined({ connectMs: timeout.connect, firstByteMs: timeout.firstByte, totalMs: timeout.total });
  }
  return {
    connectMs: Math.min(usualTimeouts.connectMs, timeout),
    firstByteMs: timeout,
    totalMs: timeout,
  };
}

function expectationsOf(expect: Readonly<Record<string, unknown>>): readonly Expectation[] {
  return Object.entries(expect).map(([kind, settings]) => ({ kind, settings }));
}

function channelsOf(written: Written): Readonly<Record<string, ChannelSettings>> {
  const all = { ...(written.webhook === undefined ? {} : { team: written.webhook }), ...written.channels };
  return mapEntries(all, (name, { kind, language, fallback, template, options }): ChannelSettings => {
    return { name, kind, options, language, fallback, template };
  });
}

/** What is written in the configuration itself comes before what its files say. */
function calendarOf(
  { holidays, workdays }: Written['calendar'],
  filed: readonly SpecialDay[],
  timeZone: string,
): Calendar {
  const works = new Map(filed.map((day) => [day.date, day.works]));
  for (const date of holidays) works.set(date, false);
  for (const date of workdays) works.set(date, true);
  const dates = [...works.keys()].sort();
  return {
    timeZone,
    holidays: dates.filter((date) => works.get(date) === false),
    workdays: dates.filter((date) => works.get(date) === true),
  };
}

function maintenanceOf(window: Written['maintenance'][number], timeZone: string): MaintenanceWindow {
  const { name, cron, duration, services, tags, causes, subject, exceptOn, onlyOn } = window;
  const about = defined({ services, tags, levels: causes, subject });
  const matcher = Object.keys(about).length === 0 ? { subject: '*' } : about;
  return {
    name,
    cron,
    durationMs: duration,
    timeZone: window.timeZone ?? timeZone,
    matcher,
    exceptOn,
    onlyOn,
  };
}

function objectiveOf(objective: Written['slo'][number]): ObjectiveSettings {
  const { name, services, tags, availability, latency, window } = objective;
  const share = (percent: number | undefined): number | undefined =>
    percent === undefined ? undefined : Number((percent / 100).toFixed(6));
  const goals = { availability: share(availability), latency: share(latency) };
  return { name, windowMs: window, ...goals, services, tags };
}

function routesOf(written: Written, channels: readonly string[]): readonly RouteSettings[] {
  const escalations = (route: WrittenRoute) =>
    route.escalate?.map(({ after, to }): EscalationSettings => ({ afterMs: after, to }));
  const all = written.routes?.map((route) => ({ ...route, escalate: escalations(route) }));
  if (all !== undefined) return all;
  return channels.length === 0 ? [] : [{ to: channels }];
}

/** Containers run on UTC; whoever reads Chinese messages does not. */
function timeZoneOf(written: Written, host: string): string {
  const isUtc = /^(?:Etc\/)?(?:UTC|UCT|GMT|Universal|Zulu)$/.test(host);
  return written.timeZone ?? (isUtc && written.language === 'zh' ? 'Asia/Shanghai' : host);
}

/** Every service's name: as written, else after its documents, numbered when that is taken. */
export function namesOf(services: readonly WrittenService[]): readonly string[] {
  const taken = new Set(services.flatMap((service) => service.name ?? []));
  return services.map(({ name, docs }) => {
    if (name !== undefined) return name;
    const wanted = nameFrom(list(docs)[0] ?? '');
    let free = wanted;
    for (let count = 2; taken.has(free); count++) free = `${wanted}-${count}`;
    taken.add(free);
    return free;
  });
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return mapEntries(
    headers,
    (_, value) => value,
    (name) => name.toLowerCase(),
  );
}

/** Without a prototype: what is asked for by a name that somebody has made up is there or is not. */
function mapEntries<T, U>(
  record: Readonly<Record<string, T>>,
  map: (name: string, value: T) => U,
  rename: (name: string) => string = (name) => name,
): Readonly<Record<string, U>> {
  const mapped = Object.create(null) as Record<string, U>;
  for (const [name, value] of Object.entries(record)) mapped[rename(name)] = map(name, value);
  return mapped;
}

function serverSettings(server: Written['server']): ServerSettings {
  return { ...server, url: server.url?.replace(/\/+$/, '') };
}

/** Without keys that are `undefined`: what is spread over something else takes nothing away from it. */
function defined<T extends object>(record: T): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>;
}
