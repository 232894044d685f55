import { sentence } from '../../messages/sentence.ts';
import type { FilledValue } from '../../model/check.ts';
import type { Operation } from '../../model/document.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { Body, Candidate, PlanContext } from '../candidate.ts';
import { coerced } from '../values/coerce.ts';
import { blank, operationLines } from '../config-snippets.ts';
import { type Sample, sample } from '../values/sample.ts';
import { asArray, flatten, isSchema, own } from '../values/schema.ts';
import { type SkipNote, skip } from '../skip.ts';
import { choose } from '../values/trials.ts';

/** A GraphQL query as `x-graphql` has it: sent by `POST`, but it only reads. */
interface Query {
  readonly text: string;
  /** The required ones. */
  readonly variables: readonly { readonly name: string; readonly schema: Json | undefined }[];
}

/** `undefined` for other operations, and for mutations and subscriptions. */
export function queryOf({ method, extensions }: Operation): Query | undefined {
  if (method !== 'POST' && method !== 'GET') return undefined;
  const graphql = extensions['x-graphql'];
  const text = isObject(graphql) ? graphql['query'] : undefined;
  if (!isObject(graphql) || typeof text !== 'string' || !/^\s*(?:query\b|\{)/.test(text)) return undefined;
  const variables = asArray(graphql['variables'])
    .filter(isObject)
    .flatMap(({ name, schema }) => (typeof name === 'string' ? [{ name, schema }] : []));
  return { text, variables };
}

/** `{query, variables}`, each variable with a value of its own; what the config calls a parameter is a variable. */
export function graphqlBody(query: Query, candidate: Candidate, context: PlanContext): Body | SkipNote {
  const filled: FilledValue[] = [];
  for (const { name, schema } of query.variables) {
    const value = variableValue(name, schema, candidate, context);
    if (value === undefined) return noValue(candidate, name);
    filled.push({ name, in: 'body', ...value });
  }
  const variables = Object.fromEntries(filled.map(({ name, value }) => [name, value]));
  const text = JSON.stringify({ query: query.text, ...(filled.length === 0 ? {} : { variables }) });
  return { contentType: 'application/json', text, filled };
}

function variableValue(
  name: string,
  schema: Json | undefined,
  { id, rules, document, effort }: Candidate,
  context: PlanContext,
): Sample | undefined {
  const given = own(rules.params, name);
  if (given !== undefined) return { value: given, origin: 'config' };
  const said = own(rules.documentedParams, name);
  if (said !== undefined) return { value: said, origin: 'example' };
  const asked = isSchema(schema) ? schema : true;
  const offered = sample(asked, { pool: document.schemas, now: context.now, name, depth: 0, effort });
  if (offered !== undefined && offered.origin !== 'generated') return offered;
  const found = own(context.captured.get(id) ?? {}, name);
  const value =
    found === undefined || found.isSecret === true
      ? undefined
      : coerced(found.value, flatten(asked, document.schemas));
  const offers = value === undefined ? [] : [{ value, origin: 'captured', from: found?.from ?? '' } as const];
  return choose(name, offered === undefined ? offers : [...offers, offered], context.trials.of(id));
}

function noValue({ service, operation }: Candidate, name: string): SkipNote {
  return skip(
    'no-value',
    sentence('noVariable', { name }),
    operationLines(service.name, operation, { params: { [name]: blank } }),
  );
}
