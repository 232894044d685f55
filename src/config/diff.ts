import { isDeepStrictEqual } from 'node:util';
import { formatDuration } from '../lib/time/duration.ts';
import { isObject } from '../model/json.ts';
import type { NetworkSettings, Settings, ServiceSettings } from '../model/settings.ts';

/**
 * What a reload changes, a line each for the log: `service orders: retries 2 → 0`. Options of credentials and
 * channels, headers, parameters and bodies are named and never shown. Empty when nothing has changed.
 */
export function settingsDiff(before: Settings, after: Settings): readonly string[] {
  const {
    services: servicesBefore,
    credentials: _,
    channels: __,
    routes: routesBefore,
    network: networkBefore = {},
    ...restBefore
  } = before;
  const {
    services: servicesAfter,
    credentials: ___,
    channels: ____,
    routes: routesAfter,
    network: networkAfter = {},
    ...restAfter
  } = after;
  const common = new Set([
    ...differences(restBefore, restAfter).map((one) => shown(one)),
    ...networkLines(networkBefore, networkAfter),
  ]);
  const inherited = (line: string) => common.has(line);
  return [
    ...common,
    ...named('service', byName(servicesBefore), byName(servicesAfter), (one, other) =>
      serviceLines(one, other).filter((line) => !inherited(line)),
    ),
    ...named('credential', before.credentials, after.credentials, secretly),
    ...named('channel', before.channels, after.channels, secretly),
    ...(same(routesBefore, routesAfter) ? [] : ['routes changed']),
  ];
}

/** Keys that have changed and take effect after a restart only: what they lead to is opened once. */
export function lateChanges(before: Settings, after: Settings): readonly string[] {
  return Object.entries(openedOnce)
    .filter(([, read]) => !same(read(before), read(after)))
    .map(([key]) => key);
}

const openedOnce: Readonly<Record<string, (settings: Settings) => unknown>> = {
  'store.path': ({ store }) => store.path,
  'store.url': ({ store }) => store.url?.reveal(),
  'server.host': ({ server }) => server.host,
  'server.port': ({ server }) => server.port,
  logLevel: ({ logLevel }) => logLevel,
};

/** Services that are added, removed, or to be called in another way: with their own settings, or with their credentials. */
export function changedServices(before: Settings, after: Settings): readonly string[] {
  const [one, other] = [byName(before.services), byName(after.services)];
  const credentials = new Set(
    Object.keys({ ...before.credentials, ...after.credentials }).filter(
      (name) => !same(before.credentials[name], after.credentials[name]),
    ),
  );
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => {
    const [was, is] = [one[name], other[name]];
    if (was === undefined || is === undefined) return true;
    return serviceLines(was, is).length > 0 || usedBy(is).some((used) => credentials.has(used));
  });
}

/** Names of the credentials that a service is called with. */
function usedBy({ credential: own, docsCredential, overrides }: ServiceSettings): readonly string[] {
  const named = [own, docsCredential, ...overrides.map(({ credential }) => credential)];
  return named.filter((name) => name !== undefined);
}

function byName(services: readonly ServiceSettings[]): Readonly<Record<string, ServiceSettings>> {
  return Object.fromEntries(services.map((service) => [service.name, service]));
}

function named<T>(
  what: string,
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  compare: (before: T, after: T) => readonly string[],
): readonly string[] {
  const lines: string[] = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [one, other] = [before[name], after[name]];
    if (one === undefined) lines.push(`${what} ${name} added`);
    else if (other === undefined) lines.push(`${what} ${name} removed`);
    else lines.push(...compare(one, other).map((line) => `${what} ${name}: ${line}`));
  }
  return lines;
}

function serviceLines(before: ServiceSettings, after: ServiceSettings): readonly string[] {
  const {
    overrides: overridesBefore,
    headers: headersBefore,
    params: paramsBefore,
    paramPlaces: _before,
    ...othersBefore
  } = before;
  const {
    overrides: overridesAfter,
    headers: headersAfter,
    params: paramsAfter,
    paramPlaces: _after,
    ...othersAfter
  } = after;
  const { network: networkBefore = {}, ...restBefore } = othersBefore;
  const { network: networkAfter = {}, ...restAfter } = othersAfter;
  return [
    ...differences(restBefore, restAfter).map(shown),
    ...differences(headersBefore, headersAfter).map(({ path }) => `headers.${path} changed`),
    ...differences(paramsBefore, paramsAfter).map(({ path }) => `params.${path.split('.')[0]} changed`),
    ...networkLines(networkBefore, networkAfter),
    ...operationLines(overridesBefore, overridesAfter),
  ];
}

/** A proxy's address may hold a password, an authority's certificate is long. */
function networkLines(before: NetworkSettings, after: NetworkSettings): readonly string[] {
  return differences(before, after).map(({ path }) => `network.${path.split('.')[0]} changed`);
}

function operationLines(
  before: ServiceSettings['overrides'],
  after: ServiceSettings['overrides'],
): readonly string[] {
  // Where an entry stands in the file is not part of what it says.
  const plain = (all: ServiceSettings['overrides']) =>
    all.map((entry) => {
      const { at: _, ...rest } = entry;
      return rest;
    });
  const [one, other] = [plain(before), plain(after)];
  const matches = new Set([...one, ...other].map(({ match }) => match));
  const changed = [...matches].filter(
    (match) =>
      !same(
        one.filter((entry) => entry.match === match),
        other.filter((entry) => entry.match === match),
      ),
  );
  if (changed.length === 0 && !same(one, other)) return ['operations in another order'];
  return changed.map((match) => `operations "${match}" changed`);
}

function secretly(before: object, after: object): readonly string[] {
  return differences(before, after).map(({ path }) => `${path.replace(/^options\./, '')} changed`);
}

interface Difference {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** The places, as deep as both sides are plain objects, where two values differ. */
function differences(before: unknown, after: unknown, path = ''): readonly Difference[] {
  if (same(before, after)) return [];
  if (!isPlain(before) || !isPlain(after)) return [{ path, from: before, to: after }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    differences(before[key], after[key], path === '' ? key : `${path}.${key}`),
  );
}

function shown({ path, from, to }: Difference): string {
  const inMs = path.endsWith('Ms');
  const text = (value: unknown): string | undefined => {
    if (value === undefined) return 'default';
    if (typeof value === 'number') return inMs ? formatDuration(value) : String(value);
    return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
  };
  const name = inMs ? path.slice(0, -2) : path;
  const [one, other] = [text(from), text(to)];
  return one === undefined || other === undefined ? `${name} changed` : `${name} ${one} → ${other}`;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Equal in what was written: what prints as `***` by its value; functions were made from the texts beside them. */
function same(a: unknown, b: unknown): boolean {
  if (a === b || (typeof a === 'function' && typeof b === 'function')) return true;
  if (isSealed(a) && isSealed(b)) return a.reveal() === b.reveal();
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  }
  if (!isPlain(a) || !isPlain(b)) return !isSealed(a) && !isSealed(b) && isDeepStrictEqual(a, b);
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(a[key], b[key]));
}

/** A secret, or a text that may be one: each has a class of its own. */
function isSealed(value: unknown): value is { reveal(): string } {
  return (
    typeof value === 'object' && value !== null && 'reveal' in value && typeof value.reveal === 'function'
  );
}
