import { isObject, type Json, type JsonSchema } from '../model/json.ts';
import { maskedSecret, type Operation, type Parameter } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import { mapTexts } from '../model/sentence.ts';
import { withTexts } from '../lib/text/clean.ts';
import { jsonText } from '../lib/json/json-text.ts';
import type { Scrub } from '../lib/secrets/secret.ts';
import { inSteps, type Yielder } from '../lib/yielder.ts';
import type { ReadDocument } from './formats/format.ts';
import type { ReadOutcome } from './read.ts';

const placeholder = `{${maskedSecret}}`;
const mask = /\*{3}/g;

/** UTF-16 units that are searched together, in steps of a ms or two. */
const longestPiece = 1 << 15;
/** What stands across the border of two pieces is in both. */
const overlap = 1 << 13;

/**
 * A document may repeat the credential that it was asked for with. Everything behind `documents/` shows and stores what it says,
 * so it is taken out here; a path that has one in it gets a parameter that only the configuration can give.
 */
export async function withoutSecrets<T extends ReadOutcome>(
  outcome: T,
  scrub: Scrub,
  breathe: Yielder,
): Promise<T> {
  if (outcome.kind !== 'read') return { ...outcome, problem: cleanProblem(outcome.problem, scrub) };
  const { document } = outcome;
  const { title, version, securitySchemes, problems } = document;
  const clean: ReadDocument = {
    ...document,
    title: scrub(title),
    version: version === undefined ? undefined : scrub(version),
    securitySchemes: withTexts(securitySchemes, scrub),
    problems: problems.map((problem) => cleanProblem(problem, scrub)),
    operations: await cleanOperations(document.operations, scrub, breathe),
    schemas: await cleanSchemas(document.schemas, scrub, breathe),
  };
  return { ...outcome, document: clean };
}

async function cleanOperations(
  operations: readonly Operation[],
  scrub: Scrub,
  breathe: Yielder,
): Promise<readonly Operation[]> {
  const clean: Operation[] = [];
  const keys = new Set(operations.map(({ key }) => key));
  for (const operation of operations) {
    await breathe();
    if (!(await hides(operation, scrub, breathe))) {
      clean.push(operation);
      continue;
    }
    const template = (text: string): string =>
      scrub(text).replace(mask, placeholder).replaceAll(`{${placeholder}}`, placeholder);
    const { parameters, sentQuery, ...rest } = operation;
    const cleanParameters: Parameter[] = [];
    for (const parameter of parameters) cleanParameters.push(await cleanParameter(parameter, scrub, breathe));
    clean.push({
      ...(await cleaned(rest, scrub, breathe)),
      key: keyOf(operation, template, keys),
      path: template(operation.path),
      parameters: cleanParameters,
      sentQuery: sentQuery?.map(({ name, text = '' }) => ({
        name: scrub(name),
        text: scrub(text) === text ? text : undefined,
      })),
    });
  }
  return clean;
}

/** A value that is a secret is sent only by the configuration. */
async function cleanParameter(parameter: Parameter, scrub: Scrub, breathe: Yielder): Promise<Parameter> {
  if (!(await hides(parameter, scrub, breathe))) return parameter;
  const { examples, schema, ...rest } = parameter;
  const shown: Json[] = [];
  for (const example of examples) if (!(await hides(example, scrub, breathe))) shown.push(example);
  return {
    ...(await cleaned(rest, scrub, breathe)),
    schema: (await hides(schema, scrub, breathe)) ? typeAlone(schema) : schema,
    examples: shown,
  };
}

function typeAlone(schema: JsonSchema): JsonSchema {
  const type = isObject(schema) ? schema.type : undefined;
  return type === undefined ? {} : { type };
}

async function cleanSchemas(
  schemas: ReadDocument['schemas'],
  scrub: Scrub,
  breathe: Yielder,
): Promise<ReadDocument['schemas']> {
  const clean: Record<string, JsonSchema> = {};
  for (const [reference, schema] of Object.entries(schemas)) {
    await breathe();
    // References to it are cleaned alike.
    const isClean = !(await hides([reference, schema], scrub, breathe));
    clean[isClean ? reference : scrub(reference)] = isClean ? schema : await cleaned(schema, scrub, breathe);
  }
  return clean;
}

/** As `withTexts`, in steps. */
async function cleaned<T>(value: T, scrub: Scrub, breathe: Yielder): Promise<T> {
  await breathe();
  if (typeof value !== 'object' || value === null) return withTexts(value, scrub);
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(await cleaned<unknown>(item, scrub, breathe));
    return items as T;
  }
  const members: [name: string, value: unknown][] = [];
  for (const [name, item] of Object.entries(value))
    members.push([scrub(name), await cleaned<unknown>(item, scrub, breathe)]);
  return Object.fromEntries(members) as T;
}

function cleanProblem(problem: Problem, scrub: Scrub): Problem {
  const { message, pointer, hint } = problem;
  return {
    ...problem,
    message: mapTexts(message, scrub),
    pointer: pointer === undefined ? undefined : scrub(pointer),
    hint: hint === undefined ? undefined : mapTexts(hint, scrub),
  };
}

function keyOf({ key }: Operation, template: (text: string) => string, keys: Set<string>): string {
  const clean = template(key);
  if (clean === key) return key;
  let free = clean;
  for (let no = 2; keys.has(free); no++) free = `${clean} #${no}`;
  keys.add(free);
  return free;
}

/** Most have none: to see that is much faster than to look into everything. */
async function hides(value: unknown, scrub: Scrub, breathe: Yielder): Promise<boolean> {
  const text = await inSteps(jsonText(value), breathe);
  for (let at = 0; at === 0 || at + overlap < text.length; at += longestPiece) {
    const end = at + longestPiece + overlap;
    // What goes on in the next piece is not cut off: `https:/` begins most addresses of webhooks.
    const piece = text.slice(at, end) + (end < text.length ? '|' : '');
    if ((await inSteps(scrub.inSteps(piece), breathe)) !== piece) return true;
  }
  return false;
}
