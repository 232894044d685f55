import { sentence } from '../messages/sentence.ts';
import { Effort } from '../lib/effort.ts';
import type { Steps } from '../lib/yielder.ts';
import { nearest, shortSha256 } from '../lib/text/text.ts';
import type { Document, Operation } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import type { OverrideSettings, ServiceSettings } from '../model/settings.ts';
import { combinedBases } from './request/base-url.ts';
import type { Candidate } from './candidate.ts';
import { headersLeftOut } from './request/forbidden.ts';
import { queryOf } from './request/graphql.ts';
import { type OperationMatcher, operationMatcher } from './match.ts';
import { type ReadExpectation, readPatrolExtension } from './extension/patrol-extension.ts';
import { problemsOf, type Remarked } from './remarks.ts';
import { settleRules } from './rules.ts';
import { styleOf } from './safety/surroundings.ts';
import { positionOf, unknownParams } from './unknown-params.ts';
import { mostSteps } from './values/sample.ts';

export interface Gathered {
  readonly candidates: readonly Candidate[];
  readonly problems: readonly Problem[];
}

interface Override {
  readonly settings: OverrideSettings;
  readonly matches: OperationMatcher;
}

/** Every operation of a service with what was said about it, in the order of the documents. */
export function* gatherService(
  service: ServiceSettings,
  documents: readonly Document[],
  readExpectation: ReadExpectation,
): Steps<Gathered> {
  const overrides = service.overrides.map((settings) => toOverride(settings));
  const seen = new Map<string, number>();
  const used = new Set<Override>();
  // Most operations have nothing of their own: one object for all of them, as there may be a hundred thousand.
  const plain = settleRules(service, {}, []);
  const remarked: Remarked[] = [];
  const candidates: Candidate[] = [];
  for (const document of documents) {
    yield* styleOf(document.operations);
    for (const described of document.operations) {
      yield;
      const { extension, remarks } = readPatrolExtension(service, document, described, readExpectation);
      const operation = withTags(described, extension.tags);
      const matching = overrides.filter(({ matches }) => matches(operation));
      for (const override of matching) used.add(override);
      const id = checkId(service.name, operation, seen);
      const said = matching.map(({ settings }) => settings);
      const isPlain = said.length === 0 && Object.keys(extension).length === 0;
      const rules = isPlain ? plain : settleRules(service, extension, said);
      for (const remark of [...remarks, ...headersLeftOut(operation, rules)])
        remarked.push({ document, operation, remark });
      candidates.push({ id, service, document, documents, operation, rules, effort: new Effort(mostSteps) });
    }
  }
  const unused = overrides.filter((override) => !used.has(override)).map(({ settings }) => settings);
  const bases = yield* combinedBases(service, candidates);
  return {
    candidates,
    problems: [
      ...problemsOf([...remarked, ...bases]),
      ...matchNothing(unused, service, documents),
      ...unknownParams(service, documents),
    ],
  };
}

function withTags(operation: Operation, tags: readonly string[] = []): Operation {
  return tags.length === 0 ? operation : { ...operation, tags: [...new Set([...operation.tags, ...tags])] };
}

function toOverride(settings: OverrideSettings): Override {
  return { settings, matches: operationMatcher(settings.match) };
}

/** 64 bits are enough: ids are compared within one installation. */
function checkId(service: string, operation: Operation, seen: Map<string, number>): string {
  const { method, path, query, key } = operation;
  const own = query === undefined ? path : `${path}?${query}`;
  const name = [service, method, queryOf(operation) === undefined ? own : key].join('\0');
  const ordinal = (seen.get(name) ?? 0) + 1;
  seen.set(name, ordinal);
  return shortSha256(ordinal === 1 ? name : `${name}\0${ordinal}`, 8);
}

/** A service without any operation has a worse problem, which the scan has reported. */
function matchNothing(
  unused: readonly OverrideSettings[],
  service: ServiceSettings,
  documents: readonly Document[],
): readonly Problem[] {
  const operations = documents.flatMap((document) => document.operations);
  if (operations.length === 0) return [];
  const own = unused.filter(({ isShared }) => isShared !== true);
  return own.map(({ match, at }) => {
    const meant = nearest(match, names(match, operations));
    return {
      level: 'warning',
      code: 'matches-nothing',
      message: sentence('matchesNothing', { match, service: service.name }),
      ...positionOf(at),
      hint: meant === undefined ? sentence('scanLists') : sentence('wasMeant', { what: meant }),
    };
  });
}

/** "Did you mean" compares with each of them. */
const mostNames = 2000;

function names(match: string, operations: readonly Operation[]): readonly string[] {
  if (match.startsWith('operationId:'))
    return operations.map(({ operationId }) => `operationId:${operationId ?? ''}`);
  if (match.startsWith('tag:')) return operations.flatMap(({ tags }) => tags.map((tag) => `tag:${tag}`));
  return operations.slice(0, mostNames).map(({ key }) => key);
}
