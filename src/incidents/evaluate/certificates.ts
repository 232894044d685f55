import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { CertificateSighting, CertificateTrouble } from '../../model/certificate.ts';
import type { Check } from '../../model/check.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Members, MemberShare } from '../../model/incident.ts';
import type { Evidence } from '../analysis.ts';
import { milder, type Observation, ownership, type Root } from '../observation.ts';

const prefix = 'certificate:';
const hint = sentence('renewCertificate');
const deployedHint = sentence('lookAtDeployment');

export function certificateFingerprint(origin: string): string {
  return `${prefix}${origin}`;
}

/** What is seen by handshakes alone: no call shows it, and no call that goes well proves the contrary. */
export function isCertificate(fingerprint: string): boolean {
  return fingerprint.startsWith(prefix);
}

/** Certificates that end soon, or that nobody would connect to again; nothing of those behind a host that is down. */
export function observeCertificates(evidence: Evidence, roots: readonly Root[]): readonly Observation[] {
  const { certificates = [], open, checks } = evidence;
  return certificates.flatMap((sighting): readonly Observation[] => {
    const fingerprint = certificateFingerprint(sighting.origin);
    const isOpen = open.some((incident) => incident.fingerprint === fingerprint);
    const { trouble } = sighting;
    if (trouble === undefined) return isOpen ? [{ kind: 'good', fingerprint, at: sighting.at }] : [];
    const own = checks.filter(({ origin }) => origin === sighting.origin);
    if (own.length === 0 || isToldWithOrigin(sighting, trouble, evidence, roots)) return [];
    return [badOf(fingerprint, sighting, trouble, own, closedTo(own, evidence))];
  });
}

/** Without a connection the origin is down, and that says why. */
function isToldWithOrigin(
  { origin }: CertificateSighting,
  { code }: CertificateTrouble,
  { open }: Evidence,
  roots: readonly Root[],
): boolean {
  if (code !== 'tls') return false;
  const down = `origin:${origin}`;
  const isDown = roots.some(
    ({ observation }) => observation.kind === 'bad' && observation.fingerprint === down,
  );
  // Also while that is about to be over: its own calls find out, and it goes on.
  return isDown || open.some(({ fingerprint }) => fingerprint === down);
}

/** Those that found so themselves when they connected anew: fewer than make their host one that is down. */
function closedTo(own: readonly Check[], { results, known = [] }: Evidence): readonly Check[] {
  const last = new Map([...known, ...results].map((result) => [result.checkId, result]));
  return own.filter(({ id }) => last.get(id)?.verdict === 'fail' && last.get(id)?.reason.code === 'tls');
}

function badOf(
  fingerprint: string,
  { origin, at }: CertificateSighting,
  { verdict, code, message, expected, found, hasExpired }: CertificateTrouble,
  own: readonly Check[],
  closed: readonly Check[],
): Observation {
  const owned = ownership(
    own.map((check) => ({ check, message })),
    own,
  );
  const trouble = {
    ...owned,
    members: closed.length === 0 || code !== 'tls' ? nothingOf(own, code) : countOf(closed, own, message),
    severity: verdict === 'fail' ? owned.severity : milder(owned.severity),
    cause: { level: 'origin', subject: origin },
    verdict,
    subjectLabel: origin,
    // Whoever knows that it ends soon has not heard that it has ended.
    reason: { code, message },
    hint: code === 'tls' && !hasExpired ? deployedHint : hint,
    expected,
    found,
    since: at,
    evaluations: 1,
  } as const;
  return { kind: 'bad', fingerprint, trouble };
}

function countOf(closed: readonly Check[], own: readonly Check[], message: Sentence): Members {
  return ownership(
    closed.map((check) => ({ check, message })),
    own,
  ).members;
}

/** The operations themselves are well as yet, over the connections that they have. */
function nothingOf(own: readonly Check[], code: CertificateTrouble['code']): Members {
  // A warning is about none of them.
  if (code !== 'tls') return { count: 0, of: 0, worst: [] };
  const shares = [...groupBy(own, ({ service }) => service)].map(
    ([service, { length: of }]): MemberShare => ({ service, count: 0, of, worst: [] }),
  );
  return { count: 0, of: own.length, worst: [], ...(shares.length < 2 ? {} : { shares }) };
}
