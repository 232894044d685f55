import { splitUrl } from '../../shared/url-template.ts';
import { boldLevel } from '../blocks/blocks.ts';
import { headingPath, headingSignatures, isHistory, onlyMethods, samePath, titleIn } from './titles.ts';

export interface Heading {
  readonly level: number;
  readonly text: string;
  /** Of its block. */
  readonly index: number;
  /** A path in a heading that has no method: the section's base, or its operation's path. */
  readonly path: string | undefined;
}

/** A chapter that is about all that follow. */
const conventions =
  /约定|说明|规范|概述|概览|简介|总则|基础|基本|通用|全局|公共|base|overview|introduction|general|conventions?|basics|common|备注|须知|\bnotes?\b/i;

/** The headings above the place where a reader is, and the base path that holds there. */
export class Trail {
  #headings: readonly Heading[] = [];
  #base: { readonly path: string; readonly except: readonly string[]; readonly level: number } | undefined;
  /** All that have been said so far. */
  readonly basePaths: string[] = [];

  get last(): Heading | undefined {
    return this.#headings.at(-1);
  }

  enter(text: string, level: number, index: number): void {
    this.#headings = [
      ...this.#headings.filter((one) => one.level < level),
      { level, text, index, path: headingSignatures(text).length > 0 ? undefined : headingPath(text) },
    ];
    if (this.#base !== undefined && level <= this.#base.level) this.#base = undefined;
  }

  /** @param except Paths that it does not stand in front of. */
  setBase(path: string, except: readonly string[] = []): void {
    this.basePaths.push(path);
    const isForAll = this.last !== undefined && conventions.test(this.last.text);
    this.#base = { path, except, level: isForAll ? 0 : (this.last?.level ?? 0) };
  }

  /**
   * The block with which the chapter begins that ends with a part of this title: what its conventions say is about all before
   * them. `undefined` when the part is about something else.
   */
  chapterBefore({ text, level }: Pick<Heading, 'text' | 'level'>): number | undefined {
    if (!conventions.test(text)) return undefined;
    return this.#headings.findLast((one) => one.level < level)?.index ?? 0;
  }

  get hasSaidBase(): boolean {
    return this.#base !== undefined;
  }

  /** Puts the section's base path in front, unless the path already has it. */
  underBase(url: string): string {
    const holder = this.#headings.findLast((one) => one.path !== undefined);
    return this.#isExcepted(url) ? url : below(this.#base?.path ?? holder?.path, url);
  }

  /** The same where a base path was said in so many words: it holds for whatever is written below it. */
  underSaidBase(url: string): string {
    return this.#isExcepted(url) ? url : below(this.#base?.path, url);
  }

  #isExcepted(url: string): boolean {
    return this.#base?.except.includes(splitUrl(url).path) === true;
  }

  /** The heading that is itself the path of an operation: `## /dm/getConf`. */
  get pathHeading(): Heading | undefined {
    return this.#headings.findLast(
      (one) =>
        one.path !== undefined &&
        (one === this.last || titleIn(one.text.replace(one.path, ''), undefined) === ''),
    );
  }

  /** Below such a heading, methods and paths tell what has become of operations that are described elsewhere. */
  get tellsHistory(): boolean {
    return this.#headings.some((one) => isHistory(one.text));
  }

  /** The words of the nearest heading, without a method and path in it. */
  get title(): string {
    return this.last === undefined || onlyMethods(this.last.text).length > 0
      ? ''
      : titleIn(this.last.text, headingSignatures(this.last.text)[0]);
  }

  /** The heading of the group: the nearest one, or the one above it when that is the operation's own title. */
  tags(ownTitle: boolean): string[] {
    const above = this.#headings.slice(0, ownTitle ? -1 : undefined);
    const nearest = above.findLast((one) => one.level > 1 && one.level < boldLevel);
    return nearest === undefined ? [] : [titleIn(nearest.text, undefined)];
  }
}

function below(path: string | undefined, url: string): string {
  const base = path?.replace(/\/+$/, '');
  if (base === undefined || base === '' || !url.startsWith('/') || samePath(base, url)) return url;
  // `/api/v1/health` below `/api/users` is whole already.
  const isWhole = url.startsWith(`/${base.split('/')[1]}/`) || `${url}/`.includes(`${base}/`);
  return isWhole ? url : `${base}${url === '/' ? '' : url}`;
}
