import type { Check, Skipped } from '../model/check.ts';
import { baseUrlOf } from './base-url.ts';
import { bodyOf } from './body.ts';
import type { Candidate, PlanContext } from './candidate.ts';
import { credentialOf, credentialParameters } from './credential.ts';
import { promisesOf } from './expectations.ts';
import { fillParameters } from './fill.ts';
import { requestOf } from './request.ts';
import { isSafe, refuse, refuseValues } from './select.ts';
import { isSkip, type SkipNote } from './skip.ts';
import { isQueryByName } from './verbs.ts';

/** What becomes of one operation, step by step; the first step that cannot go on says why. */
export function planOne(candidate: Candidate, context: PlanContext): Check | Skipped {
  const refusal = refuse(candidate, context);
  if (refusal !== undefined) return skipped(candidate, refusal);
  const baseUrl = baseUrlOf(candidate, context);
  if (isSkip(baseUrl)) return skipped(candidate, baseUrl);
  const signing = credentialOf(candidate, context);
  if (isSkip(signing)) return skipped(candidate, signing);
  const filled = fillParameters(candidate, context, credentialParameters(candidate, signing));
  if (isSkip(filled)) return skipped(candidate, filled);
  const harm = refuseValues(candidate, filled);
  if (harm !== undefined) return skipped(candidate, harm);
  const body = bodyOf(candidate, context);
  if (isSkip(body)) return skipped(candidate, body);
  const request = requestOf(candidate, context, { baseUrl, filled, body });
  const values = filled.map(({ parameter, sample }) => ({
    name: parameter.name,
    in: parameter.in,
    ...sample,
  }));
  return {
    ...identityOf(candidate),
    ...rulesOf(candidate),
    origin: new URL(request.url).origin,
    request,
    values: body === undefined ? values : [...values, ...body.filled],
    ...(signing.name === undefined ? {} : { credential: signing.name }),
    promises: promisesOf(candidate.operation.responses),
  };
}

function identityOf({ id, source, document, operation }: Candidate) {
  return {
    id,
    source: source.name,
    documentId: document.id,
    operation: operation.key,
    ...(operation.operationId === undefined ? {} : { operationId: operation.operationId }),
    ...(operation.summary === undefined ? {} : { summary: operation.summary }),
    tags: operation.tags,
    method: operation.method,
    schemas: document.schemas,
    dialect: document.dialect,
  };
}

function rulesOf({ rules, operation, source }: Candidate) {
  return {
    owners: rules.owners,
    severity: rules.severity,
    expectations: rules.expectations,
    repeatable: rules.repeatable || isSafe(operation) || isQueryByName(operation),
    intervalMs: rules.intervalMs,
    timeouts: rules.timeouts,
    retries: rules.retries,
    latency: rules.latency,
    ...(source.network === undefined ? {} : { network: source.network }),
  };
}

function skipped({ id, source, document, operation }: Candidate, note: SkipNote): Skipped {
  return {
    id,
    source: source.name,
    documentId: document.id,
    operation: operation.key,
    tags: operation.tags,
    ...note,
  };
}
