import { sentence } from '../messages/sentence.ts';
import { yamlComplaint } from '../messages/syntax.ts';
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLError,
  type YAMLMap,
  visit,
} from 'yaml';
import { openQuote } from '../lib/text/open-quote.ts';
import { messageOf } from '../lib/errors.ts';
import { numberOrText } from '../lib/json/exact-json.ts';
import type { Problem } from '../model/problem.ts';

/** What is below these keys is written into a URL or a header. */
const sentAsText: ReadonlySet<unknown> = new Set(['params', 'headers']);

export type Path = readonly PropertyKey[];

export interface YamlPosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A parsed YAML file that can say where each of its values stands. */
export class YamlFile {
  readonly file: string;
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  /** What came from elsewhere, by the node that it became a part of. */
  readonly #filledIn = new WeakMap<object, readonly string[]>();

  private constructor(file: string, document: Document.Parsed, lines: LineCounter) {
    this.file = file;
    this.#document = document;
    this.#lines = lines;
  }

  /** A mapping, or everything that keeps the text from being one. */
  static parse(file: string, text: string): YamlFile | readonly Problem[] {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
    const yaml = new YamlFile(file, document, lines);
    const [first] = document.errors;
    // After the first slip the parser guesses; only repeated keys leave the rest intact.
    const errors = document.errors.filter((error) => error === first || error.code === 'DUPLICATE_KEY');
    if (first !== undefined) return errors.map((error) => yaml.#syntaxProblem(error, text));
    if (isMap(document.contents)) return yaml;
    const message = sentence(document.contents === null ? 'fileEmpty' : 'fileNotMapping');
    return [
      {
        level: 'error',
        code: 'not-a-mapping',
        message,
        file,
        line: 1,
        column: 1,
        hint: sentence('writeAtLeast'),
      },
    ];
  }

  /** The texts in it that are values, to be replaced where they stand. */
  *texts(): Generator<{
    readonly text: string;
    readonly place: YamlPosition;
    readonly replace: (text: string, filledIn: readonly string[]) => void;
  }> {
    const scalars: Scalar<string>[] = [];
    visit(this.#document, {
      Scalar: (key, node) => {
        if (key !== 'key' && typeof node.value === 'string') scalars.push(node as Scalar<string>);
      },
    });
    for (const scalar of scalars) {
      const replace = (text: string, filledIn: readonly string[]) => {
        scalar.value = text;
        this.#filledIn.set(scalar, filledIn);
      };
      yield { text: scalar.value, place: this.#placeOf(scalar), replace };
    }
  }

  /** Plain data, anchors and merge keys resolved; or why it cannot be. */
  data(): { readonly data: unknown } | { readonly problem: Problem } {
    const alias = this.#danglingAlias();
    if (alias !== undefined) {
      const message = sentence('notValidYaml', { why: sentence('starWithoutAnchor') });
      const hint = sentence('starNeedsQuotes');
      return { problem: { level: 'error', code: 'yaml-syntax', message, ...this.#placeOf(alias), hint } };
    }
    this.#keepDigits();
    this.#keepOrdinals();
    try {
      return { data: this.#document.toJS({ maxAliasCount: 1000 }) };
    } catch (error) {
      const message = sentence('notValidYaml', { why: yamlComplaint(messageOf(error)) });
      return { problem: { level: 'error', code: 'yaml-syntax', message, file: this.file } };
    }
  }

  /** Where the value at `path` stands, or the nearest one around it that does stand somewhere. */
  place(path: Path): YamlPosition {
    for (let length = path.length; length > 0; length--) {
      const node = this.#node(path.slice(0, length));
      if (node?.range) return this.#placeOf(node);
    }
    return { file: this.file, line: 1, column: 1 };
  }

  /** Where the key at the end of `path` stands. */
  keyPlace(path: Path): YamlPosition {
    const map = this.#node(path.slice(0, -1));
    const key = isMap(map) ? this.#pair(map, path.at(-1))?.key : undefined;
    return isScalar(key) ? this.#placeOf(key) : this.place(path);
  }

  /** Its value came, at least in part, from the environment or another file. */
  isFilledIn(path: Path): boolean {
    const node = this.#node(path);
    return node !== undefined && this.#filledIn.has(node);
  }

  /** What of its value came from the environment or another file, without the text around it. */
  filledIn(path: Path): readonly string[] {
    const node = this.#node(path);
    return (node && this.#filledIn.get(node)) ?? [];
  }

  /** Ids with all their digits, and what goes out as text (`params: { version: 1.10 }`) as it is written. */
  #keepDigits(): void {
    visit(this.#document, {
      Scalar: (key, node, path) => {
        const { source, value } = node;
        if (key === 'key' || node.type !== 'PLAIN' || source === undefined || typeof value !== 'number')
          return;
        const isSent = path.some((one) => isPair(one) && isScalar(one.key) && sentAsText.has(one.key.value));
        node.value = isSent && String(value) !== source ? source : (numberOrText(source, value) ?? value);
      },
    });
  }

  /** `match: GET /query #3`: a number that YAML takes for a comment, and without which all on the path are meant. */
  #keepOrdinals(): void {
    visit(this.#document, {
      Pair: (_, { key, value }) => {
        if (!isScalar(key) || key.value !== 'match' || !isScalar(value)) return;
        const { comment, type } = value;
        if (type !== 'PLAIN' || typeof value.value !== 'string' || !/^\d+$/.test(comment ?? '')) return;
        value.value = `${value.value} #${comment}`;
      },
    });
  }

  #danglingAlias(): Alias | undefined {
    let dangling: Alias | undefined;
    visit(this.#document, {
      Alias: (_, alias) => {
        if (alias.resolve(this.#document) === undefined) dangling ??= alias;
      },
    });
    return dangling;
  }

  #node(path: Path): Node | undefined {
    let node: unknown = this.#document.contents;
    for (const key of path) {
      if (isMap(node)) node = this.#pair(node, key)?.value;
      else node = isSeq(node) ? node.items[Number(key)] : undefined;
      node = this.#resolved(node);
    }
    return (node ?? undefined) as Node | undefined;
  }

  #pair(map: YAMLMap, key: PropertyKey | undefined): Pair | undefined {
    const own = map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
    if (own !== undefined) return own;
    const merged = map.items.filter((pair) => isScalar(pair.key) && pair.key.source === '<<');
    for (const pair of merged) {
      const value = this.#resolved(pair.value);
      for (const source of isSeq(value) ? value.items.map((item) => this.#resolved(item)) : [value]) {
        const found = isMap(source) ? this.#pair(source, key) : undefined;
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  #resolved(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node;
  }

  #placeOf(node: Node): YamlPosition {
    return this.#at(node.range?.[0] ?? 0);
  }

  #at(offset: number): YamlPosition {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.file, line, column: col };
  }

  #syntaxProblem(error: YAMLError, text: string): Problem {
    const place = this.#at(openQuote(this.#document.contents, error) ?? error.pos[0]);
    const line = text.split('\n')[place.line - 1] ?? '';
    const advice = pastedServices(error, text) ?? adviceFor(error, line, text.slice(error.pos[0]));
    return { level: 'error', code: 'yaml-syntax', ...advice, ...place };
  }
}

type Advice = Pick<Problem, 'message' | 'hint'>;

/** Lines that the product offers for a service begin with `services:`, as the file does already. */
function pastedServices({ code, pos: [at] }: YAMLError, text: string): Advice | undefined {
  const first = text
    .slice(0, at)
    .split('\n')
    .findIndex((line) => line.startsWith('services:'));
  if (code !== 'DUPLICATE_KEY' || first === -1 || !/^services\s*:/.test(text.slice(at))) return undefined;
  const message = sentence('keyStandsTwice', { key: 'services' });
  return { message, hint: sentence('moveUnderFirst', { n: first + 1 }) };
}

function adviceFor(error: YAMLError, line: string, rest: string): Advice {
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[^:\s]+/.exec(rest)?.[0] ?? '';
    return { message: sentence('keyStandsTwice', { key }), hint: sentence('keepOne') };
  }
  if (error.code === 'TAB_AS_INDENT' || /^\s*\t/.test(line)) {
    return { message: sentence('indentedWithTab'), hint: sentence('indentWithSpaces') };
  }
  if (error.code === 'MULTIPLE_DOCS') {
    return { message: sentence('severalYamlDocuments'), hint: sentence('keepOneDocument') };
  }
  const message = sentence('notValidYaml', { why: yamlComplaint(error.message) });
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' || error.code === 'BAD_INDENT') {
    return { message, hint: sentence('lookAtIndentation') };
  }
  if (/[{,[].*\$\{/.test(line)) {
    return {
      message,
      hint: sentence('quoteExpressions', { braces: '{ }', expression: '${…}', example: '"${env:NAME}"' }),
    };
  }
  return { message };
}
