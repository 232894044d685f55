import type { Parameter } from '../model/document.ts';
import type { Json } from '../model/json.ts';
import type { Candidate, PlanContext } from './candidate.ts';
import { blank, operationLines } from './hints.ts';
import { limitsPage, pagingValue } from './paging.ts';
import { isUsable, type Sample, sample } from './sample.ts';
import { type SkipNote, skip } from './skip.ts';
import { templateNames } from './template.ts';

/** A parameter with the value that is sent for it. */
export interface Filled {
  readonly parameter: Parameter;
  readonly sample: Sample;
}

/** OpenAPI 3.1 §4.8.12.1: header parameters of these names mean nothing; the request has its own. */
const ownHeaders: ReadonlySet<string> = new Set([
  'accept',
  'content-type',
  'authorization',
  'user-agent',
  'host',
  'content-length',
]);

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
    const given = candidate.rules.params[parameter.name];
    if (given === undefined && isCredential(parameter)) continue;
    const value = given === undefined ? valueFor(parameter, candidate, context) : fromConfig(given);
    if (value !== undefined) filled.push({ parameter, sample: value });
    else if (parameter.required) return noValue(candidate, parameter);
  }
  return filled;
}

/** The documented ones, those that only the path template names, and undocumented ones that the config gives. */
function parametersOf({ operation, rules }: Candidate): readonly Parameter[] {
  const documented = operation.parameters.filter(
    ({ in: place, name }) => !(place === 'header' && ownHeaders.has(name.toLowerCase())),
  );
  const known = new Set(documented.map(({ name }) => name));
  const inPath = new Set(documented.filter(({ in: place }) => place === 'path').map(({ name }) => name));
  const template = templateNames(operation.path).filter((name) => !inPath.has(name));
  const undeclared = template.filter((name) => !known.has(name)).map((name) => plain(name, 'path'));
  const extra = [...rules.ownParams].filter((name) => !known.has(name) && !template.includes(name));
  return [...documented, ...undeclared, ...extra.map((name) => plain(name, 'query'))];
}

function plain(name: string, place: 'path' | 'query'): Parameter {
  return { name, in: place, required: place === 'path', schema: { type: 'string' }, examples: [] };
}

function fromConfig(value: Json): Sample {
  return { value, origin: 'config' };
}

function valueFor(parameter: Parameter, { document }: Candidate, context: PlanContext): Sample | undefined {
  const { schemas: pool } = document;
  if (!parameter.required) {
    const page = limitsPage(parameter) ? pagingValue(parameter, pool) : undefined;
    return page === undefined ? undefined : { value: page, origin: 'paging' };
  }
  const example = parameter.examples.find((value) => isUsable(value));
  if (example !== undefined) return { value: example, origin: 'example' };
  const offered = sample(parameter.schema, { pool, now: context.now, name: parameter.name });
  if (offered !== undefined && offered.origin !== 'generated') return offered;
  const page = pagingValue(parameter, pool);
  if (page !== undefined) return { value: page, origin: 'paging' };
  return offered !== undefined && isEmptyInPath(parameter, offered.value) ? undefined : offered;
}

/** An empty path segment, or one that URLs drop, calls another operation. */
function isEmptyInPath(parameter: Parameter, value: Json): boolean {
  return parameter.in === 'path' && (value === '' || value === '.' || value === '..');
}

function noValue({ source, operation }: Candidate, { name, in: place }: Parameter): SkipNote {
  return skip(
    'no-value',
    `no value for the required ${place} parameter ${name} is documented, and none could be made up`,
    operationLines(source.name, operation.key, { params: { [name]: blank } }),
  );
}
