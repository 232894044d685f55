import type { Parameter } from '../model/document.ts';
import type { Json } from '../model/json.ts';
import { safeMethods } from '../model/settings.ts';
import { fitted } from './fitted.ts';
import { isSendable } from './forbidden.ts';
import { asArray, flatten, own } from './schema.ts';
import type { Candidate, PlanContext } from './candidate.ts';
import { queryOf } from './graphql.ts';
import { blank, operationLines } from './hints.ts';
import { limitsPage, pagingValue } from './paging.ts';
import { notMadeUp } from './proof.ts';
import { isUsable, type Sample, sample } from './sample.ts';
import { type SkipNote, skip } from './skip.ts';
import { timeRangeValue } from './time-range.ts';
import { templateNames } from './template.ts';

/** A parameter with the value that is sent for it. */
export interface Filled {
  readonly parameter: Parameter;
  readonly sample: Sample;
}

/**
 * A value for every parameter that has to be sent: config, then documented, then made up. Optional ones are sent
 * only when the config gives them or they make a page smaller; anything else would be junk.
 */
export function fillParameters(
  candidate: Candidate,
  context: PlanContext,
  isCredential: (parameter: Parameter) => boolean,
): readonly Filled[] | SkipNote {
  const filled: Filled[] = [];
  for (const parameter of parametersOf(candidate)) {
    const given = own(candidate.rules.params, parameter.name);
    const isLeftOut = isCredential(parameter) || isHeaderOf(candidate, parameter);
    if (given === undefined && isLeftOut) continue;
    const value = given === undefined ? valueFor(parameter, candidate, context) : fromConfig(given);
    const proof = value?.origin === 'generated' ? notMadeUp(parameter, candidate) : undefined;
    if (proof !== undefined) return proof;
    if (value !== undefined) filled.push({ parameter, sample: value });
    else if (parameter.required) return noValue(candidate, parameter);
  }
  return filled;
}

/** Optional parameters that are not sent: the service may want one of them all the same. */
export function leftOutOf(
  { operation }: Candidate,
  filled: readonly Filled[],
  isCredential: (parameter: Parameter) => boolean,
): readonly string[] {
  const sent = new Set(filled.map(({ parameter }) => parameter));
  return operation.parameters
    .filter((one) => !one.required && one.in !== 'cookie' && !sent.has(one))
    .filter((one) => !isCredential(one))
    .map(({ name }) => name);
}

/** The settings name the header as such. */
function isHeaderOf({ rules }: Candidate, { name, in: place }: Parameter): boolean {
  return place === 'header' && rules.headers[name.toLowerCase()] !== undefined;
}

/** The documented ones, those that only the path template names, and undocumented ones that the config gives. */
function parametersOf({ operation, rules }: Candidate): readonly Parameter[] {
  const documented = operation.parameters.filter(
    ({ in: place, name }) => place !== 'header' || isSendable(name, rules),
  );
  const known = new Set(documented.map(({ name }) => name));
  const inPath = new Set(documented.filter(({ in: place }) => place === 'path').map(({ name }) => name));
  const template = templateNames(operation.path).filter((name) => !inPath.has(name));
  const undeclared = template.filter((name) => !known.has(name)).map((name) => plain(name, 'path'));
  const variables = queryOf(operation)?.variables.map(({ name }) => name) ?? [];
  const placed = new Set([...known, ...template, ...variables]);
  const extra = [...rules.ownParams].filter((name) => !placed.has(name));
  return [...documented, ...undeclared, ...extra.map((name) => plain(name, 'query'))];
}

function plain(name: string, place: 'path' | 'query'): Parameter {
  return { name, in: place, required: place === 'path', schema: { type: 'string' }, examples: [] };
}

function fromConfig(value: Json): Sample {
  return { value, origin: 'config' };
}

function valueFor(parameter: Parameter, candidate: Candidate, context: PlanContext): Sample | undefined {
  const { schemas: pool } = candidate.document;
  const said = own(candidate.rules.documentedParams, parameter.name);
  if (said !== undefined) return { value: said, origin: 'example' };
  if (!parameter.required) {
    const page = limitsPage(parameter) ? pagingValue(parameter, pool) : undefined;
    return page === undefined ? undefined : { value: page, origin: 'paging' };
  }
  const json = jsonFormat(parameter, candidate);
  if (json !== undefined) return { value: json, origin: 'enum' };
  const example = parameter.examples.find((value) => isUsable(value));
  if (example !== undefined) return { value: example, origin: 'example' };
  const offered = sample(parameter.schema, {
    pool,
    now: context.now,
    name: parameter.name,
    effort: candidate.effort,
  });
  if (offered !== undefined && offered.origin !== 'generated') return offered;
  const harvested = harvestedValue(parameter, candidate, context);
  if (harvested !== undefined) return { value: harvested, origin: 'harvested' };
  const page = pagingValue(parameter, pool);
  if (page !== undefined) return { value: page, origin: 'paging' };
  const border = timeRangeValue(parameter, pool, context.now);
  if (border !== undefined) return { value: border, origin: 'generated' };
  return offered !== undefined && isEmptyInPath(parameter, offered.value) ? undefined : offered;
}

/** Where the form of an answer may be chosen, the one that can be looked into. */
function jsonFormat({ name, schema }: Parameter, { document, operation }: Candidate): Json | undefined {
  if (!/^(?:(?:output|response|return)[-_]?)?(?:format|content[-_]?type|type)$|^(?:alt|output)$/i.test(name))
    return undefined;
  const choices = asArray(flatten(schema, document.schemas)?.['enum']);
  const choice = choices.find(
    (value) => typeof value === 'string' && /^(?:application\/)?json$/i.test(value),
  );
  const types = operation.responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ media }) => media);
  return types.length === 0 || types.some(({ contentType }) => /json$|^\*\/\*$/.test(contentType))
    ? choice
    : undefined;
}

/** Ids that exist are for reading only: a write that is allowed must not hit what somebody else needs. */
function harvestedValue(parameter: Parameter, candidate: Candidate, context: PlanContext): Json | undefined {
  const { id, document, operation } = candidate;
  const found = own(context.harvested.get(id) ?? {}, parameter.name);
  if (found === undefined || !safeMethods.has(operation.method)) return undefined;
  const value = fitted(found, flatten(parameter.schema, document.schemas));
  return value === undefined || isEmptyInPath(parameter, value) ? undefined : value;
}

/** An empty path segment, or one that URLs drop, calls another operation. */
function isEmptyInPath(parameter: Parameter, value: Json): boolean {
  if (parameter.in !== 'path') return false;
  const isBare = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return isBare || value === '' || value === '.' || value === '..';
}

function noValue({ source, operation }: Candidate, { name, in: place }: Parameter): SkipNote {
  const note = skip(
    'no-value',
    `no value for the required ${place} parameter ${name} is documented, and none could be made up`,
    operationLines(source.name, operation, { params: { [name]: blank } }),
  );
  return place === 'path' || name === 'id' ? note : { ...note, needs: `${place} ${name}` };
}
