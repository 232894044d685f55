import type { Naming } from './markdown-naming.ts';
import { joined, type SectionDraft, type SectionPosition, type Section } from './markdown-section.ts';
import type { NamedUrl, Signature } from './markdown-signatures.ts';
import { samePath } from './markdown-titles.ts';
import type { Trail } from './markdown-trail.ts';
import { matchTail, splitUrl } from '../shared/url-template.ts';

interface Said {
  readonly title?: string;
  readonly overview?: boolean;
  readonly otherUrls?: readonly NamedUrl[];
  /** Where its address stands, when that is in another line than its method. */
  readonly line?: number;
}

/** Of one operation, that are remembered as naming it; further ones name it by its whole path. */
const maxLines = 100;

/** The operations that have been named so far, and those whose section is still being read. */
export class Drafts {
  readonly #trail: Trail;
  readonly #naming: Naming;
  readonly #all: SectionDraft[] = [];
  #open: SectionDraft[] = [];
  #openLevel = 0;
  /** Index of the heading that the last operation took as its title. */
  #usedTitle = -1;

  constructor(trail: Trail, naming: Naming) {
    this.#trail = trail;
    this.#naming = naming;
  }

  get all(): readonly Section[] {
    return this.#all;
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** The operation that was named last, by all its methods. */
  get last(): Pick<Signature, 'methods' | 'url'> | undefined {
    const latest = this.#all.at(-1);
    if (latest === undefined) return undefined;
    const { url, line } = latest;
    const others = this.#all.findLastIndex((one) => one.line !== line || one.url !== url);
    const same = this.#all.slice(others + 1);
    return { methods: same.map((one) => one.method), url };
  }

  /** Level of the heading whose section is being read; 0 when there is none. */
  get level(): number {
    return this.#openLevel;
  }

  isOpenAt(url: string): boolean {
    return this.#open.some((one) => samePath(one.url, url));
  }

  /** An operation begins: with the heading that stands above it, unless another one has taken that. */
  declare(
    { methods, url: written }: Pick<Signature, 'methods' | 'url'>,
    at: SectionPosition,
    given: Said = {},
  ): void {
    const url = this.#trail.underSaidBase(written);
    const { title = '', overview = false, otherUrls = [] } = given;
    const lines = given.line === undefined ? [at.line] : [given.line, at.line];
    const isKnown = this.#open.some(
      (one) => methods.includes(one.method) && (samePath(one.url, url) || isInstanceOf(one.url, url)),
    );
    if (!overview && isKnown) return this.#namedAgain(lines);
    const heading = this.#trail.last;
    const own = !overview && heading !== undefined && heading.index > this.#usedTitle;
    const caption = this.#naming.caption(at.index);
    const from = own && caption === undefined ? heading.index : at.index;
    const said = this.#naming.takeAbout();
    const name = title || caption || this.#trail.title || said.title;
    const about = overview ? [] : said.about;
    const tags = this.#trail.tags(own && caption === undefined);
    const common = {
      url,
      otherUrls,
      title: name,
      about,
      tags,
      line: at.line,
      lines,
      from,
      to: at.index,
      overview,
    };
    const drafts = methods.map((method): SectionDraft => ({ ...common, method }));
    this.#all.push(...drafts);
    if (overview) return;
    this.end(from);
    this.#open = drafts;
    this.#openLevel = heading?.level ?? 0;
    this.#usedTitle = heading?.index ?? -1;
  }

  #namedAgain(lines: readonly number[]): void {
    for (const one of this.#open) if (one.lines.length < maxLines) one.lines = [...one.lines, ...lines];
  }

  /** A base path that is said behind operations: of those from a block on. */
  putUnderBase(from: number): void {
    for (const one of this.#all) if (one.from >= from) one.url = this.#trail.underSaidBase(one.url);
  }

  /** The operation that is open goes by other methods too. */
  alsoBy(methods: readonly string[], line: number): void {
    const [first] = this.#open;
    const fresh = methods.filter((method) => !this.#open.some((one) => one.method === method));
    if (first === undefined) return;
    const drafts = fresh.map(
      (method): SectionDraft => ({ ...first, method, line, lines: [...first.lines, line] }),
    );
    this.#all.push(...drafts);
    this.#open.push(...drafts);
  }

  /** The operation that is open stands on other hosts too. */
  alsoAt(urls: readonly NamedUrl[]): void {
    for (const one of this.#open) one.otherUrls = joined(one.otherUrls, urls);
  }

  end(index: number): void {
    for (const draft of this.#open) draft.to = Math.max(draft.from, index);
    this.#open = [];
    this.#openLevel = 0;
  }
}

/** `/policies/123` in the section of `/policies/{id}`: the same one, called. A value has a digit, a resource's name has none. */
function isInstanceOf(template: string, url: string): boolean {
  const match = matchTail(splitUrl(template).path, splitUrl(url).path);
  const values = Object.values(match?.values ?? {});
  return values.length > 0 && values.every((value) => /\d|^\{/.test(value));
}
