import { groupBy } from '../../../lib/group-by.ts';
import { isForeign, siteOf } from '../shared/own-hosts.ts';
import { matchTail, splitUrl } from '../shared/url-template.ts';
import type { Mention } from './mentions.ts';
import { choiceAt } from './sections/titles.ts';
import { sentence } from '../../../messages/sentence.ts';
import type { Problem } from '../../../model/problem.ts';
import { inEnglish } from '../../../messages/in-language.ts';
import type { Sentence } from '../../../model/sentence.ts';

/** An operation that was read, and where the document speaks of it. */
export interface Known {
  readonly method: string;
  readonly path: string;
  /** What of its query chooses it; empty: nothing. */
  readonly choice: string;
  /** Lines that name its method or its address. */
  readonly lines: readonly number[];
  /** Its blocks: from `from` up to, not including, `to`. */
  readonly from: number;
  readonly to: number;
}

/** What looks like an operation and became none. */
export interface Unread {
  /** As written; with its methods where they are known. */
  readonly call: string;
  readonly lines: readonly number[];
  /** `mentioned`: method and path are named, but nothing says that they are an operation of this service. */
  readonly why: 'no-method' | 'mentioned' | 'foreign';
}

const maxBases = 50;
const maxCallChars = 200;

/** What stands in front of the paths of many services. */
const usualBase = /^(?:\/(?:apis?|rest|open-?api|gateway|v\d+|[a-z]+-api))+(?=\/)/i;

/**
 * The last look at a document: every mention of an operation that none of those that were read covers, each call once,
 * in the order of the document. Calls are the same when method and path are, also with a base path of the document in
 * front; in the section of an operation and in the lines that name it, any base path may be left out.
 *
 * @param bases Base paths that the document or its servers have.
 * @param own Sites of the service; empty when none is named.
 */
export function unreadOf(
  mentions: readonly Mention[],
  known: readonly Known[],
  bases: readonly string[],
  own: ReadonlySet<string>,
): Unread[] {
  const coverage = new Coverage(known, bases);
  const left = mentions.flatMap((mention): (Mention & { why: Unread['why'] })[] => {
    const { methods, url, kind } = mention;
    const foreign = isForeign(url, own);
    if (kind === 'link' && (foreign || !own.has(siteOf(url) ?? ''))) return [];
    if (methods.length === 0)
      return coverage.holds(mention, undefined)
        ? []
        : [{ ...mention, why: foreign ? 'foreign' : 'no-method' }];
    const missing = methods.filter((method) => !coverage.holds(mention, method));
    return missing.length === 0
      ? []
      : [{ ...mention, methods: missing, why: foreign ? 'foreign' : 'mentioned' }];
  });
  const groups = groupBy(
    left,
    ({ methods, url, why }) => `${why} ${methods.join('/')} ${shape(url)}?${choiceAt(url)}`,
  );
  return [...groups.values()].flatMap((group): Unread[] => {
    const [first] = group;
    if (first === undefined) return [];
    const lines = [...new Set(group.map(({ line }) => line))].toSorted((a, b) => a - b);
    const choice = choiceAt(first.url);
    const path = first.url.split(/[?#]/, 1)[0] ?? first.url;
    const written = choice === '' ? path : `${path}?${choice}`;
    const url = written.length > maxCallChars ? `${written.slice(0, maxCallChars)}…` : written;
    return [{ call: [first.methods.join('/'), url].join(' ').trim(), lines, why: first.why }];
  });
}

/** A path whose parameters have no names, with its base where nothing else tells it apart. */
function shape(url: string): string {
  return splitUrl(url)
    .path.replace(/\{[^{}]*\}/g, '{}')
    .replace(/\/+$/, '');
}

class Coverage {
  readonly #tree = new PathTree<Known>();
  readonly #bases: readonly string[];
  readonly #byLine: ReadonlyMap<string, readonly Known[]>;
  readonly #byBlock = new Map<number, Known[]>();
  /** Paths in front of those that are known. */
  readonly #groups = new Set<string>();

  constructor(known: readonly Known[], bases: readonly string[]) {
    const usual = known.flatMap(({ path }) => usualBase.exec(path)?.[0] ?? []);
    const all = [...bases, ...usual].map((base) => base.replace(/\/+$/, '')).filter((base) => base !== '');
    this.#bases = [...new Set(all)].slice(0, maxBases);
    const added = new Set<string>();
    for (const one of known) {
      const key = `${one.method} ${shape(one.path)}?${one.choice}`;
      if (!added.has(key)) this.#tree.add(one.path, one);
      added.add(key);
      for (let block = one.from; block < one.to; block++) this.#at(block).push(one);
      const segments = shape(one.path).split('/');
      for (let end = 2; end < segments.length; end++) this.#groups.add(segments.slice(0, end).join('/'));
    }
    const lines = known.flatMap((one) => one.lines.map((line) => ({ line, one })));
    const byLine = groupBy(lines, ({ line, one }) => `${line} ${lastOf(one.path)}`);
    this.#byLine = new Map([...byLine].map(([key, group]) => [key, group.map(({ one }) => one)]));
  }

  #at(block: number): Known[] {
    const there = this.#byBlock.get(block) ?? [];
    this.#byBlock.set(block, there);
    return there;
  }

  /** @param method Of the call; an address without one is that of whatever is called there. */
  holds({ url, line, block, kind }: Mention, method: string | undefined): boolean {
    const { path } = splitUrl(url);
    const choice = choiceAt(url);
    const isChoice = (one: Known): boolean => choice === '' || one.choice === '' || one.choice === choice;
    const byMethod = (one: Known): boolean =>
      (method === undefined || one.method === method) && isChoice(one);
    const near = [
      ...(this.#byLine.get(`${line} ${lastOf(path)}`) ?? []),
      ...(this.#byBlock.get(block) ?? []),
    ];
    if (near.some((one) => byMethod(one) && isTail(one.path, path))) return true;
    if (kind === 'address' && this.#bases.includes(path.replace(/\/+$/, ''))) return true;
    const forms = this.#formsOf(path);
    if (kind === 'group' && forms.some((form) => this.#groups.has(shape(form)))) return true;
    return forms.some((form) =>
      this.#tree.find(form).some(({ item, values }) => byMethod(item) && values.every(isValue)),
    );
  }

  /** The path itself, without a base path that it has, with one that it lacks. */
  #formsOf(path: string): string[] {
    const usual = usualBase.exec(path)?.[0];
    return [
      path,
      ...(usual === undefined ? [] : [path.slice(usual.length)]),
      ...this.#bases.map((base) => (path.startsWith(`${base}/`) ? path.slice(base.length) : base + path)),
    ];
  }
}

function lastOf(path: string): string {
  const last = shape(path);
  return last.slice(last.lastIndexOf('/'));
}

/** Whether one path is the other, perhaps with a base path in front. */
function isTail(one: string, other: string): boolean {
  const [a, b] = [one.replace(/\/+$/, ''), other.replace(/\/+$/, '')];
  return matchTail(a, b) !== undefined || (b !== '' && matchTail(b, a) !== undefined);
}

/** What stands for a parameter: it has a digit, a letter of another script, or says that something goes there. */
function isValue(text: string): boolean {
  return /[\d{}]|[^\p{ASCII}]|^[A-Z][A-Z_]*$|^(?:x{2,}|\*+|\.{2,})$/u.test(text);
}

/** Of one message: longer ones are hard to read. */
const maxChars = 900;
/** Of one document, for each reason. */
const maxProblems = 30;
const separator = ', ';
/** Of one call. */
const maxLines = 20;

interface Reason {
  readonly code: string;
  readonly what: 'addressesWithoutMethod' | 'callsOnlyMentioned' | 'callsOfOtherHosts';
  readonly hint: Sentence;
}

const reasons: Readonly<Record<Unread['why'], Reason>> = {
  'no-method': {
    code: 'method-missing',
    what: 'addressesWithoutMethod',
    hint: sentence('nameMethod'),
  },
  mentioned: {
    code: 'only-mentioned',
    what: 'callsOnlyMentioned',
    hint: sentence('writeOnOwnLine'),
  },
  foreign: {
    code: 'foreign-host',
    what: 'callsOfOtherHosts',
    hint: sentence('ownDocumentForService'),
  },
};

/** Everything that looks like an operation and is not read, by reason, with its lines; long lists in several problems. */
export function unreadProblems(file: string, all: readonly Unread[]): Problem[] {
  return (['no-method', 'mentioned', 'foreign'] as const).flatMap((why) => {
    const group = all.filter((one) => one.why === why);
    const { code, hint, what: counted } = reasons[why];
    const what = sentence(counted, { n: group.length });
    const parts = inParts(group);
    const kept = parts.slice(0, maxProblems);
    const rest = parts.slice(maxProblems).flat().length;
    return kept.map((part, index): Problem => {
      const own = part.map((entry) => entry.said);
      const isCut = rest > 0 && index === kept.length - 1;
      const list = isCut ? [sentence('andMoreListed', { what: own, n: rest })] : own;
      const parts = { part: index + 1, parts: kept.length };
      const line = part[0]?.line;
      return {
        level: 'info',
        code,
        message:
          kept.length === 1
            ? sentence('counted', { what, list })
            : sentence('countedInParts', { what, list, ...parts }),
        file,
        line,
        hint,
      };
    });
  });
}

interface Entry {
  readonly said: Sentence;
  readonly line: number | undefined;
}

function inParts(all: readonly Unread[]): Entry[][] {
  const parts: Entry[][] = [];
  let length = maxChars;
  for (const { call, lines } of all) {
    const said = callOn(call, lines);
    const chars = inEnglish(said).length;
    length += chars + separator.length;
    if (length > maxChars) {
      parts.push([]);
      length = chars;
    }
    parts.at(-1)?.push({ said, line: lines[0] });
  }
  return parts;
}

function callOn(call: string, all: readonly number[]): Sentence {
  const what = all.slice(0, maxLines).join(', ');
  const lines = all.length > maxLines ? sentence('andLines', { what, n: all.length - maxLines }) : what;
  return sentence(all.length === 1 ? 'callOnLine' : 'callOnLines', { call, lines });
}

interface Node<T> {
  readonly items: T[];
  readonly children: Map<string, Node<T>>;
}

/** Beyond this, a path has more ways through its parameters than anybody means. */
const maxSteps = 500;

/** Things by the template of their path (`/orders/{id}`), found by a path that is an instance of it. */
export class PathTree<T> {
  readonly #root: Node<T> = { items: [], children: new Map() };

  add(template: string, item: T): void {
    let node = this.#root;
    for (const segment of segmentsOf(template)) {
      const next = node.children.get(segment) ?? { items: [], children: new Map() };
      node.children.set(segment, next);
      node = next;
    }
    node.items.push(item);
  }

  /** All that the path is an instance of, with what stands at the places of parameters. */
  find(path: string): { readonly item: T; readonly values: readonly string[] }[] {
    const segments = segmentsOf(path);
    let ways: { readonly node: Node<T>; readonly values: readonly string[] }[] = [
      { node: this.#root, values: [] },
    ];
    let steps = 0;
    for (const segment of segments) {
      if ((steps += ways.length) > maxSteps) return [];
      ways = ways.flatMap(({ node, values }) => {
        const literal = node.children.get(segment);
        const parameter = segment === anything ? undefined : node.children.get(anything);
        return [
          ...(literal === undefined ? [] : [{ node: literal, values }]),
          ...(parameter === undefined ? [] : [{ node: parameter, values: [...values, segment] }]),
        ];
      });
    }
    return ways.flatMap(({ node, values }) => node.items.map((item) => ({ item, values })));
  }
}

const anything = '{}';

function segmentsOf(path: string): string[] {
  return path
    .replace(/\{[^{}]*\}/g, anything)
    .split('/')
    .filter((segment) => segment !== '');
}
