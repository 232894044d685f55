import type { Check, Plan, Skipped } from '../model/check.ts';
import type { Document, SecurityScheme } from '../model/document.ts';
import { type Settings, safeMethods } from '../model/settings.ts';
import { baseUrlOf } from './base-url.ts';
import { bodyOf } from './body.ts';
import type { Candidate, PlanContext } from './candidate.ts';
import { gatherCandidates } from './candidates.ts';
import { credentialOf, credentialParameters } from './credential.ts';
import { expectationsOf, promisesOf } from './expectations.ts';
import { fillParameters } from './fill.ts';
import { filterOf, type PlanFilter } from './filter.ts';
import type { ReadExpectation } from './patrol-extension.ts';
import type { Harvested } from './harvester.ts';
import { requestOf } from './request.ts';
import { isQueryByName, refuse } from './select.ts';
import { isSkip, type SkipNote, skip } from './skip.ts';

export interface PlanOptions {
  /** Epoch ms. Only its day is used, so that what is called stays the same from cycle to cycle. */
  readonly now: number;
  /** The program's own, for `user-agent`. */
  readonly version: string;
  /** Kinds of security schemes that a configured credential can satisfy. */
  readonly satisfies: (credential: string) => readonly SecurityScheme['kind'][];
  /** Checks what an `x-patrol` extension expects of answers. */
  readonly readExpectation: ReadExpectation;
  readonly filter?: PlanFilter;
  /** What earlier answers hold for checks whose values would have to be made up. */
  readonly harvested?: Harvested;
}

/** From documents to checks: what is called, with what, and for everything else why not. Pure. */
export function makePlan(
  documents: readonly Document[],
  settings: Pick<Settings, 'sources' | 'credentials' | 'language'>,
  options: PlanOptions,
): Plan {
  const context = contextOf(settings, options);
  const { candidates, problems } = gatherCandidates(documents, settings.sources, options.readExpectation);
  const isWanted = filterOf(options.filter);
  const wanted = candidates.filter(({ id, source, operation }) => isWanted(source.name, operation, id));
  const outcomes = wanted.map((candidate) => planOne(candidate, context));
  return { ...withoutDuplicates(outcomes), problems };
}

function contextOf(settings: Pick<Settings, 'credentials' | 'language'>, options: PlanOptions): PlanContext {
  return {
    credentials: settings.credentials,
    satisfies: options.satisfies,
    acceptLanguage: settings.language === 'zh' ? 'zh-CN,zh;q=0.9,en;q=0.5' : 'en,zh-CN;q=0.5',
    userAgent: `apipatrol/${options.version}`,
    now: options.now,
    harvested: options.harvested ?? new Map(),
  };
}

function planOne(candidate: Candidate, context: PlanContext): Check | Skipped {
  const refusal = refuse(candidate, context);
  if (refusal !== undefined) return skipped(candidate, refusal);
  const baseUrl = baseUrlOf(candidate);
  if (isSkip(baseUrl)) return skipped(candidate, baseUrl);
  const signing = credentialOf(candidate, context);
  if (isSkip(signing)) return skipped(candidate, signing);
  const filled = fillParameters(candidate, context, credentialParameters(candidate, signing));
  if (isSkip(filled)) return skipped(candidate, filled);
  const body = bodyOf(candidate, context);
  if (isSkip(body)) return skipped(candidate, body);
  const request = requestOf(candidate, context, { baseUrl, filled, body });
  if (!URL.canParse(request.url))
    return skipped(candidate, skip('unsupported', `${request.url} is not a URL`));
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
    values: body === undefined ? values : [...values, body.filled],
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

function rulesOf({ rules, operation }: Candidate) {
  return {
    owners: rules.owners,
    severity: rules.severity,
    expectations: expectationsOf(rules.expect),
    repeatable: rules.repeatable || safeMethods.has(operation.method) || isQueryByName(operation),
    intervalMs: rules.intervalMs,
    timeouts: rules.timeouts,
    retries: rules.retries,
    latency: rules.latency,
  };
}

function skipped({ source, document, operation }: Candidate, note: SkipNote): Skipped {
  return {
    source: source.name,
    documentId: document.id,
    operation: operation.key,
    tags: operation.tags,
    ...note,
  };
}

/** The same request described twice is sent once. */
function withoutDuplicates(outcomes: readonly (Check | Skipped)[]): Pick<Plan, 'checks' | 'skipped'> {
  const first = new Map<string, Check>();
  const checks: Check[] = [];
  const left: Skipped[] = [];
  for (const outcome of outcomes) {
    if (!('request' in outcome)) {
      left.push(outcome);
      continue;
    }
    const key = requestKey(outcome);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, outcome);
      checks.push(outcome);
    } else left.push(repeated(outcome, earlier));
  }
  return { checks, skipped: left };
}

function requestKey({ source, request, credential }: Check): string {
  return [source, request.method, request.url, request.body ?? '', credential ?? ''].join('\0');
}

function repeated({ source, documentId, operation, tags }: Check, earlier: Check): Skipped {
  const where =
    earlier.documentId === documentId ? '' : ` of ${earlier.documentId.slice(earlier.source.length + 1)}`;
  return {
    source,
    documentId,
    operation,
    tags,
    code: 'duplicate',
    reason: `the same request as ${earlier.operation}${where}`,
  };
}
