import { sentence } from '../../messages/sentence.ts';
import { mapTexts } from '../../model/sentence.ts';
import { flat } from '../../lib/text/clean.ts';
import { ellipsize } from '../../lib/text/text.ts';
import type { Operation } from '../../model/document.ts';
import type { Problem } from '../../model/problem.ts';
import type { ReadDocument } from '../formats/format.ts';
import { limits } from '../limits.ts';

/**
 * What people are shown of a document is on one line, all that it says can be seen, and it has an end: everything behind
 * `documents/` shows, stores and sends it as it is. An operation whose name has none is left out and told.
 */
export function withBoundedTexts(document: ReadDocument, uri: string): ReadDocument {
  const { title, version } = document;
  const operations = document.operations.filter(({ key }) => key.length <= limits.nameBytes);
  const leftOut = document.operations.length - operations.length;
  const problems = leftOut === 0 ? document.problems : [...document.problems, nameless(uri, leftOut)];
  return {
    ...document,
    title: plain(title),
    ...(version === undefined ? {} : { version: plain(version) }),
    operations: operations.map(operationOf),
    problems: problems.map(problemOf),
  };
}

function operationOf(operation: Operation): Operation {
  const { key, summary = '', description = '', operationId = '', tags } = operation;
  if (tags.length <= limits.tags && ![key, summary, description, operationId, ...tags].some(isOdd))
    return operation;
  return {
    ...operation,
    key: plain(key),
    tags: tags.slice(0, limits.tags).map(plain),
    ...(summary === '' ? {} : { summary: plain(summary) }),
    ...(description === '' ? {} : { description: plain(description) }),
    ...(operationId === '' ? {} : { operationId: ellipsize(operationId, limits.nameBytes) }),
  };
}

function problemOf(problem: Problem): Problem {
  const { message, file, pointer, hint } = problem;
  const short = (text: string): string => ellipsize(text, limits.textBytes);
  return {
    ...problem,
    message: mapTexts(message, short),
    ...(file === undefined ? {} : { file: short(file) }),
    ...(pointer === undefined ? {} : { pointer: short(pointer) }),
    ...(hint === undefined ? {} : { hint: mapTexts(hint, short) }),
  };
}

function nameless(file: string, count: number): Problem {
  return {
    level: 'warning',
    code: 'name-too-long',
    message: sentence('namesTooLong', { n: count, limit: limits.nameBytes }),
    file,
  };
}

/** Most texts are plain: to see that is much faster than to clean them. */
const odd = /[\p{C}\p{Zl}\p{Zp}]/u;

function isOdd(text: string): boolean {
  return text.length * 3 > limits.nameBytes || odd.test(text);
}

function plain(text: string): string {
  return isOdd(text) ? flat(ellipsize(text, limits.nameBytes)) : text;
}
