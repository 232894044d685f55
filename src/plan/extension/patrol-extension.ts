import type { PatrolExtension } from './extension.ts';
import { type SentenceCode, sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { formatDuration, parseDuration } from '../../lib/time/duration.ts';
import { nearest } from '../../lib/text/text.ts';
import type { Document, Operation } from '../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Expectation, ServiceSettings, Severity, TimeoutSettings } from '../../model/settings.ts';
import { queryOf } from '../request/graphql.ts';
import type { Remark } from '../remarks.ts';
import { templateNames } from '../request/template.ts';

/** Why something that a document asks for is ignored, and what to do where it is meant. */
export interface Ignored {
  readonly why: Sentence;
  readonly hint?: Sentence;
}

/** Checks the settings of one expectation that a document asks for. */
export type ReadExpectation = (kind: string, settings: Json) => Expectation | Ignored;

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

type KeyReader = (value: Json, described: Described) => PatrolExtension | Ignored;

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
    const remark = { code: 'x-patrol', what: sentence('extensionNotMapping') };
    return { ...owners, remarks: [...owners.remarks, remark] };
  }
  const readers: Readonly<Record<string, KeyReader>> = { ...plainReaders, expect: expectReader(expectation) };
  let { extension } = owners;
  const remarks = [...owners.remarks];
  for (const [key, value] of Object.entries(written)) {
    const read = readerOf(key, readers)(value, described);
    if (!('why' in read)) {
      extension = { ...extension, ...read };
      continue;
    }
    const { why, hint } = read;
    const what = sentence('extensionIgnored', { key: key.slice(0, 100), why });
    remarks.push({ code: 'x-patrol', what, hint });
  }
  return { extension, remarks };
}

function readerOf(key: string, readers: Readonly<Record<string, KeyReader>>): KeyReader {
  const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
  if (reader !== undefined) return reader;
  const what = Object.entries(widening).find(([one]) => one === key)?.[1];
  const known = [...Object.keys(readers), ...Object.keys(widening)];
  return () => (what === undefined ? unknownKey(key, known) : notItsOwn(what));
}

/** Is for the configuration alone to say. */
function notItsOwn(what: SentenceOfKey): Ignored {
  return forConfiguration(sentence('forConfigurationAlone', { what: sentence(what) }));
}

function forConfiguration(why: Sentence): Ignored {
  return { why, hint: sentence('writeIntoConfiguration') };
}

const needsTrust = {
  why: sentence('onlyWhereTrusted'),
  hint: sentence('trustDocuments'),
} as const satisfies Ignored;

type SentenceOfKey =
  | (typeof widening)[keyof typeof widening]
  | 'whetherCalledAnyway'
  | 'whetherChangingIsRepeated';

/** Keys that would have more done than the configuration says, or something else. */
const widening = {
  retries: 'howOftenRepeated',
  headers: 'whatRequestIs',
  credential: 'whoSigns',
  docsCredential: 'whoSigns',
  baseUrl: 'whereRequestsGo',
  server: 'whereRequestsGo',
  servers: 'whereRequestsGo',
  host: 'whereRequestsGo',
  hosts: 'whereRequestsGo',
  network: 'howRequestsGetThere',
  proxy: 'howRequestsGetThere',
  limits: 'howMuchIsAsked',
  concurrency: 'howMuchIsAsked',
  method: 'whatIsCalled',
  operations: 'whatIsCalled',
  docs: 'whatIsRead',
  docsTrusted: 'whomToTrust',
  channels: 'whoIsTold',
  routes: 'whoIsTold',
} as const satisfies Readonly<Record<string, SentenceCode>>;

/** `x-owner` or `x-owners`, as documents have them for others than us: what is no name is none of our business. */
function documentedOwners({ operation: { extensions }, isTrusted: counts }: Described): Reading {
  const written = extensions['x-owners'] ?? extensions['x-owner'];
  const documented = written === undefined ? undefined : people(written);
  if (documented === undefined || documented.length === 0) return { extension: {}, remarks: [] };
  if (counts) return { extension: { documentedOwners: documented }, remarks: [] };
  const { why, hint } = needsTrust;
  const what = sentence('ownerIgnored', { why });
  return { extension: {}, remarks: [{ level: 'info', code: 'x-patrol', what, hint }] };
}

function unknownKey(key: string, known: readonly string[]): Ignored {
  const what = nearest(key.slice(0, 100), known);
  return { why: what === undefined ? sentence('keyUnknown') : sentence('keyUnknownMeant', { what }) };
}

function ignored(why: KeyFault): Ignored {
  return { why: sentence(why) };
}

type KeyFault =
  | 'noDurationSuchAs'
  | 'outsideMinuteToDay'
  | 'noMappingOfParameters'
  | 'givenWithoutBody'
  | 'noListOfTexts'
  | 'noSeverity'
  | 'noSkip'
  | 'noListOfPeople'
  | 'notTrueOrFalse'
  | 'noMappingOfExpectations';

const plainReaders: Readonly<Record<string, KeyReader>> = {
  interval: (value, { service }) => {
    const intervalMs = duration(value);
    if (intervalMs === undefined) return ignored('noDurationSuchAs');
    if (intervalMs < 60_000 || intervalMs > 86_400_000) return ignored('outsideMinuteToDay');
    return intervalMs < service.intervalMs
      ? forConfiguration(sentence('shorterForConfiguration', { time: formatDuration(service.intervalMs) }))
      : { intervalMs };
  },
  timeout: (value, { service }) => {
    const timeouts = timeoutsOf(value);
    if (timeouts === undefined)
      return { why: sentence('noTimeout', { form: '{connect, firstByte, total}' }) };
    const phases = ['connectMs', 'firstByteMs', 'totalMs'] as const;
    const longer = phases.find((phase) => (timeouts[phase] ?? 0) > service.timeouts[phase]);
    return longer === undefined
      ? { timeouts }
      : forConfiguration(
          sentence('longerForConfiguration', { time: formatDuration(service.timeouts[longer]) }),
        );
  },
  latency: (value) => {
    const p95Ms = duration(isObject(value) ? value['p95'] : undefined);
    return p95Ms === undefined
      ? { why: sentence('notOfForm', { form: '{p95: 2s}' }) }
      : { latency: { p95Ms } };
  },
  params: (value, { operation }) => {
    if (!isObject(value)) return ignored('noMappingOfParameters');
    const known = new Set([
      ...operation.parameters.map(({ name }) => name),
      ...templateNames(operation.path),
      ...(queryOf(operation)?.variables.map(({ name }) => name) ?? []),
    ]);
    const foreign = Object.keys(value).find((name) => !known.has(name));
    return foreign === undefined
      ? { params: value }
      : { why: sentence('givesForeign', { name: JSON.stringify(foreign.slice(0, 100)) }) };
  },
  body: (value, { operation }) =>
    operation.body === undefined || queryOf(operation) !== undefined
      ? ignored('givenWithoutBody')
      : { body: value },
  tags: (value) => {
    const tags = texts(value);
    return tags === undefined ? ignored('noListOfTexts') : { tags };
  },
  severity: (value, { isTrusted: counts }) => {
    if (!isSeverity(value)) return ignored('noSeverity');
    return counts ? { severity: value } : needsTrust;
  },
  skip: (value) =>
    typeof value === 'boolean' || typeof value === 'string' ? { skip: value } : ignored('noSkip'),
  allow: onlyFalse('whetherCalledAnyway', { allow: false }),
  safe: onlyFalse('whetherCalledAnyway', { allow: false }),
  idempotent: onlyFalse('whetherChangingIsRepeated', {}),
  owners: (value, { isTrusted: counts }) => {
    const owners = people(value);
    if (owners === undefined) return ignored('noListOfPeople');
    return counts ? { owners } : needsTrust;
  },
};

function onlyFalse(what: SentenceOfKey, narrower: PatrolExtension): KeyReader {
  return (value) => {
    if (typeof value !== 'boolean') return ignored('notTrueOrFalse');
    return value ? notItsOwn(what) : narrower;
  };
}

function expectReader(expectation: ReadExpectation): KeyReader {
  return (value) => {
    if (!isObject(value)) return ignored('noMappingOfExpectations');
    const read = Object.entries(value).map(([kind, settings]) => expectation(kind, settings ?? {}));
    const [first, ...others] = read.filter((entry) => 'why' in entry).map(({ why }) => why);
    if (first === undefined) return { expect: read.flatMap((entry) => ('why' in entry ? [] : [entry])) };
    return { why: others.reduce((one, other) => sentence('allOfThem', { one, other }), first) };
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

/**
 * Whether a document may say who owns operations and how bad it is when they break: whoever writes it has people called.
 * By default one on this machine, or on the service's own host, and none that stands elsewhere.
 */
function isTrusted({ docsTrusted, baseUrl }: ServiceSettings, { uri }: Document): boolean {
  if (docsTrusted !== undefined) return docsTrusted;
  const host = hostOf(uri);
  return host === undefined || (baseUrl !== undefined && hostOf(baseUrl) === host);
}

/** Of a URL, or of a git repository (`git@host:team/repo.git`); `undefined` for a path on this machine. */
function hostOf(uri: string): string | undefined {
  const [, named] = /^[\w.-]+@([\w.-]+):/.exec(uri) ?? [];
  if (named !== undefined) return named;
  return /^(?:https?|ssh|git):\/\//i.test(uri) && URL.canParse(uri) ? new URL(uri).hostname : undefined;
}
