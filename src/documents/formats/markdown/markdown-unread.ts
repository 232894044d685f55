import { groupBy } from '../../../lib/group-by.ts';
import { isForeign, siteOf } from '../shared/own-hosts.ts';
import { matchTail, splitUrl } from '../shared/url-template.ts';
import type { Mention } from './markdown-mentions.ts';
import { PathTree } from './markdown-path-tree.ts';

/** An operation that was read, and where the document speaks of it. */
export interface Known {
  readonly method: string;
  readonly path: string;
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
  const groups = groupBy(left, ({ methods, url, why }) => `${why} ${methods.join('/')} ${shape(url)}`);
  return [...groups.values()].flatMap((group): Unread[] => {
    const [first] = group;
    if (first === undefined) return [];
    const lines = [...new Set(group.map(({ line }) => line))].toSorted((a, b) => a - b);
    const written = first.url.split(/[?#]/, 1)[0] ?? first.url;
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
      const key = `${one.method} ${shape(one.path)}`;
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
    const byMethod = (one: Known): boolean => method === undefined || one.method === method;
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
