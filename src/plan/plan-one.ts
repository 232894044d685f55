import { sentence } from '../messages/sentence.ts';
import { isBeyondJudging } from '../lib/wording/sense.ts';
import type { Check, CombinedBase, SignIn, SkipCode, Skipped } from '../model/check.ts';
import { refuseBase } from './request/base-path.ts';
import { baseUrlOf, combinedBaseOf } from './request/base-url.ts';
import { bodyOf } from './request/body.ts';
import type { Candidate, PlanContext } from './candidate.ts';
import { credentialOf, credentialParameters, refuseHost, tokenHeaderOf } from './request/credential.ts';
import { promisesOf } from './extension/expectations.ts';
import { refuseDisguise } from './request/disguise.ts';
import { signInOf } from './request/credential-advice.ts';
import { blankOf, fillParameters, leftOutOf } from './request/fill.ts';
import { refuseUnknownSender, refuseOverride } from './request/forbidden.ts';
import { leftElsewhere, refuseOthers } from './request/home.ts';
import { requestOf } from './request/request.ts';
import { isSafe } from './harmless.ts';
import { refuse, refuseValues } from './select.ts';
import { isSkip, skip, type SkipNote } from './skip.ts';
import { refuseOutside } from './safety/outside.ts';
import { longestPath } from './safety/surroundings.ts';
import { standInsIn } from './values/trials.ts';

/** Twice what usual servers take in a request line. */
const longestUrl = 16_384;

/** What becomes of one operation. */
export function planOne(candidate: Candidate, context: PlanContext): Check | Skipped {
  const outcome = stepByStep(candidate, context);
  if (!('code' in outcome) || !lacksPlace.has(outcome.code)) return outcome;
  const elsewhere = leftElsewhere(candidate);
  return elsewhere === undefined ? outcome : skipped(candidate, elsewhere);
}

/** Where it is, or whether its credential may go there, is not known. */
const lacksPlace: ReadonlySet<SkipCode> = new Set<SkipCode>(['no-base-url', 'foreign-host']);

/** The first step that cannot go on says why. */
function stepByStep(candidate: Candidate, context: PlanContext): Check | Skipped {
  const refusal =
    refuseLength(candidate.operation.path, longestPath) ??
    refuse(candidate, context) ??
    refuseOthers(candidate);
  if (refusal !== undefined) return skipped(candidate, refusal);
  const baseUrl = baseUrlOf(candidate, context);
  if (isSkip(baseUrl)) return skipped(candidate, baseUrl);
  const elsewhere = refuseBase(candidate, baseUrl);
  if (elsewhere !== undefined) return skipped(candidate, elsewhere);
  const signing = credentialOf(candidate, context, baseUrl);
  if (isSkip(signing)) return skipped(candidate, signing);
  const isCredential = credentialParameters(candidate, context, signing);
  const unnamed = refuseUnknownSender(candidate, isCredential);
  if (unnamed !== undefined) return skipped(candidate, unnamed);
  const filled = fillParameters(candidate, context, isCredential);
  if (isSkip(filled)) return skipped(candidate, filled);
  const huge = filled.find(({ sample }) => isBeyondJudging(sample.value));
  const unread = refuseLength(JSON.stringify(huge?.sample.value ?? ''), longestUrl);
  if (unread !== undefined) return skipped(candidate, unread);
  const harm = refuseValues(candidate, filled);
  if (harm !== undefined) return skipped(candidate, harm);
  const body = bodyOf(candidate, context);
  if (isSkip(body)) return skipped(candidate, body);
  const own = filled.map(({ parameter, sample }) => ({
    name: parameter.name,
    in: parameter.in,
    ...sample,
  }));
  const values = body === undefined ? own : [...own, ...body.filled];
  const { tokenHeader, otherHeader } = tokenHeaderOf(signing, candidate, context);
  const plain = requestOf(candidate, context, { baseUrl, filled, body });
  const request = tokenHeader === undefined ? plain : { ...plain, tokenHeader };
  const long = refuseLength(request.url, longestUrl);
  if (long !== undefined) return skipped(candidate, long);
  const other =
    refuseOverride(candidate, request) ??
    refuseDisguise(candidate, request) ??
    refuseOutside(candidate, values, baseUrl);
  if (other !== undefined) return skipped(candidate, other);
  const away = refuseHost(signing, candidate, context, request.url);
  if (away !== undefined) return skipped(candidate, away);
  const leftOut = leftOutOf(candidate, filled, isCredential);
  return checkOf(candidate, {
    origin: originOf(request.url, context),
    request,
    values,
    credential: signing.name,
    tokenOptional: signing.isOptional,
    signIn: signing.name === undefined ? signInFor(candidate, context, baseUrl) : undefined,
    otherHeader,
    leftOut,
    blank: blankOf(candidate, leftOut),
    standIns: standInsIn(own, context.trials.of(candidate.id)),
    base: combinedBaseOf(candidate),
  });
}

/** Of all that are sent without values. */
const none: Check['values'] = [];

function refuseLength({ length }: string, limit: number): SkipNote | undefined {
  if (length <= limit) return undefined;
  return skip('unsupported', sentence('addressTooLong', { n: length, limit }));
}

/**
 * Written out and filled in place: objects that are put together from parts get a layout of their own each, which
 * takes more memory than what is in them.
 */
function checkOf(
  { id, service, document, operation, rules }: Candidate,
  made: Pick<Check, 'origin' | 'request' | 'values'> & {
    readonly credential: string | undefined;
    readonly tokenOptional: true | undefined;
    readonly signIn: SignIn | undefined;
    readonly otherHeader: string | undefined;
    readonly leftOut: readonly string[];
    readonly blank: readonly string[];
    readonly standIns: readonly string[];
    readonly base: CombinedBase | undefined;
  },
): Check {
  const check: { -readonly [Key in keyof Check]: Check[Key] } = {
    id,
    service: service.name,
    documentId: document.id,
    operation: operation.key,
    tags: operation.tags,
    owners: rules.owners,
    severity: rules.severity,
    method: operation.method,
    origin: made.origin,
    request: made.request,
    values: made.values.length === 0 ? none : made.values,
    expectations: rules.expectations,
    promises: promisesOf(operation.responses),
    schemas: document.schemas,
    dialect: document.dialect,
    repeatable: isSafe(operation) || operation.method === 'QUERY',
    intervalMs: rules.intervalMs,
    timeouts: rules.timeouts,
    retries: rules.retries,
    latency: rules.latency,
  };
  if (operation.operationId !== undefined) check.operationId = operation.operationId;
  if (operation.summary !== undefined) check.summary = operation.summary;
  if (made.credential !== undefined) check.credential = made.credential;
  if (made.tokenOptional !== undefined) check.tokenOptional = made.tokenOptional;
  if (made.signIn !== undefined) check.signIn = made.signIn;
  if (made.otherHeader !== undefined) check.otherHeader = made.otherHeader;
  if (made.leftOut.length > 0) check.leftOut = made.leftOut;
  if (made.blank.length > 0) check.blank = made.blank;
  if (made.standIns.length > 0) check.standIns = made.standIns;
  if (made.base !== undefined) check.base = made.base;
  if (rules.redirects !== undefined) check.redirects = rules.redirects;
  if (service.network !== undefined) check.network = service.network;
  return check;
}

/** Worked out once for a document at an address. */
function signInFor(candidate: Candidate, { signIns, credentials }: PlanContext, baseUrl: string): SignIn {
  const key = `${candidate.service.name} ${candidate.document.id} ${baseUrl}`;
  const known = signIns.get(key);
  if (known !== undefined) return known;
  const made = signInOf(candidate, Object.keys(credentials), baseUrl);
  signIns.set(key, made);
  return made;
}

/** The same text is the same string: a hundred thousand operations have a few origins. */
function originOf(url: string, { origins }: PlanContext): string {
  const { origin } = new URL(url);
  const same = origins.get(origin);
  if (same !== undefined) return same;
  origins.set(origin, origin);
  return origin;
}

function skipped({ id, service, document, operation }: Candidate, note: SkipNote): Skipped {
  return {
    id,
    service: service.name,
    documentId: document.id,
    operation: operation.key,
    tags: operation.tags,
    ...note,
  };
}
