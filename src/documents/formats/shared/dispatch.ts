import { namesAction, selectsAction } from '../../../lib/wording/command.ts';
import { fixedParts, wordsIn } from '../../../lib/wording/words.ts';
import { groupBy } from '../../../lib/group-by.ts';
import type { Operation, Parameter } from '../../../model/document.ts';
import { typedValue } from './text.ts';
import { hasPlaceholder, type Pair } from './url-template.ts';

/**
 * Operations that one path takes and a query tells apart, as in RPC of older servers: `/api.php?act=view` and
 * `/api.php?act=del`, `/user?m=getInfo`. What chooses stays a part of the operation.
 */

type Addressed = Pick<Operation, 'method' | 'path' | 'parameters'> & { readonly key?: string };

/** An operation with the query that stands in its address. */
export interface Written<T extends Addressed> {
  readonly operation: T;
  readonly written?: readonly Pair[];
}

/** Each operation with what of its address chooses it, in its key and as the only value of its parameter. */
export function chosenByQuery<T extends Addressed>(all: readonly Written<T>[]): readonly T[] {
  const told = tellingApart(all);
  return all.map(({ operation, written = [] }) => {
    const { method, path } = operation;
    const named = new Set(choiceIn(path, written));
    const names = told.get(`${method} ${path}`);
    const choice = once(written.filter((pair) => named.has(pair) || names?.has(pair.name) === true));
    return choice.length === 0 ? operation : withChoice(operation, choice);
  });
}

/** What of a query chooses an operation by its name alone: `act=view`; empty when nothing does. */
export function choiceOf(path: string, query: readonly Pair[]): string {
  return textOf(choiceIn(path, query));
}

/** Whether two addresses of one path are those of two operations. */
export function choosesAnother(path: string, one: readonly Pair[], other: readonly Pair[]): boolean {
  const [a, b] = [choiceOf(path, one), choiceOf(path, other)];
  return a !== '' && b !== '' && a !== b;
}

function textOf(choice: readonly Pair[]): string {
  return choice.map(({ name, value }) => `${name}=${value}`).join('&');
}

function once(pairs: readonly Pair[]): readonly Pair[] {
  return [...new Map(pairs.map((pair) => [pair.name, pair])).values()];
}

function withChoice<T extends Addressed>(operation: T, choice: readonly Pair[]): T {
  const query = textOf(choice);
  const { key = `${operation.method} ${operation.path}` } = operation;
  const parameters = [...operation.parameters];
  for (const { name, value } of choice) {
    const isSame = (one: Parameter): boolean => one.in === 'query' && one.name === name;
    const at = parameters.findIndex(isSame);
    const fixed = fixedParameter(name, value, parameters[at]?.description);
    if (at === -1) parameters.push(fixed);
    else parameters[at] = fixed;
  }
  const names = new Set(choice.map(({ name }) => name));
  const kept = parameters.filter((one) => one.in !== 'query' || !names.has(one.name) || one.isFixed === true);
  return { ...operation, key: `${key}?${query}`, query, parameters: kept };
}

function fixedParameter(name: string, text: string, description: string | undefined): Parameter {
  const value = typedValue(text);
  return {
    name,
    in: 'query',
    required: true,
    schema: { type: typeof value === 'number' ? 'integer' : 'string', const: value },
    examples: [value],
    ...(description !== undefined && { description }),
    isFixed: true,
  };
}

/** As programs name what they run, in a query that somebody has written: `?c=user&a=del`, `?service=User.Info`. */
const choosing =
  /^_?(?:a|c|m|r|s|ac|mod|module|op|svc|service(?:_?name)?|method_?name|api(?:_?name)?|interface|route|router|rpc|proc|procedure|controller|func_?name|function_?name)$/i;
/** One letter is what is looked for there. */
const searching = /^(?:search|searches|find|query|suggest|suggestions|autocomplete|lookup)$/;
const journal = /^(?:logs?|journals?|audits?|history|histories|events?)$/;
/** Programs that take all calls: `api.php?type=del`. */
const program =
  /(?:^|[/_-])(?:api|index|ajax|interface|server|service|handler|gateway|rpc|main)\.(?:php|aspx?|ashx|jspx?|do|action|cgi|pl)$/i;
const kind = /^(?:type|kind|mode|code|cmd|flag|name|tag)$/i;

/** One word, perhaps of several pieces: `getInfo`, `user/del`, `App.User.Info`. */
const word = /^\/?[A-Za-z][\w-]*(?:[./:][A-Za-z][\w-]*)*$/;
/** The reader's own value goes there. */
const readersOwn =
  /^(?:x{2,}\w*|your\w*|my[-_]?(?:action|method)|string|value|text|null|undefined|true|false|n|y|none|abc|foo|bar)$/i;

function choiceIn(path: string, query: readonly Pair[]): readonly Pair[] {
  const last = wordsIn(fixedParts(path).at(-1) ?? '').at(-1) ?? '';
  if (journal.test(last)) return [];
  return query.filter(
    (pair) => chooses(pair.name, path) && !(pair.name.length === 1 && searching.test(last)) && isFixed(pair),
  );
}

/** A record, or what the answer is wrapped in: even where one address takes all calls. */
const ofRecords = /^(?:id|no|code|name|callback|jsonp|call|task|job|server|hook|trigger|event_?handler)$/i;

function chooses(name: string, path: string): boolean {
  if (choosing.test(name) || namesAction(name)) return true;
  if (selectsAction(name, path)) return !ofRecords.test(name);
  return program.test(path) && kind.test(name);
}

function isFixed({ name, value, disabled }: Pair): boolean {
  if (disabled === true || hasPlaceholder(value) || readersOwn.test(value)) return false;
  if (name.length > 1 && /^\d{1,8}$/.test(value)) return true;
  const isName =
    value.toLowerCase() === name.toLowerCase() || /^[A-Z]+(?:_[A-Z]+)*_(?:NAME|TYPE|CODE)$/.test(value);
  return word.test(value) && !isName;
}

/** Of what kind of thing an operation is, where each of several has another one. */
const telling =
  /^(?:type|kind|mode|scene|biz|event|resource|entity|object|table|model|report|stage|view|tab)$/;

/** By method and path: what several operations have in their addresses with a value of their own each. */
function tellingApart(all: readonly Written<Addressed>[]): ReadonlyMap<string, ReadonlySet<string>> {
  const queried = all.filter(({ written = [] }) => written.length > 0);
  const groups = groupBy(queried, ({ operation: { method, path } }) => `${method} ${path}`);
  const found = new Map<string, ReadonlySet<string>>();
  for (const [key, group] of groups) {
    const pairs = group.flatMap(({ written = [] }) => written.filter(isFixed));
    const names = [...groupBy(pairs, ({ name }) => name)]
      .filter(([name]) => telling.test(wordsIn(name).at(-1) ?? ''))
      .filter(([, same]) => new Set(same.map(({ value }) => value)).size > 1)
      .map(([name]) => name);
    if (names.length > 0) found.set(key, new Set(names));
  }
  return found;
}
