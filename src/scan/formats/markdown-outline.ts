import { type Block, boldLevel } from './markdown-blocks.ts';
import { type Label, labelOf, type Role } from './markdown-labels.ts';
import {
  codeSignatures,
  methodsIn,
  type NamedUrl,
  type Signature,
  signaturesIn,
  urlIn,
} from './markdown-signatures.ts';
import { keyValueRows, operationRows } from './markdown-tables.ts';
import {
  headingLabel,
  headingPath,
  headingSignatures,
  isStatement,
  namedUrls,
  samePath,
  titleIn,
} from './markdown-titles.ts';

/** An operation that a document names by method and path, and the blocks that describe it. */
export interface Section {
  readonly method: string;
  /** As written, the section's base path in front of it. */
  readonly url: string;
  /** The same path on other hosts: `测试环境：https://…`. */
  readonly otherUrls: readonly NamedUrl[];
  readonly title: string;
  readonly tags: readonly string[];
  readonly line: number;
  /** Blocks from `from` up to, not including, `to`; none for a line of an overview. */
  readonly from: number;
  readonly to: number;
  /** A line of a list or table; a section of its own wins over it. */
  readonly overview: boolean;
}

export interface Outline {
  readonly sections: readonly Section[];
  readonly bases: readonly NamedUrl[];
  readonly title?: string;
  /** Lines that name a path that never gets a method. */
  readonly withoutMethod: readonly number[];
}

type Draft = { -readonly [K in keyof Section]: Section[K] };

const exampleRoles: ReadonlySet<Role | undefined> = new Set<Role>([
  'requestExample',
  'responseExample',
  'response',
  'error',
]);

/** Finds the operations of a document: a single pass over its blocks, as a reader would go. */
export function outlineOf(blocks: readonly Block[]): Outline {
  const outliner = new Outliner();
  for (const [index, block] of blocks.entries()) outliner.take(block, index);
  return outliner.finish(blocks.length);
}

interface Heading {
  readonly level: number;
  readonly text: string;
  readonly index: number;
  /** A path in a heading that has no method: the section's base, or its operation's path. */
  readonly path?: string | undefined;
}

class Outliner {
  readonly #drafts: Draft[] = [];
  readonly #bases: NamedUrl[] = [];
  readonly #withoutMethod: number[] = [];
  #headings: Heading[] = [];
  #documentTitle: string | undefined;
  #basePath: { readonly path: string; readonly level: number } | undefined;
  #current: Draft | undefined;
  #currentLevel = 0;
  #half: { methods?: readonly string[]; url?: string; others: NamedUrl[]; line: number } = {
    others: [],
    line: 0,
  };
  #role: Role | undefined;
  #awaiting: Label | undefined;
  #usedTitle = -1;

  take(block: Block, index: number): void {
    switch (block.kind) {
      case 'heading':
        return this.#heading(block.text, block.level, index, block.line);
      case 'text':
        return this.#text(block.text, block.item, index, block.line);
      case 'code':
        return this.#code(block, index);
      case 'table':
        return this.#table(block.rows, index, block.line);
    }
  }

  finish(end: number): Outline {
    this.#close(end);
    return {
      sections: this.#drafts,
      bases: this.#bases,
      ...(this.#documentTitle === undefined ? {} : { title: this.#documentTitle }),
      withoutMethod: this.#withoutMethod,
    };
  }

  #heading(text: string, level: number, index: number, line: number): void {
    this.#documentTitle ??= text.replaceAll('`', '');
    const found = headingSignatures(text);
    const label = found.length > 0 ? undefined : headingLabel(text);
    if (label !== undefined) {
      if (level < this.#currentLevel) this.#close(index);
      this.#label(label, index, line, false);
      return;
    }
    if (level <= this.#currentLevel || this.#current === undefined || found.length > 0) this.#close(index);
    this.#role = undefined;
    this.#awaiting = undefined;
    this.#headings = [
      ...this.#headings.filter((one) => one.level < level),
      { level, text, index, path: headingPath(text) },
    ];
    if (this.#basePath !== undefined && level <= this.#basePath.level) this.#basePath = undefined;
    for (const signature of found)
      this.#declare(signature, { index, line, title: titleIn(text, signature), overview: false });
  }

  #text(text: string, item: boolean, index: number, line: number): void {
    const label = labelOf(text);
    if (label !== undefined) return this.#label(label, index, line, item);
    const [signature] = signaturesIn(text, false);
    const prose =
      this.#awaiting?.role === 'request' && (signature === undefined || !isStatement(text, signature));
    if (this.#awaiting !== undefined && !prose && this.#value(this.#awaiting, text, index, line)) return;
    this.#awaiting = undefined;
    if (exampleRoles.has(this.#role)) return;
    if (signature === undefined || !isStatement(text, signature)) return;
    this.#declare(signature, { index, line, title: titleIn(text, signature), overview: item });
  }

  #code(block: Block & { kind: 'code' }, index: number): void {
    if (
      this.#awaiting !== undefined &&
      this.#value(this.#awaiting, block.text.trim().split('\n', 1)[0] ?? '', index, block.line)
    ) {
      this.#awaiting = undefined;
      return;
    }
    this.#awaiting = undefined;
    if (exampleRoles.has(this.#role)) return;
    const found = codeSignatures(block.language, block.text);
    for (const { signature, line } of found) {
      this.#declare(signature, { index, line: block.line + line, title: '', overview: found.length > 1 });
    }
  }

  #table(rows: readonly (readonly string[])[], index: number, line: number): void {
    this.#awaiting = undefined;
    for (const row of operationRows(rows)) {
      const url = this.#underBase(row.url);
      this.#declare(
        { methods: row.methods, url, start: 0, end: 0 },
        { index, line: line + row.line, title: row.title, overview: true },
      );
    }
    for (const pair of keyValueRows(rows)) {
      const label = labelOf(`${pair.name}: ${pair.value}`);
      if (label?.role === 'method' || label?.role === 'url') this.#label(label, index, line, false);
    }
    this.#awaiting = undefined;
  }

  #label(label: Label, index: number, line: number, item: boolean): void {
    this.#role = label.role;
    this.#awaiting = undefined;
    if (label.role === 'base') return this.#base(label, line);
    const declares = label.role === 'method' || label.role === 'url' || label.role === 'request';
    if (!declares) {
      const statement =
        label.value === '' || exampleRoles.has(label.role) ? undefined : signaturesIn(label.value, false)[0];
      if (statement !== undefined && item)
        this.#declare(statement, { index, line, title: label.words, overview: true });
      return;
    }
    if (label.value === '' || !this.#value(label, label.value, index, line)) this.#awaiting = label;
  }

  /** A method, a URL, or both after their label; `false` when the text holds neither. */
  #value(label: Label, text: string, index: number, line: number): boolean {
    if (label.role === 'base') return this.#baseValue(label, text);
    const [signature] = signaturesIn(text, true);
    if (signature !== undefined && (label.role !== 'method' || signature.url.length > 1)) {
      this.#declare(signature, { index, line, title: '', overview: false });
      return true;
    }
    if (label.role === 'method') return this.#method(methodsIn(text), index, line);
    if (label.role !== 'url') return false;
    return this.#url(label, text, index, line);
  }

  #method(methods: readonly string[], index: number, line: number): boolean {
    if (methods.length === 0) return false;
    const { url, others } = this.#half;
    this.#half = { methods, others: [], line };
    if (url !== undefined) this.#complete(methods, url, others, index, line);
    return true;
  }

  #url(label: Label, text: string, index: number, line: number): boolean {
    const urls = namedUrls(text, !/^(?:api|接口)$/i.test(label.words));
    const [first, ...others] = urls;
    if (first === undefined) return false;
    const again = this.#current !== undefined && samePath(this.#current.url, first.url);
    if (this.#half.methods === undefined && again && this.#current !== undefined) {
      this.#current.otherUrls = [...this.#current.otherUrls, ...urls];
      return true;
    }
    const known = this.#half.url;
    if (known !== undefined && samePath(known, first.url)) {
      this.#half.others.push(...urls);
      return true;
    }
    if (known !== undefined) this.#withoutMethod.push(this.#half.line);
    const { methods } = this.#half;
    this.#half = {
      ...(methods === undefined ? {} : { methods }),
      url: first.url,
      others: urls.length > 1 ? [first, ...others] : [],
      line,
    };
    if (methods !== undefined) this.#complete(methods, first.url, this.#half.others, index, line);
    this.#awaiting = label;
    return true;
  }

  #complete(
    methods: readonly string[],
    url: string,
    others: readonly NamedUrl[],
    index: number,
    line: number,
  ): void {
    this.#half = { others: [], line };
    this.#declare(
      { methods, url: this.#underBase(url), start: 0, end: 0 },
      { index, line, title: '', overview: false, others },
    );
  }

  #base(label: Label, line: number): void {
    if (label.value === '' || !this.#baseValue(label, label.value))
      this.#awaiting = { ...label, value: String(line) };
  }

  #baseValue(label: Label, text: string): boolean {
    const url = urlIn(text, false);
    if (url === undefined) return false;
    if (/^https?:/.test(url)) this.#bases.push({ name: label.words, url });
    else this.#basePath = { path: url, level: this.#headings.at(-1)?.level ?? 0 };
    return true;
  }

  /** Puts the section's base path in front, unless the path already has it. */
  #underBase(url: string): string {
    const holder = this.#headings.findLast((one) => one.path !== undefined);
    const base = (this.#basePath?.path ?? holder?.path)?.replace(/\/+$/, '');
    if (base === undefined || base === '' || !url.startsWith('/') || samePath(base, url)) return url;
    return url === base || url.startsWith(`${base}/`) ? url : `${base}${url === '/' ? '' : url}`;
  }

  #declare(
    signature: Signature,
    at: { index: number; line: number; title: string; overview: boolean; others?: readonly NamedUrl[] },
  ): void {
    const current = this.#current;
    const repeated =
      current !== undefined &&
      signature.methods.includes(current.method) &&
      samePath(current.url, signature.url);
    if (repeated && !at.overview) return;
    const heading = this.#headings.at(-1);
    if (!at.overview)
      this.#endCurrent(heading !== undefined && heading.index > this.#usedTitle ? heading.index : at.index);
    const fresh = heading !== undefined && heading.index > this.#usedTitle;
    const own = heading === undefined ? '' : titleIn(heading.text, headingSignatures(heading.text)[0]);
    for (const method of signature.methods) {
      const draft: Draft = {
        method,
        url: signature.url,
        otherUrls: at.others ?? [],
        title: at.title === '' ? own : at.title,
        tags: this.#tags(at.overview),
        line: at.line,
        from: at.overview ? at.index : fresh ? heading.index : at.index,
        to: at.overview ? at.index : Number.MAX_SAFE_INTEGER,
        overview: at.overview,
      };
      this.#drafts.push(draft);
      if (!at.overview) {
        this.#current = draft;
        this.#currentLevel = heading?.level ?? 0;
      }
    }
    if (!at.overview) this.#usedTitle = heading?.index ?? -1;
  }

  #tags(overview: boolean): string[] {
    const parents = this.#headings
      .slice(0, overview ? undefined : -1)
      .filter((one) => one.level > 1 && one.level < boldLevel);
    const nearest = parents.at(-1);
    return nearest === undefined ? [] : [titleIn(nearest.text, undefined)];
  }

  #endCurrent(index: number): void {
    for (const draft of this.#drafts)
      if (draft.to === Number.MAX_SAFE_INTEGER) draft.to = Math.max(draft.from, index);
  }

  /** Ends the current section; a method without a path takes the path that its heading is. */
  #close(index: number): void {
    const { methods, url, line } = this.#half;
    const last = this.#headings.at(-1);
    const heading = this.#headings.findLast(
      (one) =>
        one.path !== undefined && (one === last || titleIn(one.text.replace(one.path, ''), undefined) === ''),
    );
    if (methods !== undefined && url === undefined && heading?.path !== undefined) {
      this.#declare(
        { methods, url: heading.path, start: 0, end: 0 },
        { index: heading.index, line, title: '', overview: false },
      );
    } else if (methods === undefined && url !== undefined) this.#withoutMethod.push(line);
    this.#endCurrent(index);
    this.#half = { others: [], line: 0 };
    this.#current = undefined;
    this.#currentLevel = 0;
    this.#role = undefined;
    this.#awaiting = undefined;
  }
}
