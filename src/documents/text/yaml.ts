import { sentence } from '../../messages/sentence.ts';
import { inEnglish } from '../../messages/in-language.ts';
import { yamlComplaint } from '../../messages/syntax.ts';
import type { Sentence } from '../../model/sentence.ts';
import {
  type Alias,
  Composer,
  type CST,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  type Scalar,
  type Document as YamlDocument,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { openQuote } from '../../lib/text/open-quote.ts';
import { numberOrText } from '../../lib/json/exact-json.ts';
import type { Json } from '../../model/json.ts';
import { limits } from '../limits.ts';
import { asMeant } from './yaml-scalars.ts';

/** What went wrong while text was read as data, with its place (1-based). */
export interface Flaw {
  readonly code: string;
  readonly message: Sentence;
  readonly line?: number;
  readonly column?: number;
  readonly pointer?: string;
}

export type YamlResult =
  | { readonly ok: true; readonly value: Json; readonly flaws: readonly Flaw[] }
  | { readonly ok: false; readonly flaw: Flaw };

/** Mistakes after which the parser's result is still what the author meant. */
const harmless: ReadonlySet<string> = new Set([
  'ALIAS_PROPS',
  'BAD_DIRECTIVE',
  'BAD_DQ_ESCAPE',
  'BAD_PROP_ORDER',
  'BAD_SCALAR_START',
  'KEY_OVER_1024_CHARS',
  'MULTIPLE_DOCS',
  'TAG_RESOLVE_FAILED',
]);

/**
 * YAML 1.2 as plain data, read as leniently as real files need; the flaws that were overlooked are listed.
 * Aliases are shared, not copied, and counted as often as they are used.
 */
export function parseYaml(text: string): YamlResult {
  const result = parseOnce(text);
  if (result.ok || result.flaw.code !== tabIndented) return result;
  const mixed = /^(?: +\t|\t+ )/m.test(text);
  const spaced = mixed ? result : parseOnce(text.replaceAll(/^\t+/gm, (tabs) => '  '.repeat(tabs.length)));
  return spaced.ok ? { ...spaced, flaws: [result.flaw, ...spaced.flaws] } : result;
}

const tabIndented = 'yaml-tabs';

function parseOnce(text: string): YamlResult {
  try {
    const { document, more } = compose(text);
    const fatal = document.errors.find((error) => !harmless.has(error.code));
    if (fatal !== undefined) return { ok: false, flaw: toFlaw(fatal, text, document.contents) };
    const builder = new DataBuilder(text);
    const value = builder.build(document.contents, 0, '');
    const errors = document.errors
      .slice(0, limits.problems)
      .map((error) => toFlaw(error, text, document.contents));
    return { ok: true, value, flaws: [...errors, ...more, ...builder.flaws] };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, flaw: error.flaw };
    throw error;
  }
}

/** The first document of a stream; further ones are a flaw. */
export function compose(text: string): {
  readonly document: YamlDocument.Parsed;
  readonly more: readonly Flaw[];
} {
  const composer = new Composer({ logLevel: 'error', prettyErrors: false, strict: false, uniqueKeys: false });
  const [document, next] = composer.compose(boundedTokens(text), true, text.length);
  if (document === undefined) throw new Refused({ code: 'yaml-syntax', message: sentence('documentEmpty') });
  const message = sentence('severalDocuments');
  const more =
    next === undefined ? [] : [{ code: 'several-documents', message, ...placeOf(next.range[0], text) }];
  return { document, more };
}

/**
 * The parser's tokens, cut off before anything is nested too deep: what comes after recurses, and recursion that
 * runs out of stack while a regular expression is compiled ends the whole process.
 */
function* boundedTokens(text: string): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) yield token;
    // The document itself and an open scalar are on the stack too.
    if (parser.stack.length > limits.depth + 2) throw new Refused(tooDeep());
  }
  yield* parser.end();
}

function toFlaw(error: YAMLError, text: string, contents: unknown): Flaw {
  const code = error.code === 'TAB_AS_INDENT' ? tabIndented : 'yaml-syntax';
  return {
    code,
    message: sentence('invalidYaml', { why: yamlComplaint(error.message) }),
    ...placeOf(openQuote(contents, error) ?? error.pos[0], text),
  };
}

/** Where something begins, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export function placeOf(offset: number, text: string): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function tooDeep(pointer?: string): Flaw {
  return {
    code: 'nested-too-deep',
    message: sentence('nestedTooDeep', { n: limits.depth }),
    pointer,
  };
}

class Refused extends Error {
  readonly flaw: Flaw;

  constructor(flaw: Flaw) {
    super(inEnglish(flaw.message));
    this.flaw = flaw;
  }
}

/** Turns the parser's nodes into plain data within the limits. */
class DataBuilder {
  readonly flaws: Flaw[] = [];
  readonly #text: string;
  /** By name, in document order: a later anchor of the same name takes over. `undefined` while it is being built. */
  readonly #anchors = new Map<string, { readonly value: Json; readonly size: number } | undefined>();
  #size = 0;
  #aliasSize = 0;

  constructor(text: string) {
    this.#text = text;
  }

  build(node: unknown, depth: number, pointer: string): Json {
    if (depth > limits.depth) throw new Refused(tooDeep(pointer));
    this.#size++;
    if (isAlias(node)) return this.#alias(node, pointer);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    const before = this.#size;
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, undefined);
    const value = this.#content(node, depth, pointer);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, { value, size: this.#size - before + 1 });
    return value;
  }

  #content(node: Scalar | YAMLMap | YAMLSeq, depth: number, pointer: string): Json {
    if (isScalar(node)) return scalarValue(node);
    return isMap(node) ? this.#map(node, depth, pointer) : this.#list(node.items, depth, pointer);
  }

  #list(items: readonly unknown[], depth: number, pointer: string): Json {
    return items.map((item, index) => this.build(item, depth + 1, `${pointer}/${index}`));
  }

  #map(node: YAMLMap, depth: number, pointer: string): Json {
    const target: Record<string, Json> = {};
    const seen = new Set<string>();
    for (const pair of node.items) {
      const key = keyText(pair.key);
      const value = this.build(
        pair.value,
        depth + 1,
        `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      );
      if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
        merge(target, value, seen);
        continue;
      }
      if (seen.has(key)) this.#noteDuplicate(key, pair.key, pointer);
      seen.add(key);
      define(target, key, value);
    }
    return asMeant(node, target);
  }

  #noteDuplicate(key: string, node: unknown, pointer: string): void {
    const message = sentence('keyTwice', { key });
    this.#note('duplicate-key', message, pointer, node);
  }

  #note(code: string, message: Sentence, pointer: string, node: unknown): void {
    if (this.flaws.length >= limits.problems) return;
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    this.flaws.push({ code, message, pointer, ...placeOf(offset, this.#text) });
  }

  #unknownAlias(node: Alias, pointer: string): Json {
    const message = sentence('aliasWithoutAnchor', { name: node.source });
    this.#note('unknown-alias', message, pointer, node);
    return null;
  }

  #alias(node: Alias, pointer: string): Json {
    const target = this.#anchors.get(node.source);
    if (target === undefined) {
      if (!this.#anchors.has(node.source)) return this.#unknownAlias(node, pointer);
      throw new Refused({
        code: 'cyclic-alias',
        message: sentence('aliasInsideItself', { name: node.source }),
        pointer,
      });
    }
    this.#size += target.size;
    this.#aliasSize += target.size;
    if (this.#aliasSize > limits.aliasNodes) {
      throw new Refused({
        code: 'too-many-aliases',
        message: sentence('tooManyAliases', { n: limits.aliasNodes }),
        pointer,
      });
    }
    return target.value;
  }
}

/** `<<: *base`: what the map has itself wins, whether before or after. */
function merge(target: Record<string, Json>, value: Json, own: ReadonlySet<string>): void {
  const bases = Array.isArray(value) ? (value as readonly Json[]) : [value];
  for (const base of bases) {
    if (typeof base !== 'object' || base === null || Array.isArray(base)) continue;
    for (const [key, inherited] of Object.entries(base)) {
      if (!own.has(key) && !Object.hasOwn(target, key)) define(target, key, inherited);
    }
  }
}

/** Plain assignment of `__proto__` would change the object's prototype. */
function define(target: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}

function scalarValue(node: Scalar): Json {
  const { value } = node;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
    case 'bigint':
      return node.type === 'PLAIN' && node.source !== undefined ? numberOrText(node.source, value) : null;
    default:
      return value instanceof Date ? value.toISOString() : null;
  }
}

/** Keys as written: `200`, `1.0` and `on` are names in a document, whatever YAML makes of them. */
function keyText(key: unknown): string {
  if (isScalar(key))
    return key.source ?? (typeof key.value === 'string' ? key.value : JSON.stringify(key.value));
  return isNode(key) ? key.toString() : '';
}
