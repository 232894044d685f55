import { locate } from './request/base-url.ts';
import { atOnce, type Steps } from '../lib/yielder.ts';
import { dayOf } from './values/days.ts';
import type { Check, Plan, Skipped } from '../model/check.ts';
import type { Document, SecurityScheme } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import type { Settings, ServiceSettings } from '../model/settings.ts';
import type { Candidate, PlanContext, Refusal } from './candidate.ts';
import { gatherService } from './candidates.ts';
import type { CredentialHosts } from './request/credential-hosts.ts';
import { queryOf } from './request/graphql.ts';
import { filterOf, type PlanFilter } from './match.ts';
import type { CapturedValue, CapturedValues } from './captures.ts';
import type { ReadExpectation } from './extension/patrol-extension.ts';
import { planOne } from './plan-one.ts';
import type { Trials, Tried } from './values/trials.ts';
import { sentence } from '../messages/sentence.ts';

export interface PlanOptions {
  /** Epoch ms. Only its day is used, so that what is called stays the same from cycle to cycle. */
  readonly now: number;
  /** The program's own, for `user-agent`. */
  readonly version: string;
  /** Kinds of security schemes that a configured credential can satisfy. */
  readonly satisfies: (credential: string) => readonly SecurityScheme['kind'][];
  /** Where credentials may be sent, by the whole configuration. */
  readonly hosts: CredentialHosts;
  /** Checks what an `x-patrol` extension expects of answers. */
  readonly readExpectation: ReadExpectation;
  readonly filter?: PlanFilter;
  /** Which addresses the engine would refuse to call. */
  readonly refusal?: Refusal;
  /** What earlier answers hold for checks whose values would have to be made up. */
  readonly captured?: CapturedValues;
  /** What came of values so far. */
  readonly trials?: Pick<Trials, 'of'>;
}

export type PlanSettings = Pick<Settings, 'services' | 'credentials' | 'language'>;

/** From documents to checks: what is called, with what, and for everything else why not. Pure. */
export function makePlan(documents: readonly Document[], settings: PlanSettings, options: PlanOptions): Plan {
  return atOnce(new Planner().plan(documents, settings, options));
}

/**
 * Makes the same plans as `makePlan` and remembers them: a service is planned again only when its documents, its
 * settings or the day have changed, a check also when something new was captured for it. Checks that stay the same
 * stay the same objects.
 */
export class Planner {
  readonly #remembered = new Map<string, Remembered>();

  /** In steps: there may be a hundred thousand operations. */
  *plan(documents: readonly Document[], settings: PlanSettings, options: PlanOptions): Steps<Plan> {
    const context = contextOf(settings, options);
    const isWanted = filterOf(options.filter);
    const plan = new Outcomes();
    const problems: Problem[] = [];
    for (const service of settings.services) {
      const own = documents.filter((document) => document.service === service.name);
      for (const document of own) locate(document, service);
      const known = yield* this.#recall(service, own, context, options.readExpectation);
      problems.push(...known.problems);
      for (const candidate of known.candidates.values()) {
        yield;
        const { id, operation } = candidate.of;
        if (isWanted(service.name, operation, id)) plan.add(outcomeOf(candidate, context));
      }
    }
    return { checks: plan.checks, skipped: plan.skipped, problems };
  }

  /** Checks of the last plan with what has been captured for them since. */
  refill(checks: readonly Check[], settings: PlanSettings, options: PlanOptions): readonly Check[] {
    const context = contextOf(settings, options);
    return checks.map((check) => {
      const candidate = this.#remembered.get(check.service)?.candidates.get(check.id);
      if (candidate === undefined) return check;
      const outcome = outcomeOf(candidate, context);
      return 'request' in outcome ? outcome : check;
    });
  }

  *#recall(
    service: ServiceSettings,
    documents: readonly Document[],
    context: PlanContext,
    readExpectation: ReadExpectation,
  ): Steps<Remembered> {
    const basis = basisOf(service, documents, context);
    const known = this.#remembered.get(service.name);
    if (known !== undefined && isSame(known.basis, basis)) return known;
    const { candidates, problems } = yield* gatherService(service, documents, readExpectation);
    const byId = new Map(candidates.map((of) => [of.id, { of }]));
    const fresh = { basis, candidates: byId, problems };
    this.#remembered.set(service.name, fresh);
    return fresh;
  }
}

/** A service as it was last planned. */
interface Remembered {
  readonly basis: readonly unknown[];
  readonly candidates: ReadonlyMap<string, Planned>;
  readonly problems: readonly Problem[];
}

/** An operation with what became of it. */
interface Planned {
  readonly of: Candidate;
  captured?: Values;
  tried?: Tried;
  outcome?: Check | Skipped;
}

/** Everything that a service's plan depends on but for what was captured. */
function basisOf(
  service: ServiceSettings,
  documents: readonly Document[],
  context: PlanContext,
): readonly unknown[] {
  const contents = documents.flatMap(({ id, contentHash }) => [id, contentHash]);
  const { credentials, hosts, acceptLanguage, userAgent, now } = context;
  return [service, credentials, hosts, acceptLanguage, userAgent, dayOf(now), ...contents];
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function outcomeOf(planned: Planned, context: PlanContext): Check | Skipped {
  const captured = context.captured.get(planned.of.id);
  const tried = context.trials.of(planned.of.id);
  const isSameTrial =
    takesNoValues(planned.of) || (planned.tried === tried && isSameCapture(planned.captured, captured));
  if (planned.outcome !== undefined && isSameTrial) return planned.outcome;
  planned.captured = captured;
  planned.tried = tried;
  planned.outcome = planOne(planned.of, context);
  return planned.outcome;
}

/** What came of values makes no difference to it: that it has worked once is no reason to plan it again. */
function takesNoValues({ operation }: Candidate): boolean {
  const { path, parameters, body, sentQuery } = operation;
  const isBare = parameters.length === 0 && body === undefined && sentQuery === undefined;
  return isBare && !path.includes('{') && queryOf(operation) === undefined;
}

type Values = Readonly<Record<string, CapturedValue>> | undefined;

function isSameCapture(a: Values, b: Values): boolean {
  return a === b || isSame(pairsOf(a), pairsOf(b));
}

function pairsOf(values: Values): readonly unknown[] {
  return Object.entries(values ?? {}).flatMap(([name, { value, from, isKept, isSecret }]) => [
    name,
    value,
    from,
    isKept,
    isSecret,
  ]);
}

const nothingTried: Pick<Trials, 'of'> = { of: () => undefined };

function contextOf(settings: PlanSettings, options: PlanOptions): PlanContext {
  return {
    credentials: settings.credentials,
    satisfies: options.satisfies,
    hosts: options.hosts,
    refusal: options.refusal,
    acceptLanguage: settings.language === 'zh' ? 'zh-CN,zh;q=0.9,en;q=0.5' : 'en,zh-CN;q=0.5',
    userAgent: `apipatrol/${options.version}`,
    now: options.now,
    captured: options.captured ?? new Map(),
    trials: options.trials ?? nothingTried,
    headers: new Map(),
    origins: new Map(),
    signIns: new Map(),
  };
}

/** What becomes of operations, where the same request described twice is sent once. */
class Outcomes implements Pick<Plan, 'checks' | 'skipped'> {
  readonly checks: Check[] = [];
  readonly skipped: Skipped[] = [];
  readonly #first = new Map<string, Check>();

  add(outcome: Check | Skipped): void {
    if (!('request' in outcome)) {
      this.skipped.push(outcome);
      return;
    }
    const key = requestKey(outcome);
    const earlier = this.#first.get(key);
    if (earlier === undefined) {
      this.#first.set(key, outcome);
      this.checks.push(outcome);
    } else this.skipped.push(repeated(outcome, earlier));
  }
}

function requestKey({ service, request, credential }: Check): string {
  return [service, request.method, request.url, request.body ?? '', credential ?? ''].join('\0');
}

function repeated({ id, service, documentId, operation, tags }: Check, earlier: Check): Skipped {
  return {
    id,
    service,
    documentId,
    operation,
    tags,
    code: 'duplicate',
    reason:
      earlier.documentId === documentId
        ? sentence('sameRequest', { operation: earlier.operation })
        : sentence('sameRequestOf', {
            operation: earlier.operation,
            document: earlier.documentId.slice(earlier.service.length + 1),
          }),
  };
}
