import { isSaid, sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Incident } from '../../model/incident.ts';
import type { Cause } from '../../model/cause.ts';
import type { UnreadableDocument } from '../../model/document.ts';
import type { Evidence } from '../analysis.ts';
import type { Check } from '../../model/check.ts';
import type { CredentialFailure, TokenEndpoint } from '../../model/credential-failure.ts';
import { type Observation, ownership, type Root, type Trouble } from '../observation.ts';
import { gatewayStatuses } from './rules.ts';

/**
 * Credentials without a token; the checks that need one are blocked and say nothing themselves.
 *
 * @param ofHosts Whose endpoint is what a host or gateway suffers from: what is called there is told with that.
 */
export function observeTokens(evidence: Evidence, ofHosts: TokensOfHosts): readonly Root[] {
  const failures = new Map(evidence.credentialFailures.map((failure) => [failure.credential, failure]));
  const blocked = blockedIn(evidence);
  return [...failures.values()].flatMap((failure) => {
    const dependants = thoseThatWorked(
      evidence.checks.filter(
        (check) =>
          check.credential === failure.credential &&
          hostOf(check, ofHosts) === undefined &&
          (check.tokenOptional !== true || blocked.has(check.id)),
      ),
      evidence,
    );
    return dependants.length === 0 && ofHosts.has(failure.credential)
      ? []
      : [failedCredential(failure, dependants, evidence)];
  });
}

/** Checks that were not called, or turned away, for want of a token. */
function blockedIn({ results, known = [] }: Evidence): ReadonlySet<string> {
  const last = new Map([...known, ...results].map((result) => [result.checkId, result]));
  return new Set(
    [...last.values()].flatMap((one) => (one.reason.code === 'credential' ? [one.checkId] : [])),
  );
}

/** Those that fail as ever suffer from nothing new; all, where none is known to have worked. */
function thoseThatWorked(checks: readonly Check[], { hasWorked }: Evidence): readonly Check[] {
  const worked = hasWorked === undefined ? [] : checks.filter(hasWorked);
  return worked.length === 0 ? checks : worked;
}

/** Credential → its token endpoint, and the fingerprint of the host or gateway by whose doing it gives none. */
export type TokensOfHosts = ReadonlyMap<string, TokenHost>;

/** A host at fault that gives tokens, with the fingerprint of what is wrong there. */
export type TokenHost = TokenEndpoint & { readonly fingerprint: string };

/** Where what is called needs a token from the same host that is down. */
export function hostOf({ credential = '', origin }: Check, ofHosts: TokensOfHosts): TokenHost | undefined {
  const host = ofHosts.get(credential);
  return host?.origin === origin ? host : undefined;
}

/** A host without an answer, or a gateway with the same one, is found to be at fault now, or has been told and is not over. */
export function tokensOfHosts(
  { credentialFailures, open }: Pick<Evidence, 'credentialFailures' | 'open'>,
  roots: readonly Root[],
): TokensOfHosts {
  // Others there may be well already: until a token comes it is not over for all.
  const told = open.filter((one) => one.state !== 'pending' && one.told !== undefined);
  const found = roots.flatMap(({ observation }) =>
    observation.kind === 'bad'
      ? [{ fingerprint: observation.fingerprint, status: observation.trouble.status }]
      : [],
  );
  const down = new Map([...told, ...found].map(({ fingerprint, status }) => [fingerprint, status]));
  return new Map(
    credentialFailures.flatMap(({ credential, endpoint }) => {
      if (endpoint === undefined) return [];
      const { origin, status } = endpoint;
      const fingerprint = `${status === undefined ? 'origin' : 'gateway'}:${origin}`;
      const isSame = down.has(fingerprint) && down.get(fingerprint) === status;
      // A host comes back bit by bit: what is in front of it answers before its sign-in does.
      const before = isOfHost(endpoint)
        ? [`origin:${origin}`, `gateway:${origin}`].find((one) => down.has(one))
        : undefined;
      const known = isSame ? fingerprint : before;
      return known === undefined ? [] : [[credential, { ...endpoint, fingerprint: known }] as const];
    }),
  );
}

/** Nothing but its host is heard of: no answer, or one from in front of it. */
function isOfHost({ status }: TokenEndpoint): boolean {
  return status === undefined || gatewayStatuses.has(status);
}

/**
 * Sign-ins that people have heard of, and that now find the host silent which they share with what is called: what that is, a
 * whole cycle says, so that it is told once.
 */
export function leftToCycle({
  credentialFailures,
  checks,
  open,
  selection = false,
  partial = false,
}: Evidence): ReadonlySet<string> {
  if (!selection && !partial) return new Set();
  const known = new Set(open.map(({ fingerprint }) => fingerprint));
  const those = credentialFailures.filter(({ credential, endpoint }) => {
    if (endpoint === undefined || !isOfHost(endpoint) || !known.has(credentialFingerprint(credential)))
      return false;
    return checks.every((check) => check.credential !== credential || check.origin === endpoint.origin);
  });
  return new Set(those.map(({ credential }) => credentialFingerprint(credential)));
}

function credentialFingerprint(credential: string): string {
  return `credential:${credential}`;
}

function failedCredential(
  failure: CredentialFailure,
  dependants: readonly Check[],
  { results, now }: Evidence,
): Root {
  const members = dependants.map((check) => ({ check, message: sentence('hasNoToken') }));
  const ids = new Set(dependants.map(({ id }) => id));
  const blocked = results.filter(({ checkId, reason }) => reason.code === 'credential' && ids.has(checkId));
  const cause: Cause = { level: 'credential', subject: failure.credential };
  const trouble: Trouble = {
    ...ownership(members, dependants),
    cause,
    verdict: 'fail',
    subjectLabel: failure.credential,
    reason: { code: 'credential', message: failure.message },
    hint: failure.hint,
    ...(failure.nextTryAt === undefined ? {} : { nextTryAt: failure.nextTryAt }),
    since: Math.min(now, ...blocked.map(({ at }) => at)),
    evaluations: 1,
  };
  return {
    cause,
    observation: { kind: 'bad', fingerprint: credentialFingerprint(failure.credential), trouble },
  };
}

/**
 * Documents that cannot be read; nothing is said of those that were asked for while a root cause was open that explains it,
 * and what was suspected of them is forgotten. That one can be read again is said by those alone who have read the documents of
 * its service.
 */
export function observeDocuments(evidence: Evidence, roots: readonly Root[]): readonly Observation[] {
  const { documentsRead, checks, scope, open, now } = evidence;
  if (evidence.documentProblems === undefined) return [];
  const told = new Set(open.map(({ fingerprint }) => fingerprint));
  // What has never been readable is to be set up; nothing that worked has broken.
  const documentProblems = evidence.documentProblems.filter(
    (problem) => problem.neverRead !== true || told.has(fingerprintOf(problem)),
  );
  const isExplained = explainedBy(evidence, roots);
  const broken = new Set(documentProblems.map(fingerprintOf));
  const scanned = new Set(documentsRead ?? scope ?? checks.map(({ service }) => service));
  const readAgain = open.filter(
    ({ fingerprint, services }) =>
      fingerprint.startsWith('document:') &&
      !broken.has(fingerprint) &&
      services.every((service) => scanned.has(service)),
  );
  const excused = new Set(documentProblems.filter(isExplained).map(fingerprintOf));
  const suspected = open.filter(({ fingerprint, state }) => state === 'pending' && excused.has(fingerprint));
  return [
    ...documentProblems
      .filter((problem) => !excused.has(fingerprintOf(problem)))
      .map((problem) => brokenDocument(problem, checks, now)),
    ...[...readAgain, ...suspected].map(
      ({ fingerprint }: Incident): Observation => ({ kind: 'good', fingerprint }),
    ),
  ];
}

function fingerprintOf({ documentId }: UnreadableDocument): string {
  return `document:${documentId}`;
}

/** Whether what it shares with operations was at fault when it was asked for, or is found to be now. */
function explainedBy(
  { checks, open, ended = [], now }: Evidence,
  roots: readonly Root[],
): (problem: UnreadableDocument) => boolean {
  const found = roots.filter(({ observation }) => observation.kind === 'bad').map(({ cause }) => cause);
  const told = [...open, ...ended].filter(
    ({ fingerprint, state }) => state !== 'pending' && keepsDocuments(fingerprint),
  );
  return (problem) => {
    const { uri, service, credential, askedAt = now } = problem;
    const origin = originOf(uri);
    const isShared = ({ level, subject }: Cause): boolean => {
      if (level === 'self') return true;
      if (level === 'credential') return subject === credential;
      if (origin === undefined) return false;
      if (level === 'service')
        return subject === service && checks.some((one) => one.service === service && one.origin === origin);
      return (level === 'origin' || level === 'gateway') && subject === origin;
    };
    const then = told.filter(
      ({ openedAt, resolvedAt = Infinity }) => openedAt - sameTimeMs <= askedAt && askedAt <= resolvedAt,
    );
    return [...found, ...then.map(({ cause }) => cause)].some(isShared);
  };
}

/** Fingerprints of root causes by which documents cannot be had. */
export function keepsDocuments(fingerprint: string): boolean {
  return /^(?:self|origin|gateway|unsteady|credential|service):/.test(fingerprint);
}

/** A document may find out before enough operations have. */
const sameTimeMs = 60_000;

function originOf(uri: string): string | undefined {
  return URL.canParse(uri) ? new URL(uri).origin : undefined;
}

/** A matter of the document alone: its operations go on being judged by what it said last. */
function brokenDocument(problem: UnreadableDocument, checks: Evidence['checks'], now: number): Observation {
  const own = checks.filter(({ documentId }) => documentId === problem.documentId);
  const { tags, owners } = ownership(
    own.map((check) => ({ check, message: '' })),
    own,
  );
  const { line, column, message, askedAt } = problem;
  const hint = hintOf(problem, own.length);
  const trouble: Trouble = {
    cause: { level: 'document', subject: problem.documentId },
    severity: 'minor',
    verdict: 'degraded',
    subjectLabel: problem.uri,
    ...(line === undefined ? {} : { place: { line, column } }),
    services: [problem.service],
    tags,
    owners,
    members: { count: 1, of: 1, worst: [] },
    reason: { code: 'document', message },
    hint,
    since: now,
    // However often it is judged it has been read once.
    round: askedAt,
    // A download may fail once.
    evaluations: URL.canParse(problem.uri) ? 2 : 1,
  };
  return { kind: 'bad', fingerprint: fingerprintOf(problem), trouble };
}

function hintOf({ hint }: UnreadableDocument, operations: number): Sentence | undefined {
  if (operations === 0) return hint;
  const going = sentence('goesOnBeingJudged', { n: operations });
  if (hint === undefined) return going;
  // Whoever sets it up has the wrong address; where it has been read before the address was right.
  const known = isSaid(hint, 'giveAddressThatIs') ? sentence('wasReadThere') : hint;
  // What is to be done may be several sentences, with a full stop of their own.
  return sentence('judgedMeanwhile', { going, hint: known });
}
