import type { OutgoingRequest } from '../../model/check.ts';
import type { DocumentedResponse, Operation } from '../../model/document.ts';
import type { Body, Candidate, PlanContext } from '../candidate.ts';
import type { Filled } from './fill.ts';
import {
  cookiePairs,
  headerText,
  isBlankPair,
  isEmptyPair,
  pathText,
  queryPairs,
  safeHeader,
  spansSegments,
} from '../values/serialize.ts';
import { expandTemplate, templateNames } from './template.ts';

/** The request as it goes out, without its credential. */
export function requestOf(
  candidate: Candidate,
  context: PlanContext,
  parts: { readonly baseUrl: string; readonly filled: readonly Filled[]; readonly body: Body | undefined },
): OutgoingRequest {
  const { operation, rules } = candidate;
  const headers: Record<string, string> = {
    accept: acceptOf(operation.responses),
    'accept-language': context.acceptLanguage,
    'user-agent': context.userAgent,
    ...(parts.body === undefined ? {} : { 'content-type': parts.body.contentType }),
    ...headerValues(parts.filled),
    ...rules.headers,
  };
  const safe = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), safeHeader(value)]);
  return {
    method: operation.method,
    url: urlOf(parts.baseUrl, operation, parts.filled),
    headers: shared(Object.fromEntries(safe) as Record<string, string>, context.headers),
    body: parts.body?.text,
  };
}

/** The same headers are the same object: a hundred thousand operations have a few kinds of them. */
function shared(
  headers: Readonly<Record<string, string>>,
  known: Map<string, Readonly<Record<string, string>>>,
): Readonly<Record<string, string>> {
  const key = JSON.stringify(headers);
  const same = known.get(key);
  if (same !== undefined) return same;
  if (known.size < mostShared) known.set(key, headers);
  return headers;
}

const mostShared = 1000;

/** Appended, never resolved: `/v1` and `/orders` make `/v1/orders` (OpenAPI 3.1 §4.8.8.1). */
function urlOf(baseUrl: string, operation: Operation, filled: readonly Filled[]): string {
  const { path } = operation;
  const template = new Set(templateNames(path));
  const inTemplate = new Map(
    filled
      .filter(({ parameter }) => template.has(parameter.name))
      .map((entry) => [entry.parameter.name, entry]),
  );
  for (const entry of filled) if (entry.parameter.in === 'path') inTemplate.set(entry.parameter.name, entry);
  const expanded = expandTemplate(path, (name) => {
    const entry = inTemplate.get(name);
    return entry === undefined ? '' : segmentText(entry);
  });
  const inQuery = filled.filter(({ parameter }) => parameter.in === 'query' && !template.has(parameter.name));
  const pairs = [...recordedPairs(operation, inQuery)];
  if (pairs.length === 0) return `${baseUrl}${expanded}`;
  return `${baseUrl}${expanded}${expanded.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

/**
 * The query as it was recorded, in its order and as it was encoded, as far as the values are those that were recorded; a
 * parameter that has another one now takes the place of its own. Flags go along, and empty values where a good answer to them was
 * recorded as well; elsewhere they are places that nobody has filled in.
 */
function* recordedPairs(
  { sentQuery = [], responses }: Pick<Operation, 'sentQuery' | 'responses'>,
  filled: readonly Filled[],
): Iterable<string> {
  const byName = new Map(filled.map((entry) => [entry.parameter.name, entry]));
  const written = new Set<string>();
  const isAnswered = responses.some(({ status }) => status.startsWith('2'));
  const goesAlong = (text: string): boolean => isEmptyPair(text) && (isAnswered || !isBlankPair(text));
  for (const { name, text } of sentQuery) {
    const entry = byName.get(name);
    if (text !== undefined && (entry === undefined ? goesAlong(text) : isAsRecorded(entry))) yield text;
    else if (entry !== undefined && !written.has(name))
      yield* queryPairs(entry.parameter, entry.sample.value);
    written.add(name);
  }
  for (const { parameter, sample } of filled)
    if (!written.has(parameter.name)) yield* queryPairs(parameter, sample.value);
}

function isAsRecorded({ parameter, sample }: Filled): boolean {
  return (
    sample.origin === 'example' &&
    JSON.stringify(sample.value) === JSON.stringify(parameter.examples[0] ?? null)
  );
}

/** A value whose documented pattern spans segments (`projects/[^/]+`) keeps its slashes. */
function segmentText({ parameter, sample }: Filled): string {
  const encoded = pathText(parameter, sample.value);
  return spansSegments(parameter) ? encoded.replaceAll('%2F', '/') : encoded;
}

function headerValues(filled: readonly Filled[]): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (const { parameter, sample } of filled) {
    if (parameter.in === 'header')
      headers[parameter.name.toLowerCase()] = headerText(parameter, sample.value);
    if (parameter.in === 'cookie') cookies.push(...cookiePairs(parameter, sample.value));
  }
  return cookies.length === 0 ? headers : { ...headers, cookie: cookies.join('; ') };
}

/** What a good answer may be written in, JSON first because only that can be looked into. */
function acceptOf(responses: readonly DocumentedResponse[]): string {
  const good = responses.filter(({ status }) => status.startsWith('2'));
  const promised = (good.length > 0 ? good : responses).flatMap(({ media }) =>
    media.map(({ contentType }) => contentType),
  );
  const types = [...new Set(promised)].filter((type) => /^[\w.+-]+\/[\w.+-]+$/.test(type));
  const json = types.filter((type) => /[/+]json$/.test(type));
  const wanted = json.length > 0 ? json : types.slice(0, 8);
  return [...(wanted.length > 0 ? wanted : ['application/json']), '*/*;q=0.1'].join(', ');
}
