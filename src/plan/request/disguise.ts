import { sentence } from '../../messages/sentence.ts';
import { hasDotSegments, normalForm } from '../../lib/text/normal-form.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { Operation } from '../../model/document.ts';
import type { Candidate } from '../candidate.ts';
import { fieldsOf } from '../values/fields.ts';
import { changingField } from '../../lib/wording/command.ts';
import { isMutation } from '../../lib/wording/graphql-kind.ts';
import { isHarm } from '../../lib/wording/sense.ts';
import { senseOfValue } from '../../lib/wording/value.ts';
import { isEmptyPair } from '../values/serialize.ts';
import { allowLines } from '../config-snippets.ts';
import { isSafe } from '../harmless.ts';
import { type SkipNote, skip } from '../skip.ts';
import { judge } from '../safety/safety.ts';
import { surroundingsOf } from '../safety/surroundings.ts';

/** What hides in an address or its fields what a call does: seen once the request is written, refused by name. */
export function refuseDisguise(candidate: Candidate, request: OutgoingRequest): SkipNote | undefined {
  return leadsElsewhere(candidate, request) ?? mutates(candidate, request) ?? changes(candidate, request);
}

/** `/orders/../admin` is another operation than the one that is described. */
function leadsElsewhere({ operation }: Candidate, { url }: OutgoingRequest): SkipNote | undefined {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  if (!hasDotSegments(path) && !hasDotSegments(operation.path.replace(/[?#].*$/s, ''))) return undefined;
  return skip('unsafe-method', sentence('dotSegments'));
}

/** GraphQL by GET (https://graphql.github.io/graphql-over-http/draft/#sec-GET) must not change anything; servers let it. */
function mutates(candidate: Candidate, request: OutgoingRequest): SkipNote | undefined {
  const { rules, service, operation } = candidate;
  if (rules.allow === true) return undefined;
  const inPath = segmentsOf(request.url).map((value) => ({ name: 'path', value }));
  const found = [...fieldsOf(request), ...inPath].find(({ value }) => isMutation(value));
  if (found === undefined) return undefined;
  const reason = sentence('holdsMutation', { name: found.name });
  return skip('unsafe-method', reason, allowLines(service.name, operation, reason));
}

/** `/del{end}`, `/orders;action=delete`, `?action=delete` written into the path: the word is there only once it is filled. */
function changes(candidate: Candidate, { url }: OutgoingRequest): SkipNote | undefined {
  const { operation, rules, service } = candidate;
  if (rules.allow === true || !isSafe(operation)) return undefined;
  const word = mixedWord(operation, url) ?? writtenValue(operation.path) ?? flagThatActs(url);
  if (word === undefined) return undefined;
  const reason = sentence('changesByAddress', { word: JSON.stringify(word) });
  return skip('unsafe-method', reason, allowLines(service.name, operation, reason));
}

function mixedWord(operation: Operation, url: string): string | undefined {
  const template = segmentsOf(operation.path);
  const filled = segmentsOf(url).slice(-template.length);
  const mixed = filled.filter((_, at) => /^[^{]+\{|\}[^}]+$|\}\{/.test(template[at] ?? ''));
  for (const segment of mixed) {
    const judged = judge({ path: `/${normalForm(segment)}`, tags: [] }, surroundingsOf([], { path: '' }));
    if (judged.answer === 'changes') return judged.word;
    const said = senseOfValue(segment);
    if (isHarm(said)) return said.word;
  }
  return undefined;
}

/** `?delete`: a flag of a recorded query. */
function flagThatActs(url: string): string | undefined {
  const [, query = ''] = url.split('?', 2);
  const flags = query.split('&').filter((pair) => pair !== '' && isEmptyPair(pair));
  return flags
    .map((pair) => normalForm(pair.replace(/=$/, '')))
    .find((name) => changingField(name, 'true') !== undefined);
}

function segmentsOf(address: string): readonly string[] {
  return address.replace(/[?#].*$/s, '').split('/');
}

/** A value that the path itself gives: a query or matrix parameter that is no parameter of the document. */
function writtenValue(path: string): string | undefined {
  const found = fieldsOf({ method: 'GET', url: path, headers: {} }).find(
    ({ name, value }) => changingField(name, value) !== undefined,
  );
  return found === undefined ? undefined : normalForm(found.value);
}
