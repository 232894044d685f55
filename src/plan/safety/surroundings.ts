import { atOnce, type Steps } from '../../lib/yielder.ts';
import type { DocumentedResponse, Operation } from '../../model/document.ts';
import { isObject, type JsonSchema } from '../../model/json.ts';
import { namesAction } from '../../lib/wording/command.ts';
import { isVerb } from '../../lib/wording/verbs.ts';
import { readingVerbs } from '../../lib/wording/english-words.ts';
import { fixedParts, wordsIn } from '../../lib/wording/words.ts';

/** What the rest of its document tells about an operation. */
export interface Surroundings {
  /** The path has writes of its own, which are not the same operation under every method. */
  readonly hasWrites: boolean;
  /** Most paths of the document end in what is done (`/user/getById`), so that an unknown word there is a verb. */
  readonly isRpc: boolean;
  /** The query of the address says what is done: `?cmd=101`. */
  readonly isChosen?: boolean;
  /** Words that the document uses for things. */
  readonly nouns: ReadonlySet<string>;
}

type Addressed = Pick<Operation, 'path' | 'query'>;

/** Characters, as it is documented: what usual servers take in a request line. */
export const longestPath = 8192;

interface Style extends Pick<Surroundings, 'isRpc' | 'nouns'> {
  readonly written: ReadonlySet<string>;
}

/**
 * The path that a service with an address for each operation would have: what a query chooses is its end.
 * `/api.php?c=user&a=del` → `/api.php/user/del`.
 */
export function pathWithChoice({ path, query }: Addressed): string {
  if (query === undefined) return path;
  const values = query.split('&').flatMap((pair) => pair.slice(pair.indexOf('=') + 1).split(/[./:]/));
  return [path.replace(/\/+$/, ''), ...values.filter((value) => value !== '')].join('/');
}

/** By the list of operations itself, which a document keeps as long as it lives. */
const remembered = new WeakMap<readonly Operation[], Style>();

/** What surrounds each operation of a document, the document being read once. */
export function surroundingsOf(operations: readonly Operation[], operation: Addressed): Surroundings {
  const { written, isRpc, nouns } = atOnce(styleOf(operations));
  const hasWrites = written.has(pathWithChoice(operation));
  const isChosen = endsInDeed(operation);
  return { hasWrites, isRpc: isRpc || isChosen, isChosen, nouns };
}

/** `/user?m=getInfo`: whatever the others do, a query says what is done here. */
function endsInDeed({ query = '' }: Addressed): boolean {
  const [name = ''] = (query.split('&').at(-1) ?? '').split('=', 1);
  return namesAction(name) || /^_?(?:a|m|f|do|func|function|method|method_?name|rpc|proc)$/i.test(name);
}

/** Has `surroundingsOf` know a document of any size without holding the thread. */
export function* styleOf(operations: readonly Operation[]): Steps<Style> {
  const known = remembered.get(operations);
  if (known !== undefined) return known;
  const style = { written: writesOf(operations), ...(yield* wordingOf(operations)) };
  remembered.set(operations, style);
  return style;
}

/** Paths with a write that is another operation than the GET: some frameworks document every method of a handler. */
function writesOf(operations: readonly Operation[]): ReadonlySet<string> {
  const reads = new Map(
    operations.filter(({ method }) => method === 'GET').map((one) => [pathWithChoice(one), one]),
  );
  const writes = operations.filter((one) => {
    const { method, operationId, summary } = one;
    const read = reads.get(pathWithChoice(one));
    if (read === undefined || !/^(?:POST|PUT|PATCH|DELETE)$/.test(method)) return false;
    if (operationId === undefined && summary === undefined) return true;
    const isSameHandler = operationId !== undefined && handlerOf(operationId) === handlerOf(read.operationId);
    return !isSameHandler && (summary === undefined || summary !== read.summary);
  });
  return new Set(writes.map(pathWithChoice));
}

function handlerOf(operationId: string | undefined): string | undefined {
  return operationId
    ?.replace(/Using(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)(?:_\d+)?$/i, '')
    .replace(/_\d+$/, '');
}

/** Fewer operations make no style. */
const fewest = 8;
const most = 0.6;

function* wordingOf(operations: readonly Operation[]): Steps<Pick<Style, 'isRpc' | 'nouns'>> {
  const nouns = new Set<string>();
  let called = 0;
  for (const operation of operations) {
    yield;
    const { tags } = operation;
    const path = pathWithChoice(operation);
    if (path.length > longestPath) continue;
    const parts = fixedParts(path).map((part) => wordsIn(part));
    const last = parts.pop() ?? [];
    if (isVerb(last[0] ?? '') || readingVerbs.has(last[0] ?? '')) called += 1;
    for (const word of [...parts.flat(), ...last.slice(1), ...tags.flatMap((tag) => wordsIn(tag))])
      nouns.add(word);
  }
  return { isRpc: operations.length >= fewest && called / operations.length >= most, nouns };
}

/** Nothing or a mere yes is answered: weak evidence that something was done. */
export function answersNothing(responses: readonly DocumentedResponse[]): boolean {
  const good = responses.filter(({ status }) => status.startsWith('2'));
  return (
    good.length > 0 &&
    good.every(
      ({ status, media }) =>
        status === '204' || (media.length > 0 && media.every(({ schema }) => isYes(schema))),
    )
  );
}

function isYes(schema: JsonSchema | undefined): boolean {
  return isObject(schema) && schema['type'] === 'boolean';
}
