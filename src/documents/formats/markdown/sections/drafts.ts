import { joined, type SectionDraft, type SectionPosition, type Section } from './section.ts';
import type { NamedUrl, Signature } from './signatures.ts';
import { areTwo, samePath, titleIn } from './titles.ts';
import type { Trail } from './trail.ts';
import { matchTail, splitUrl } from '../../shared/url-template.ts';
import type { Label } from './labels.ts';
import { isAbout } from './labels.ts';

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
    return this.#open.some((one) => samePath(one.url, url) && !areTwo(one.url, url));
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
      (one) =>
        methods.includes(one.method) &&
        (samePath(one.url, url) || isInstanceOf(one.url, url)) &&
        !areTwo(one.url, url),
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

/** How far below its caption an operation may stand, in blocks. */
const reach = 2;
const maxCaption = 60;
const maxProse = 2;
/** `功能：发送验证码`, which is no label to others: paths have functions as well. */
const aboutIn = /^[\s*]*(?:功能|作用|用途)[\s*]*[:：][\s*]*(\S.*)$/;

/** What could be the next operation's title besides a heading: a line of a list, a description. */
export class Naming {
  #caption: { readonly text: string; readonly index: number } | undefined;
  /** What labels say that it does; the last is empty while only its label has been seen. */
  #about: readonly string[] = [];
  /** What stands right below the heading. */
  #prose: readonly string[] = [];
  #isBelowHeading = true;

  /** `1. **Add a train**` is a caption; a status code in a list, or a sentence with an address, is none. */
  line(text: string, item: boolean, index: number): void {
    const own = aboutIn.exec(text)?.[1];
    if (this.#about.at(-1) === '') this.#about = [...this.#about.slice(0, -1), text];
    else if (own !== undefined) this.#about = [...this.#about, own];
    else if (this.#isBelowHeading && !item && this.#prose.length < maxProse)
      this.#prose = [...this.#prose, text];
    if (item && !/^[`\s]*[1-5]\d\d\b|:\/\//.test(text))
      this.#caption = { text: titleIn(text, undefined), index };
  }

  label(label: Label): void {
    this.#isBelowHeading = false;
    if (isAbout(label)) this.#about = [...this.#about, label.value];
  }

  caption(index: number): string | undefined {
    const caption = this.#caption;
    return caption !== undefined && index - caption.index <= reach && caption.text.length <= maxCaption
      ? caption.text
      : undefined;
  }

  /** What has been said of one operation, and what of it may be its title. */
  takeAbout(): { readonly title: string; readonly about: readonly string[] } {
    const about = [...this.#prose, ...this.#about];
    const title = titleIn(this.#about.at(-1) ?? '', undefined);
    this.#settle(false);
    return { title, about };
  }

  forget(): void {
    this.#caption = undefined;
    this.#settle(true);
  }

  #settle(isBelowHeading: boolean): void {
    this.#about = [];
    this.#prose = [];
    this.#isBelowHeading = isBelowHeading;
  }
}
