import { isObject, type JsonSchema } from '../model/json.ts';
import { maskedSecret, type Operation, type Parameter } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import { mapTexts } from '../model/sentence.ts';
import { withTexts } from '../lib/text/clean.ts';
import type { Yielder } from '../lib/yielder.ts';
import type { ReadDocument } from './formats/format.ts';
import type { ReadOutcome } from './read.ts';

/** Gives a text without the secrets of the configuration. */
export type Scrub = (text: string) => string;

const placeholder = `{${maskedSecret}}`;
const mask = /\*{3}/g;

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
    if (!hides(operation, scrub)) {
      clean.push(operation);
      continue;
    }
    const template = (text: string): string =>
      scrub(text).replace(mask, placeholder).replaceAll(`{${placeholder}}`, placeholder);
    const { parameters, sentQuery, ...rest } = operation;
    clean.push({
      ...withTexts(rest, scrub),
      key: keyOf(operation, template, keys),
      path: template(operation.path),
      parameters: parameters.map((parameter) => cleanParameter(parameter, scrub)),
      sentQuery: sentQuery?.map(({ name, text = '' }) => ({
        name: scrub(name),
        text: scrub(text) === text ? text : undefined,
      })),
    });
  }
  return clean;
}

/** A value that is a secret is sent only by the configuration. */
function cleanParameter(parameter: Parameter, scrub: Scrub): Parameter {
  if (!hides(parameter, scrub)) return parameter;
  const { examples, schema, ...rest } = parameter;
  return {
    ...withTexts(rest, scrub),
    schema: hides(schema, scrub) ? typeAlone(schema) : schema,
    examples: examples.filter((example) => !hides(example, scrub)),
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
    const isClean = !hides([reference, schema], scrub);
    clean[isClean ? reference : scrub(reference)] = isClean ? schema : withTexts(schema, scrub);
  }
  return clean;
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

function keyOf({ key }: Operation, template: Scrub, keys: Set<string>): string {
  const clean = template(key);
  if (clean === key) return key;
  let free = clean;
  for (let no = 2; keys.has(free); no++) free = `${clean} #${no}`;
  keys.add(free);
  return free;
}

/** Most have none: to see that is much faster than to look into everything. */
function hides(value: unknown, scrub: Scrub): boolean {
  const text = JSON.stringify(value) ?? '';
  return scrub(text) !== text;
}
