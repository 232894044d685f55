import { formatDuration, parseDuration } from '../../lib/time/duration.ts';
import { nearest } from '../../lib/text/text.ts';
import type { Document, Operation } from '../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Expectation, Severity, ServiceSettings, TimeoutSettings } from '../../model/settings.ts';
import type { PatrolExtension } from './extension.ts';
import { queryOf } from '../request/graphql.ts';
import type { Remark } from '../remarks.ts';
import { templateNames } from '../request/template.ts';
import { isTrusted } from './trusted-documents.ts';

/** Checks the settings of one expectation that a document asks for; the text says what is wrong with them. */
export type ReadExpectation = (kind: string, settings: Json) => Expectation | string;

interface Reading {
  readonly extension: PatrolExtension;
  readonly remarks: readonly Remark[];
}

/** An operation as its document describes it, and the service that it belongs to. */
interface Described {
  readonly service: ServiceSettings;
  readonly operation: Operation;
  readonly isTrusted: boolean;
}

/** The text says why a key is ignored. */
type KeyReader = (value: Json, described: Described) => PatrolExtension | string;

/** Reads the `x-patrol` extension of an operation. What is wrong or not the document's to say is reported and left out. */
export function readPatrolExtension(
  service: ServiceSettings,
  document: Document,
  operation: Operation,
  expectation: ReadExpectation,
): Reading {
  const described = { service, operation, isTrusted: isTrusted(service, document) };
  const owners = documentedOwners(described);
  const written = operation.extensions['x-patrol'];
  if (written === undefined) return owners;
  if (!isObject(written)) {
    const remark = { code: 'x-patrol', text: 'x-patrol is not a mapping; it is ignored' };
    return { ...owners, remarks: [...owners.remarks, remark] };
  }
  const readers: Readonly<Record<string, KeyReader>> = { ...plainReaders, expect: expectReader(expectation) };
  let { extension } = owners;
  const remarks = [...owners.remarks];
  for (const [key, value] of Object.entries(written)) {
    const read = readerOf(key, readers)(value, described);
    if (typeof read !== 'string') extension = { ...extension, ...read };
    else
      remarks.push({
        code: 'x-patrol',
        text: `x-patrol.${key.slice(0, 100)} ${read}; it is ignored`,
        ...hintFor(read),
      });
  }
  return { extension, remarks };
}

function readerOf(key: string, readers: Readonly<Record<string, KeyReader>>): KeyReader {
  const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
  if (reader !== undefined) return reader;
  const what = Object.hasOwn(widening, key) ? widening[key] : undefined;
  const known = [...Object.keys(readers), ...Object.keys(widening)];
  return () => (what === undefined ? unknownKey(key, known) : `${notItsOwn} (${what})`);
}

const notItsOwn = 'is for the configuration alone to say';
const needsTrust = 'counts only in documents that the configuration trusts';

function hintFor(why: string): Pick<Remark, 'hint'> {
  if (why.startsWith(notItsOwn))
    return { hint: 'If it is meant, write it into the configuration, under `operations` of the service.' };
  return why.startsWith(needsTrust)
    ? { hint: 'If whoever writes the document is to be trusted, set `docsTrusted: true` for the service.' }
    : {};
}

/** Keys that would have more done than the configuration says, or something else. */
const widening: Readonly<Record<string, string>> = {
  retries: 'how often a call is repeated',
  headers: 'headers change what a request is',
  credential: 'who signs requests',
  docsCredential: 'who signs requests',
  baseUrl: 'where requests go',
  server: 'where requests go',
  servers: 'where requests go',
  host: 'where requests go',
  hosts: 'where requests go',
  network: 'how requests get there',
  proxy: 'how requests get there',
  limits: 'how much is asked of a server',
  concurrency: 'how much is asked of a server',
  method: 'what is called',
  operations: 'what is called',
  docs: 'what is read',
  docsTrusted: 'whom to trust',
  channels: 'who is told',
  routes: 'who is told',
};

/** `x-owner` or `x-owners`, as documents have them for others than us: what is no name is none of our business. */
function documentedOwners({ operation: { extensions }, isTrusted: counts }: Described): Reading {
  const written = extensions['x-owners'] ?? extensions['x-owner'];
  const documented = written === undefined ? undefined : people(written);
  if (documented === undefined || documented.length === 0) return { extension: {}, remarks: [] };
  if (counts) return { extension: { documentedOwners: documented }, remarks: [] };
  const text = `x-owner ${needsTrust}; it is ignored`;
  return { extension: {}, remarks: [{ level: 'info', code: 'x-patrol', text, ...hintFor(needsTrust) }] };
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key.slice(0, 100), known);
  return `is not known${meant === undefined ? '' : `, did you mean ${meant}?`}`;
}

const plainReaders: Readonly<Record<string, KeyReader>> = {
  interval: (value, { service }) => {
    const intervalMs = duration(value);
    if (intervalMs === undefined) return 'is not a duration such as 15m';
    if (intervalMs < 60_000 || intervalMs > 86_400_000) return 'is outside 1m to 24h';
    return intervalMs < service.intervalMs
      ? `${notItsOwn} when it is shorter than ${formatDuration(service.intervalMs)}`
      : { intervalMs };
  },
  timeout: (value, { service }) => {
    const timeouts = timeoutsOf(value);
    if (timeouts === undefined) return 'is not a duration such as 5s, nor {connect, firstByte, total}';
    const phases = ['connectMs', 'firstByteMs', 'totalMs'] as const;
    const longer = phases.find((phase) => (timeouts[phase] ?? 0) > service.timeouts[phase]);
    return longer === undefined
      ? { timeouts }
      : `${notItsOwn} when it is longer than ${formatDuration(service.timeouts[longer])}`;
  },
  latency: (value) => {
    const p95Ms = duration(isObject(value) ? value['p95'] : undefined);
    return p95Ms === undefined ? 'is not of the form {p95: 2s}' : { latency: { p95Ms } };
  },
  params: (value, { operation }) => {
    if (!isObject(value)) return 'is not a mapping of parameter names to values';
    const known = new Set([
      ...operation.parameters.map(({ name }) => name),
      ...templateNames(operation.path),
      ...(queryOf(operation)?.variables.map(({ name }) => name) ?? []),
    ]);
    const foreign = Object.keys(value).find((name) => !known.has(name));
    return foreign === undefined
      ? { params: value }
      : `gives ${JSON.stringify(foreign.slice(0, 100))}, which is no parameter of the operation`;
  },
  body: (value, { operation }) =>
    operation.body === undefined || queryOf(operation) !== undefined
      ? 'is given for an operation that is described without one'
      : { body: value },
  tags: (value) => {
    const tags = texts(value);
    return tags === undefined ? 'is not a list of texts' : { tags };
  },
  severity: (value, { isTrusted: counts }) => {
    if (!isSeverity(value)) return 'is not critical, major or minor';
    return counts ? { severity: value } : needsTrust;
  },
  skip: (value) =>
    typeof value === 'boolean' || typeof value === 'string'
      ? { skip: value }
      : 'is neither true, false nor a reason',
  allow: onlyFalse('whether it is called although it may change data', { allow: false }),
  safe: onlyFalse('whether it is called although it may change data', { allow: false }),
  idempotent: onlyFalse('whether a call that may change data is repeated', {}),
  owners: (value, { isTrusted: counts }) => {
    const owners = people(value);
    if (owners === undefined) return 'is not a list of user ids';
    return counts ? { owners } : needsTrust;
  },
};

function onlyFalse(what: string, narrower: PatrolExtension): KeyReader {
  return (value) => {
    if (typeof value !== 'boolean') return 'is not true or false';
    return value ? `${notItsOwn} (${what})` : narrower;
  };
}

function expectReader(expectation: ReadExpectation): KeyReader {
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

/** User ids; a document calls nobody by calling everybody. */
function people(value: Json): readonly string[] | undefined {
  return texts(value)?.filter((name) => !everybody.test(name.trim()));
}

const everybody = /^[^\p{L}]*(?:all|everyone|everybody|channel|here|所有人|全体成员)[^\p{L}]*$/iu;

function texts(value: Json): readonly string[] | undefined {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
  const names = list.filter((item) => typeof item === 'string');
  return names.length === list.length ? names : undefined;
}

function isSeverity(value: Json): value is Severity {
  return value === 'critical' || value === 'major' || value === 'minor';
}
