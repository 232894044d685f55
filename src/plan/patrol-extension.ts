import { parseDuration } from '../kit/duration.ts';
import { nearest } from '../kit/text.ts';
import type { Document, Operation } from '../model/document.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Problem } from '../model/problem.ts';
import type { Expectation, OverrideSettings, Severity, TimeoutSettings } from '../model/settings.ts';
import { routesElsewhere } from './credential-hosts.ts';

/** What an operation's `x-patrol` says, in the terms of an override. */
export interface PatrolExtension extends Omit<OverrideSettings, 'match' | 'at'> {
  /** `safe` or `idempotent`: it may be sent again without harm. */
  readonly repeatable?: boolean;
  /** Of its `x-owner`, which was not written for us. */
  readonly documentedOwners?: readonly string[];
}

/** Checks the settings of one expectation that a document asks for; the text says what is wrong with them. */
export type ReadExpectation = (kind: string, settings: Json) => Expectation | string;

interface Reading {
  readonly extension: PatrolExtension;
  readonly problems: readonly Problem[];
}

type Reader = (value: Json, key: string) => PatrolExtension | string;

/**
 * Reads the `x-patrol` extension of an operation: the keys of an entry of `operations:` in the config, and `safe`
 * and `idempotent`. A key that is wrong is reported and left out; the others count.
 */
export function readPatrolExtension(
  document: Document,
  operation: Operation,
  expectation: ReadExpectation,
): Reading {
  const written = operation.extensions['x-patrol'];
  const documented = documentedOwners(operation);
  if (written === undefined) return { extension: documented, problems: [] };
  const report = (key: string, found: string): Problem => ({
    severity: 'warning',
    code: 'x-patrol',
    message: `${operation.key}: x-patrol${key} ${found}`,
    file: document.uri,
    pointer: operation.pointer,
  });
  if (!isObject(written))
    return { extension: documented, problems: [report('', 'is not a mapping; it is ignored')] };
  const readers: Readonly<Record<string, Reader>> = { ...plainReaders, expect: expectReader(expectation) };
  let extension = documented;
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(written)) {
    const read = Object.hasOwn(readers, key)
      ? readers[key]?.(value, key)
      : unknownKey(key, Object.keys(readers));
    if (typeof read === 'string') problems.push(report(`.${key}`, `${read}; it is ignored`));
    else extension = { ...extension, ...read };
  }
  return { extension, problems };
}

/** `x-owner` or `x-owners`, as documents have them for others than us: what is no name is none of our business. */
function documentedOwners({ extensions }: Operation): PatrolExtension {
  const written = extensions['x-owners'] ?? extensions['x-owner'];
  const documented = written === undefined ? undefined : texts(written);
  return documented === undefined || documented.length === 0 ? {} : { documentedOwners: documented };
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  return `is not known${meant === undefined ? '' : `, did you mean ${meant}?`}`;
}

const plainReaders: Readonly<Record<string, Reader>> = {
  interval: (value) => {
    const intervalMs = duration(value);
    if (intervalMs === undefined) return 'is not a duration such as 15m';
    return intervalMs >= 60_000 && intervalMs <= 86_400_000 ? { intervalMs } : 'is outside 1m to 24h';
  },
  timeout: (value) => {
    const timeouts = timeoutsOf(value);
    return timeouts === undefined
      ? 'is not a duration such as 5s, nor {connect, firstByte, total}'
      : { timeouts };
  },
  latency: (value) => {
    const p95Ms = duration(isObject(value) ? value['p95'] : undefined);
    return p95Ms === undefined ? 'is not of the form {p95: 2s}' : { latency: { p95Ms } };
  },
  retries: (value) =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 5
      ? { retries: Number(value) }
      : 'is not a whole number from 0 to 5',
  params: (value) => (isObject(value) ? { params: value } : 'is not a mapping of parameter names to values'),
  headers: (value) => {
    const headers = textMap(value);
    if (headers === undefined) return 'is not a mapping of names to texts';
    const routing = Object.keys(headers).find(routesElsewhere);
    return routing === undefined ? { headers } : `sets ${routing}, which only the configuration may do`;
  },
  body: (value) => ({ body: value }),
  severity: (value) => (isSeverity(value) ? { severity: value } : 'is not critical, major or minor'),
  skip: (value) =>
    typeof value === 'boolean' || typeof value === 'string'
      ? { skip: value }
      : 'is neither true, false nor a reason',
  allow: (value) => (typeof value === 'boolean' ? { allow: value } : 'is not true or false'),
  safe: (value) =>
    typeof value === 'boolean'
      ? { allow: value, ...(value ? { repeatable: true } : {}) }
      : 'is not true or false',
  idempotent: (value) => (typeof value === 'boolean' ? { repeatable: value } : 'is not true or false'),
  owners: (value) => {
    const owners = texts(value);
    return owners === undefined ? 'is not a list of user ids' : { owners };
  },
  credential: (value) =>
    typeof value === 'string' ? { credential: value } : 'is not the name of a credential',
};

function expectReader(expectation: ReadExpectation): Reader {
  return (value) => {
    if (!isObject(value)) return 'is not a mapping of expectations to their settings';
    const read = Object.entries(value).map(([kind, settings]) => expectation(kind, settings ?? {}));
    const wrong = read.filter((entry) => typeof entry === 'string');
    return wrong.length > 0
      ? wrong.join('; ')
      : { expect: read.filter((entry) => typeof entry !== 'string') };
  };
}

function duration(value: Json | undefined): number | undefined {
  return typeof value === 'string' ? parseDuration(value) : undefined;
}

function timeoutsOf(value: Json): Partial<TimeoutSettings> | undefined {
  const written: JsonObject = isObject(value) ? value : { total: value };
  const timeouts: Record<string, number> = {};
  for (const [key, text] of Object.entries(written)) {
    const ms = duration(text);
    if (ms === undefined || !['connect', 'firstByte', 'total'].includes(key)) return undefined;
    timeouts[`${key}Ms`] = ms;
  }
  return timeouts;
}

function textMap(value: Json): Readonly<Record<string, string>> | undefined {
  if (!isObject(value)) return undefined;
  const pairs = Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return pairs.length === Object.keys(value).length ? Object.fromEntries(pairs) : undefined;
}

function texts(value: Json): readonly string[] | undefined {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
  const names = list.filter((item) => typeof item === 'string');
  return names.length === list.length ? names : undefined;
}

function isSeverity(value: Json): value is Severity {
  return value === 'critical' || value === 'major' || value === 'minor';
}
