import { type Foreign, foreignIn } from '../../lib/wording/foreign-value.ts';
import { leadsOutside } from '../../lib/wording/leads-outside.ts';
import { valueIn } from '../../lib/wording/graphql-kind.ts';
import { normalForm } from '../../lib/text/normal-form.ts';
import { sentence } from '../../messages/sentence.ts';
import type { FilledValue } from '../../model/check.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { Candidate } from '../candidate.ts';
import { operationLines } from '../config-snippets.ts';
import { queryOf } from '../request/graphql.ts';
import { type SkipNote, skip } from '../skip.ts';
import { fieldsOf } from '../values/fields.ts';

/** In a reason. */
const mostShown = 80;
const reasons = {
  file: 'namesFile',
  statement: 'namesStatement',
  recipient: 'namesRecipient',
} as const satisfies Readonly<Record<Foreign, string>>;

/**
 * A call that has the service itself call or fetch somebody else, read a file of its machine, run what is written there, or
 * write to somebody: what a document gives as an example is an address of its author's, and each call would go there.
 *
 * @param values What is sent, with where it comes from: what the configuration gives is its own business.
 */
export function refuseOutside(
  candidate: Candidate,
  values: readonly FilledValue[],
  baseUrl: string,
): SkipNote | undefined {
  const { operation, rules, service } = candidate;
  if (rules.allow === true || rules.allow === 'unsure') return undefined;
  const { hostname } = new URL(baseUrl);
  const isHome = (host: string): boolean => isOf(hostname, host);
  for (const { name, text } of [...sent(values), ...written(candidate)]) {
    const { description } = operation.parameters.find((one) => one.name === name) ?? {};
    const host = leadsOutside({ name: bareName(name), description }, text, isHome);
    const foreign = host === undefined ? foreignIn(bareName(name), text) : undefined;
    if (host === undefined && foreign === undefined) continue;
    const value = text.slice(0, mostShown);
    const reason =
      foreign === undefined
        ? sentence('leadsOutside', { name, host: host ?? value })
        : sentence(reasons[foreign], { name, value });
    return skip('unsure', reason, operationLines(service.name, operation, { allow: 'unsure' }));
  }
  return undefined;
}

/** `urls[]` and `filter[url]` are sent for what they end in. */
function bareName(name: string): string {
  const plain = normalForm(name).replace(/\[\]$/, '');
  return /\[([^[\]]+)\]$/.exec(plain)?.[1] ?? plain;
}

/** The host that is called, what is below it, and what it is below of. */
function isOf(called: string, host: string): boolean {
  return (
    host === called || host.endsWith(`.${called}`) || (host.includes('.') && called.endsWith(`.${host}`))
  );
}

interface Text {
  readonly name: string;
  readonly text: string;
}

function sent(values: readonly FilledValue[]): readonly Text[] {
  return values
    .filter(({ origin, in: place }) => origin !== 'config' && place !== 'header' && place !== 'cookie')
    .flatMap(({ name, value }) => textsOf(name, value, mostLevels));
}

const mostLevels = 20;

function textsOf(name: string, value: Json, levels: number): readonly Text[] {
  if (levels === 0) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsOf(name, item, levels - 1));
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => textsOf(key, item, levels - 1));
  if (typeof value !== 'string') return [];
  const json = valueIn(value);
  return json === undefined || typeof json === 'string'
    ? [{ name, text: value }]
    : textsOf(name, json, levels - 1);
}

const literal = /(\w{1,100})\s{0,9}:\s{0,9}"([^"\\]{1,2000})"/g;

/** In the path itself, and in the text of a query. */
function written({ operation }: Candidate): readonly Text[] {
  const inPath = fieldsOf({ method: 'GET', url: operation.path, headers: {} });
  const inQuery = queryOf(operation)?.text.matchAll(literal) ?? [];
  return [
    ...inPath.map(({ name, value }) => ({ name, text: normalForm(value) })),
    ...[...inQuery].map(([, name = '', text = '']) => ({ name, text })),
  ];
}
