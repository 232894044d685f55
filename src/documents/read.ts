import { sentence } from '../messages/sentence.ts';
import { messageOf } from '../lib/errors.ts';
import { ellipsize } from '../lib/text/text.ts';
import type { Operation } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import type { Format, RawDocument, ReadContext, ReadDocument } from './formats/format.ts';
import { recognize, recognizeBytes } from './formats/unsupported.ts';
import { limits } from './limits.ts';
import { answeredInstead } from './answered-instead.ts';
import { placesOf } from './text/line-of.ts';
import { openRawDocument, type ParsedRawDocument, type RawBytes } from './text/raw-document.ts';
import { mapTexts } from '../model/sentence.ts';
import { flat } from '../lib/text/clean.ts';

/** How a reader reaches the other files of its document; what it may reach is decided behind this. */
export interface FileAccess {
  /** A server has to be waited for. */
  readonly isRemote?: boolean;
  /** The bytes of another file, by a reference relative to `from`. */
  load(reference: string, from: string): Promise<RawBytes | Problem>;
  /** References of the files that match a glob beside `from`, sorted. */
  list(glob: string, from: string): Promise<readonly string[]>;
}

export type ReadOutcome =
  | { readonly kind: 'read'; readonly parser: string; readonly document: ReadDocument }
  /** No document of a format that is read; may be a part of another document. */
  | { readonly kind: 'unknown'; readonly parser: string; readonly problem: Problem }
  | { readonly kind: 'refused'; readonly parser: string; readonly problem: Problem }
  /** Says nothing about the document: the next scan tries again. */
  | { readonly kind: 'interrupted'; readonly problem: Problem };

/** From bytes to a normalized document. Never throws: what a document holds is data. */
export async function readDocument(
  raw: RawBytes,
  formats: readonly Format[],
  access: FileAccess,
  signal: AbortSignal,
): Promise<ReadOutcome> {
  const none = parserOfNone(formats);
  const foreign = recognizeBytes(raw.uri, raw.bytes);
  if (foreign !== undefined) return { kind: 'unknown', parser: none, problem: foreign };
  const opened = openRawDocument(raw);
  if ('level' in opened) return { kind: 'refused', parser: none, problem: opened };
  const format = surest(formats, opened);
  if (format === undefined) return notRecognized(opened, none);
  const parser = parserOf(format);
  try {
    const files = new Map([[opened.uri, opened]]);
    const document = await format.read(opened, createContext(access, signal, files));
    if (document.operations.length > limits.operations) {
      return { kind: 'refused', parser, problem: tooMany(opened.uri, document.operations.length) };
    }
    const sizable = withSizableOperations(document, opened.uri);
    const bounded = withBoundedTexts(sizable, opened.uri);
    const all = [...opened.flaws, ...bounded.problems, ...emptiness(document, opened)];
    const problems = withPlaces(all.slice(0, limits.problems), files);
    const cut = problems.find((problem) => isWhereItIsCut(problem, opened));
    if (cut !== undefined) return { kind: 'refused', parser, problem: { ...cut, level: 'error' } };
    return { kind: 'read', parser, document: { ...bounded, problems } };
  } catch (error) {
    return { kind: 'refused', parser, problem: readerFailed(opened.uri, format, error) };
  }
}

function withSizableOperations(document: ReadDocument, uri: string): ReadDocument {
  const oversized = document.operations.filter(isTooLarge);
  if (oversized.length === 0) return document;
  return {
    ...document,
    operations: document.operations.filter((one) => !isTooLarge(one)),
    problems: [...oversized.map((one) => tooLarge(uri, one)), ...document.problems],
  };
}

/** What nobody writes by hand or has generated: planning and sending it would hold up all others. */
function isTooLarge({ path, parameters, security = [] }: Operation): boolean {
  return (
    path.length > limits.pathChars ||
    parameters.length > limits.parameters ||
    security.length > limits.alternatives
  );
}

function tooLarge(file: string, { method, path, pointer }: Operation): Problem {
  return {
    level: 'error',
    code: 'operation-too-large',
    message: sentence('operationTooLarge', {
      operation: `${method} ${path.slice(0, 100)}`,
      parameters: limits.parameters,
      alternatives: limits.alternatives,
      chars: limits.pathChars,
    }),
    file,
    pointer: ellipsize(pointer, 200),
  };
}

export function parserOf(format: Format): string {
  return `${format.kind}@${format.version}`;
}

/** The parser of what nobody can read: another set of formats looks again. */
export function parserOfNone(formats: readonly Format[]): string {
  return `none@${formats.map(parserOf).join(',')}`;
}

function surest(formats: readonly Format[], raw: RawDocument): Format | undefined {
  let best: Format | undefined;
  let bestCertainty = 0;
  for (const format of formats) {
    const certainty = format.detect(raw);
    if (certainty > bestCertainty) [best, bestCertainty] = [format, certainty];
  }
  return best;
}

/** @param files What is opened, by its address; the document itself is there. */
function createContext(
  access: FileAccess,
  signal: AbortSignal,
  files: Map<string, RawDocument>,
): ReadContext {
  const opened = new Map<string, RawDocument | Problem>();
  return {
    signal,
    list: (glob, from) => access.list(glob, from),
    async load(reference, from) {
      const loaded = await access.load(reference, from);
      if ('level' in loaded) return loaded;
      const known = opened.get(loaded.uri) ?? openRawDocument(loaded);
      opened.set(loaded.uri, known);
      if (!('level' in known)) files.set(loaded.uri, known);
      return known;
    },
  };
}

function notRecognized(raw: ParsedRawDocument, parser: string): ReadOutcome {
  const recognized = recognize(raw);
  if (recognized !== undefined) {
    const [problem = recognized] = withPlaces([recognized], new Map([[raw.uri, raw]]));
    return { kind: recognized.level === 'error' ? 'refused' : 'unknown', parser, problem };
  }
  const answered = answeredInstead(raw);
  if (answered !== undefined) return { kind: 'refused', parser, problem: answered };
  const broken = raw.broken;
  if (broken !== undefined) return { kind: 'refused', parser, problem: broken };
  const problem: Problem = {
    level: 'info',
    code: 'unknown-format',
    message: sentence(hasNoContent(raw) ? 'documentEmpty' : 'notKnownHere'),
    file: raw.uri,
    hint: sentence('leaveOutOrExport'),
  };
  return { kind: 'unknown', parser, problem };
}

function hasNoContent({ uri, text }: RawDocument): boolean {
  return (/\.ya?ml$/i.test(uri) ? text.replaceAll(/^\s*(?:#.*|---)$/gm, '') : text).trim() === '';
}

/** A document that nothing can be called of, without a word of its reader. Files of schemas and webhooks are no mistake. */
function emptiness(
  { operations, problems }: ReadDocument,
  { uri, data = {} }: RawDocument,
): readonly Problem[] {
  const isOfParts =
    ['components', 'definitions', 'webhooks'].some((part) => part in data) && !('paths' in data);
  if (operations.length > 0 || problems.length > 0 || isOfParts) return [];
  return [
    {
      level: 'warning',
      code: 'no-operations',
      message: sentence('describesNoOperation'),
      file: uri,
      hint: sentence('isItThisGroup'),
      ...('paths' in data && { pointer: '/paths' }),
    },
  ];
}

/** Problems that only point into a file, with the line. */
function withPlaces(
  problems: readonly Problem[],
  files: ReadonlyMap<string, RawDocument>,
): readonly Problem[] {
  const pointing = problems.filter(isWithoutLine);
  const places = new Map(
    [...files.values()].map((raw) => {
      const own = pointing.filter(({ file }) => file === raw.uri).map(({ pointer = '' }) => pointer);
      const known = own.length === 0 || raw.isRewritten === true ? undefined : placesOf(raw.text, own);
      return [raw.uri, known] as const;
    }),
  );
  return problems.map((problem) => {
    if (!isWithoutLine(problem)) return problem;
    return { ...problem, ...places.get(problem.file ?? '')?.get(problem.pointer ?? '') };
  });
}

/** YAML that ends within a line is YAML all the same, with a word in place of what was to come. */
function isWhereItIsCut({ code, file, line }: Problem, { uri, text }: RawDocument): boolean {
  return (
    code === 'no-mapping' &&
    file === uri &&
    !text.endsWith('\n') &&
    (line ?? 0) >= text.split('\n').length - 1
  );
}

function isWithoutLine({ line, pointer = '' }: Problem): boolean {
  return line === undefined && pointer.startsWith('/');
}

function tooMany(file: string, found: number): Problem {
  return {
    level: 'error',
    code: 'too-many-operations',
    message: sentence('tooManyOperations', { found, limit: limits.operations }),
    file,
    hint: sentence('splitDocument'),
  };
}

/** Deep recursion is the one thing a document can still do to a reader; all else here is our own fault. */
function readerFailed(file: string, format: Format, error: unknown): Problem {
  const deep = error instanceof RangeError;
  return {
    level: 'error',
    code: deep ? 'nested-too-deep' : 'reader-failed',
    message: deep
      ? sentence('nestedTooDeepToRead')
      : sentence('notReadAs', { format: format.kind, why: messageOf(error) }),
    file,
  };
}

/**
 * What people are shown of a document is on one line, all that it says can be seen, and it has an end: everything behind
 * `documents/` shows, stores and sends it as it is. An operation whose name has none is left out and told.
 */
function withBoundedTexts(document: ReadDocument, uri: string): ReadDocument {
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
