import { normalForm } from '../lib/text/normal-form.ts';
import { isBeyondJudging, isHarm } from '../lib/wording/sense.ts';
import type { Operation, Parameter } from '../model/document.ts';
import { isObject, type Json } from '../model/json.ts';
import { safeMethods } from '../model/settings.ts';
import type { Candidate } from './candidate.ts';
import { queryOf } from './request/graphql.ts';
import { movesOn, narrowsJournal, senseOfFilled, setsAmount, switchesThing } from './safety/parameters.ts';
import { judge } from './safety/safety.ts';
import { surroundingsOf } from './safety/surroundings.ts';

/** By its method, or because it is a query of GraphQL. */
export function isSafe(operation: Operation): boolean {
  return safeMethods.has(operation.method) || queryOf(operation) !== undefined;
}

/**
 * Whether a value that nobody of the service has given makes something else of the operation. What lists records by what was done
 * to them only reads; no title makes a record of `/users/deleteAll`.
 */
export function isOrder(parameter: Parameter, value: Json, candidate: Candidate): boolean {
  if (candidate.rules.allow === true || !isSafe(candidate.operation)) return false;
  if (isBeyondJudging(value)) return true;
  const { path } = candidate.operation;
  if ([switchesThing, movesOn, setsAmount].some((tells) => tells(parameter, value, path))) return true;
  if (narrowsJournal(parameter, value, path)) return false;
  const said = senseOfFilled(parameter, plainValue(value));
  return isHarm(said) && (said.strength === 'hard' || !isSaidToRead(candidate));
}

/** A noun of the path says nothing of what is done there with an order: `/manage/health?cmd=`. */
export function isSaidToRead({ operation, document }: Candidate): boolean {
  const judged = judge(operation, surroundingsOf(document.operations, operation));
  return judged.answer === 'reads' && judged.explicit !== undefined && judged.explicit !== 'path';
}

function plainValue(value: Json): Json {
  if (typeof value === 'string') return normalForm(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [normalForm(key), plainValue(item)]));
}
