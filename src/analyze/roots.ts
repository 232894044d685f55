import { groupBy } from '../kit/group-by.ts';
import type { Incident } from '../model/incident.ts';
import { isTransportFailure, type Reason, type ReasonCode } from '../model/result.ts';
import type { AnalysisInput, CredentialFailure, DocumentProblem } from './analysis.ts';
import {
  compareText,
  fromMembers,
  type Observation,
  ownership,
  type Seen,
  type Trouble,
} from './observation.ts';

/** A cause with many effects, and the checks that it explains. */
export interface Root {
  readonly observation: Observation;
  readonly explains: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

/** An open incident of an origin stays until clearly fewer find no answer than it took to open it. */
const closingShare = 0.5;

/** Without a connection it is the origin, whatever was asked for; a time-out can be one operation's own. */
const connectionCodes: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'dns',
  'connect-refused',
  'connect-timeout',
  'tls',
  'origin-down',
]);

export function observeOrigins(seen: readonly Seen[], input: AnalysisInput): readonly Root[] {
  const open = new Set(input.open.map(({ fingerprint }) => fingerprint));
  return [...groupBy(seen.filter(saysSomething), ({ check }) => check.origin)].map(([origin, own]) => {
    const fingerprint = `origin:${origin}`;
    const silent = own.filter(foundNoAnswer);
    const down = isDown(own, silent, open.has(fingerprint), input.settings.origin);
    if (!down) return { observation: { kind: 'good', fingerprint }, explains: nothing };
    const explains = new Set(own.map(({ check }) => check.id));
    return {
      observation: { kind: 'bad', fingerprint, trouble: originTrouble(origin, silent, own) },
      explains,
    };
  });
}

/** Not called because the origin is down says as much as having called in vain. */
function saysSomething({ result }: Seen): boolean {
  return ['pass', 'degraded', 'fail'].includes(result.verdict) || result.reason.code === 'origin-down';
}

function foundNoAnswer({ result }: Seen): boolean {
  return result.status === undefined && isTransportFailure(result.reason.code);
}

function isDown(
  own: readonly Seen[],
  silent: readonly Seen[],
  open: boolean,
  { minChecks, share }: AnalysisInput['settings']['origin'],
): boolean {
  if (silent.length === 0) return false;
  if (open) return silent.length >= own.length * share * closingShare;
  if (own.length >= minChecks) return silent.length >= Math.max(minChecks, own.length * share);
  return silent.length === own.length && (own.length > 1 || silent.every(hasNoConnection));
}

function hasNoConnection({ result }: Seen): boolean {
  return connectionCodes.has(result.reason.code);
}

function originTrouble(origin: string, silent: readonly Seen[], own: readonly Seen[]): Trouble {
  return {
    ...fromMembers(silent, own.length),
    cause: { level: 'origin', subject: origin },
    verdict: 'fail',
    subjectLabel: origin,
    reason: commonReason(silent),
  };
}

/** The reason that most members share; one that was actually found rather than concluded, if there is one. */
function commonReason(members: readonly Seen[]): Reason {
  const found = members.filter(({ result }) => result.reason.code !== 'origin-down');
  const byCode = groupBy(found.length > 0 ? found : members, ({ result }) => result.reason.code);
  const [code, most] = [...byCode].toSorted(
    ([codeA, a], [codeB, b]) => b.length - a.length || compareText(codeA, codeB),
  )[0] ?? ['origin-down' as const, members];
  const message = most.map(({ result }) => result.reason.message).toSorted(compareText)[0] ?? '';
  return { code, message };
}

export function observeCredentials(seen: readonly Seen[], input: AnalysisInput): readonly Root[] {
  const failures = new Map(input.credentialFailures.map((failure) => [failure.credential, failure]));
  const bad = [...failures.values()].map((failure) => failedCredential(failure, input));
  const used = seen.filter(({ result }) => result.verdict !== 'blocked' && result.verdict !== 'unknown');
  const good = new Set(used.flatMap(({ check }) => check.credential ?? []));
  return [
    ...bad,
    ...[...good]
      .filter((credential) => !failures.has(credential))
      .map((credential): Root => {
        return { observation: { kind: 'good', fingerprint: `credential:${credential}` }, explains: nothing };
      }),
  ];
}

function failedCredential(failure: CredentialFailure, input: AnalysisInput): Root {
  const dependants = input.checks.filter(({ credential }) => credential === failure.credential);
  const worst = dependants.toSorted((a, b) => compareText(a.operation, b.operation)).slice(0, 5);
  const trouble: Trouble = {
    ...ownership(dependants),
    cause: { level: 'credential', subject: failure.credential },
    verdict: 'fail',
    subjectLabel: failure.credential,
    reason: { code: 'credential', message: failure.message },
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    members: {
      count: dependants.length,
      of: dependants.length,
      worst: worst.map(({ id, operation, source }) => {
        return { checkId: id, label: operation, source, message: 'has no token' };
      }),
    },
    since: input.cycle.startedAt,
  };
  return {
    observation: { kind: 'bad', fingerprint: `credential:${failure.credential}`, trouble },
    explains: new Set(dependants.map(({ id }) => id)),
  };
}

export function observeDocuments(input: AnalysisInput): readonly Observation[] {
  const { documentProblems } = input;
  if (documentProblems === undefined) return [];
  const broken = new Set(documentProblems.map(({ documentId }) => documentId));
  const scanned = new Set(input.checks.map(({ source }) => source));
  const readAgain = input.open.filter(
    ({ cause, sources }) =>
      cause.level === 'document' &&
      !broken.has(cause.subject) &&
      sources.every((source) => scanned.has(source)),
  );
  return [
    ...documentProblems.map((problem) => brokenDocument(problem, input)),
    ...readAgain.map(({ fingerprint }: Incident): Observation => ({ kind: 'good', fingerprint })),
  ];
}

function brokenDocument(problem: DocumentProblem, input: AnalysisInput): Observation {
  const checks = input.checks.filter(({ documentId }) => documentId === problem.documentId);
  const trouble: Trouble = {
    ...ownership(checks),
    cause: { level: 'document', subject: problem.documentId },
    severity: 'minor',
    verdict: 'degraded',
    subjectLabel: problem.uri,
    sources: [problem.source],
    reason: { code: 'document', message: problem.message },
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
    members: { count: checks.length, of: checks.length, worst: [] },
    since: input.cycle.startedAt,
  };
  return { kind: 'bad', fingerprint: `document:${problem.documentId}`, trouble };
}
