import type { Json } from '../model/json.ts';
import type {
  Expectation,
  LatencySettings,
  OverrideSettings,
  RedirectPolicy,
  Severity,
  ServiceSettings,
  TimeoutSettings,
} from '../model/settings.ts';
import { expectationsOf } from './extension/expectations.ts';
import type { PatrolExtension } from './extension/extension.ts';

/** Everything that was said about one operation, settled: config over document, narrower over wider. */
export interface Rules {
  readonly params: Readonly<Record<string, Json>>;
  /** What the document's `x-patrol` gives: as good as an example of the parameter. */
  readonly documentedParams: Readonly<Record<string, Json>>;
  /** Names in `params` that were given for this operation itself: sent even when they are not documented. */
  readonly ownParams: ReadonlySet<string>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly documentedBody?: Json;
  readonly expectations: readonly Expectation[];
  readonly skip: boolean | string;
  /**
   * `true`: call it although it may change data; `false`: do not, although its method is safe; `unsure`: call it when
   * nothing says that it changes data, though nothing says that it only reads.
   */
  readonly allow?: boolean | 'unsure';
  readonly credential?: string;
  readonly owners: readonly string[];
  readonly severity: Severity;
  readonly intervalMs: number;
  readonly timeouts: TimeoutSettings;
  readonly retries: number;
  readonly latency: LatencySettings;
  readonly redirects?: RedirectPolicy;
}

/**
 * `overrides` are those that match, in the order written. A value that only the service has may be its default, so
 * the document's word on its own operation comes before it; `params` and `expect` have no defaults, and there the
 * service wins.
 */
export function settleRules(
  service: ServiceSettings,
  extension: PatrolExtension,
  overrides: readonly OverrideSettings[],
): Rules {
  const said: readonly Said[] = [extension, ...overrides];
  const own = Object.assign({}, ...overrides.map((entry) => entry.params)) as Record<string, Json>;
  const body = last(overrides, 'body');
  const credential = last(overrides, 'credential');
  const allow = last(said, 'allow');
  const redirects = last(said, 'redirects') ?? service.redirects;
  return {
    params: { ...service.params, ...own },
    documentedParams: extension.params ?? {},
    ownParams: new Set(Object.keys(own)),
    headers: lowerCase([service.headers, ...overrides.map((entry) => entry.headers)]),
    body,
    documentedBody: extension.body,
    expectations: expectationsOf([
      ...(extension.expect ?? []),
      ...service.expect,
      ...overrides.flatMap((entry) => entry.expect ?? []),
    ]),
    skip: last(said, 'skip') ?? false,
    allow,
    redirects,
    credential,
    owners: last(said, 'owners') ?? ownersOf(service, extension),
    severity: last(said, 'severity') ?? service.severity,
    intervalMs: last(said, 'intervalMs') ?? service.intervalMs,
    timeouts: Object.assign({}, service.timeouts, ...said.map((entry) => entry.timeouts)) as TimeoutSettings,
    retries: last(overrides, 'retries') ?? service.retries,
    latency: last(said, 'latency') ?? service.latency,
  };
}

/** A name that a document has for its own purposes does for want of one that the patrol was given. */
function ownersOf(
  { owners }: ServiceSettings,
  { documentedOwners = [] }: PatrolExtension,
): readonly string[] {
  return owners.length === 0 ? documentedOwners : owners;
}

type Said = Omit<OverrideSettings, 'match'>;

function last<K extends keyof Said>(said: readonly Said[], key: K): Exclude<Said[K], undefined> | undefined {
  return said.findLast((entry) => entry[key] !== undefined)?.[key] as Exclude<Said[K], undefined> | undefined;
}

function lowerCase(
  all: readonly (Readonly<Record<string, string>> | undefined)[],
): Readonly<Record<string, string>> {
  const pairs = all.flatMap((headers) => Object.entries(headers ?? {}));
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]));
}
