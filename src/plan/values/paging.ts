import type { SchemaPool, Parameter } from '../../model/document.ts';
import { asArray, flatten, numberAt, typeOf } from './schema.ts';
import type { Json, JsonObject } from '../../model/json.ts';

/** Enough to see what a list looks like and to find ids in it; little work for the service. */
const pageSize = 5;

const sizeName =
  /^\$?(?:(?:page|batch|chunk)[-_]?size|per[-_]?page|page[-_]?limit|size|limit|max[-_]?results|max[-_]?items|max[-_]?keys|rows|top|take|page[._[]*(?:size|limit)\]?)$/i;
const pageName = /^(?:page|page[-_]?(?:no|num|number|index)|current(?:[-_]?page)?|page[._[]+(?:number)\]?)$/i;
const offsetName = /^\$?(?:offset|skip|start(?:[-_]?(?:index|at))?|page[._[]+offset\]?)$/i;

/** A value that asks for little, for a parameter that by name and type limits or turns pages; else `undefined`. */
export function pagingValue(parameter: Parameter, pool: SchemaPool): number | string | undefined {
  if (parameter.in !== 'query') return undefined;
  const flat = flatten(parameter.schema, pool);
  if (flat === undefined) return undefined;
  const wanted = wantedNumber(parameter.name);
  const type = typeOf(flat);
  if (wanted === undefined || !(type === 'integer' || type === 'number' || isOpen(flat, type)))
    return undefined;
  const choice = nearestChoice(asArray(flat['enum']), wanted);
  if ('enum' in flat) return choice;
  const value = clamp(flat, wanted);
  return type === 'string' && value !== undefined ? String(value) : value;
}

/** Only parameters that make an answer smaller are worth sending where they may be left out. */
export function limitsPage(parameter: Parameter): boolean {
  return parameter.in === 'query' && sizeName.test(parameter.name);
}

function wantedNumber(name: string): number | undefined {
  if (sizeName.test(name)) return pageSize;
  if (pageName.test(name)) return 1;
  return offsetName.test(name) ? 0 : undefined;
}

/** Untyped or a bare text, as Postman and Markdown documents have them. */
function isOpen(flat: JsonObject, type: string | undefined): boolean {
  return type === undefined || (type === 'string' && !('format' in flat) && !('pattern' in flat));
}

function nearestChoice(choices: readonly Json[], wanted: number): number | string | undefined {
  const usable = choices.filter((choice) => typeof choice === 'number' || typeof choice === 'string');
  return usable
    .filter((choice) => Number.isFinite(Number(choice)))
    .toSorted((a, b) => Math.abs(Number(a) - wanted) - Math.abs(Number(b) - wanted))[0];
}

function clamp(flat: JsonObject, wanted: number): number | undefined {
  const low = numberAt(flat, 'minimum') ?? -Infinity;
  const high = numberAt(flat, 'maximum') ?? Infinity;
  if (low > high || numberAt(flat, 'multipleOf') !== undefined) return undefined;
  return Math.min(high, Math.max(low, wanted));
}
