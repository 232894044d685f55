import { groupBy } from '../../../../lib/group-by.ts';
import type { Block } from '../blocks/block.ts';
import { baseSaidIn } from './base.ts';
import { boldLevel } from '../blocks/blocks.ts';
import { Drafts, Naming } from './drafts.ts';
import { isAbout, type Label, labelOf, type Role } from './labels.ts';
import {
  codeLabels,
  codeSignatures,
  callInAnyCase,
  type LabelledCall,
  labelledCall,
  methodsIn,
  type NamedUrl,
  reversedSignature,
  type Signature,
  signaturesIn,
  urlIn,
  urlsIn,
} from './signatures.ts';
import { isExample, joined, nothingYet, type Outline, type SectionPosition } from './section.ts';
import { keyValueRows, operationRows, serverRows } from '../fields/tables.ts';
import {
  commonMethodIn,
  headingLabel,
  headingSignatures,
  hostAlone,
  isOnlyUrl,
  isOnlyYourHost,
  isSpecification,
  isStatement,
  onlyMethods,
  onlyPath,
  namedUrls,
  samePath,
  titleIn,
  urlAlone,
} from './titles.ts';
import { splitUrl } from '../../shared/url-template.ts';
import { Trail } from './trail.ts';

/** Finds the operations of a document: a single pass over its blocks, as a reader would go. */
export function outlineOf(blocks: readonly Block[]): Outline {
  const outliner = new Outliner();
  for (const [index, block] of blocks.entries())
    outliner.take(block, { index, line: block.line, next: blocks[index + 1] });
  return outliner.finish(blocks.length);
}

/** Of a URL that nobody has labelled. */
const urlLabel: Label = { role: 'url', words: 'url', value: '' };

/** `GET /a、POST /a、GET /b`: one path by two methods, and another one. */
function byPath(signatures: readonly Signature[]): Pick<Signature, 'methods' | 'url'>[] {
  const groups = groupBy(signatures, ({ url }) => url);
  return [...groups].map(([url, group]) => ({ url, methods: group.flatMap(({ methods }) => methods) }));
}

/** Of a method that nobody has labelled: its path is the next line. */
function methodLabel(): Label {
  return { role: 'method', words: 'method', value: '' };
}

function pathOf(text: string): string | undefined {
  return urlAlone(text) ?? onlyPath(text);
}

const asAbove = /^[（(]?(?:同上|与上[面一文]|same as (?:above|before))/i;

function isAsAbove(text: string): boolean {
  return asAbove.test(text.replace(/^[\s`*]+/, ''));
}

function saysAsAbove(text: string): boolean {
  return text.length < 100 && /其[余他它][^，。]{0,4}(?:同上|与上)|rest as above/i.test(text);
}

/** `访问地址：http://host/api` in front of all operations: where they are, rather than a page for people. */
function isBase(url: string): boolean {
  const { base, path } = splitUrl(url);
  return /^https?:/.test(base) && /^\/$|\/(?:[\w-]*api|v\d+|rest|gateway|services?)\/?$/i.test(path);
}

class Outliner {
  readonly #bases: NamedUrl[] = [];
  readonly #trail = new Trail();
  readonly #naming = new Naming();
  readonly #drafts = new Drafts(this.#trail, this.#naming);
  #documentTitle: string | undefined;
  #half = nothingYet;
  #role: Role | undefined;
  /** The nearest heading, be it a label of the operation above. */
  #part = { text: '', level: 0 };
  /** A label whose value has not come yet. */
  #awaiting: Label | undefined;
  /** The label that gave the last operation its method: more methods may follow it. */
  #methodLabel: Label | undefined;
  /** Addresses that are lines of their own, whose method may follow: a path right below the heading, or URLs. */
  #alone: readonly NamedUrl[] = [];
  /** "The rest as above": what the section does not say of method and path is that of the operation before. */
  #asAbove = false;
  /** Whether an example has stood below the last label. */
  #hasShown = false;
  /** "All interfaces are called by POST." */
  #commonMethod: string | undefined;

  take(block: Block, at: SectionPosition): void {
    switch (block.kind) {
      case 'heading':
        return this.#heading(block.text, block.level, at);
      case 'text':
        return this.#text(block.text, block.item, at);
      case 'code':
        return this.#code(block.language, block.text, at);
      case 'table':
        return this.#table(block, at);
    }
  }

  finish(end: number): Outline {
    this.#close({ index: end, line: 0 });
    return {
      sections: this.#drafts.all,
      bases: this.#bases,
      title: this.#documentTitle,
      basePaths: this.#trail.basePaths,
    };
  }

  #heading(text: string, level: number, at: SectionPosition): void {
    this.#part = { text, level };
    // A value in bold: `**POST**` below "请求方式".
    if (this.#awaiting?.role === 'method' && level === boldLevel && onlyMethods(text).length > 0)
      return void this.#method(this.#awaiting, text, at);
    const path = this.#trail.pathHeading?.path;
    const methods = path === undefined ? [] : onlyMethods(text);
    if (path !== undefined && methods.length > 0) {
      this.#close(at);
      this.#naming.forget();
      this.#trail.enter(text, level, at.index);
      return this.#drafts.declare({ methods, url: path }, at);
    }
    const found = headingSignatures(text);
    const sibling = this.#drafts.isOpen && level <= this.#drafts.level;
    const label = found.length > 0 ? undefined : headingLabel(text, at.next, sibling);
    if (label === undefined) this.#documentTitle ??= text.replaceAll('`', '');
    if (label !== undefined) {
      if (level < this.#drafts.level) this.#close(at);
      return this.#label(label, false, at);
    }
    if (level <= this.#drafts.level || !this.#drafts.isOpen || found.length > 0) this.#close(at);
    this.#role = undefined;
    this.#awaiting = undefined;
    this.#naming.forget();
    this.#alone = [];
    this.#asAbove = false;
    this.#trail.enter(text, level, at.index);
    for (const signature of found) this.#drafts.declare(signature, at, { title: titleIn(text, signature) });
  }

  #text(text: string, item: boolean, at: SectionPosition): void {
    this.#asAbove ||= saysAsAbove(text);
    const label = labelOf(text);
    if (label?.role !== 'base' && this.#saidBase(text) && label?.role === 'url') return;
    const call = labelledCall(text);
    if (call !== undefined && !isExample(this.#role)) return this.#labelledCall(call, item, at);
    if (label !== undefined) return this.#label(label, item, at);
    const called = /^[\s`*]*(get|post|put|delete|patch)[\s`*]*[:：][^/]*$/i.exec(text)?.[1];
    if (called !== undefined && this.#half.url !== undefined && this.#half.methods === undefined) {
      this.#method(urlLabel, called, at);
      return;
    }
    if (onlyMethods(text).length > 0 && at.next?.kind === 'text' && pathOf(at.next.text) !== undefined) {
      this.#method(methodLabel(), text, at);
      return;
    }
    const signature = signaturesIn(text, callInAnyCase.test(text))[0] ?? reversedSignature(text);
    const stated = signature !== undefined && isStatement(text, signature);
    const title = stated ? titleIn(text, signature) : '';
    const awaiting = this.#awaiting;
    // `- GET /health: whether it lives` below "API Endpoints" is a line of an overview.
    const isAnswer = !(item && title !== '') && (awaiting?.role !== 'request' || stated);
    if (awaiting !== undefined && isAnswer && this.#value(awaiting, text, at)) return;
    // A remark between the label and its URL.
    const { next } = at;
    const isRemark = item && awaiting?.role === 'url' && next?.kind === 'text' && !next.item;
    this.#awaiting = isRemark && isOnlyUrl(next.text) ? awaiting : undefined;
    this.#commonMethod ??= commonMethodIn(text);
    if (this.#standsAlone(text, at)) return;
    if (!stated) this.#naming.line(text, item, at.index);
    if (!stated || this.#trail.tellsHistory || (isExample(this.#role) && !(item && this.#hasShown))) return;
    this.#role = undefined;
    this.#drafts.declare(signature, at, { title, overview: item });
  }

  #labelledCall({ title, ...call }: LabelledCall, item: boolean, at: SectionPosition): void {
    this.#awaiting = undefined;
    this.#half = nothingYet;
    this.#drafts.declare(call, at, { title: titleIn(title, undefined), overview: item && title !== '' });
  }

  /** An address that is a line of its own completes the method above it, or waits for the one below it. */
  #standsAlone(text: string, at: SectionPosition): boolean {
    const isBelow = at.index === (this.#trail.last?.index ?? -2) + 1 || this.#half.methods !== undefined;
    const below = isBelow ? onlyPath(text) : undefined;
    const url = below ?? urlAlone(text);
    if (url === undefined || isExample(this.#role) || this.#half.url !== undefined) return false;
    if (this.#half.methods !== undefined) return this.#url(urlLabel, url, at);
    this.#alone = joined(this.#alone, [{ url }]);
    return below === undefined;
  }

  #code(language: string, text: string, at: SectionPosition): void {
    const awaiting = this.#awaiting;
    this.#awaiting = undefined;
    const [first = ''] = text.trim().split('\n', 1);
    if (awaiting !== undefined && this.#value(awaiting, first, at)) return;
    if (this.#half.methods !== undefined && isOnlyUrl(text) && this.#url(urlLabel, first, at)) return;
    this.#hasShown = true;
    const found = codeSignatures(language, text);
    if (isExample(this.#role)) return;
    for (const { signature, line } of found) {
      this.#drafts.declare(signature, { ...at, line: at.line + line }, { overview: found.length > 1 });
    }
    const labels = found.length > 0 ? [] : codeLabels(language, text);
    for (const { label, line } of labels) this.#label(label, false, { ...at, line: at.line + line });
  }

  #table({ rows, lines }: Extract<Block, { readonly kind: 'table' }>, at: SectionPosition): void {
    const rowAt = (row: number): SectionPosition => ({ ...at, line: lines[row] ?? at.line });
    const operations = operationRows(rows, this.#trail.hasSaidBase);
    for (const { methods, url, title, row } of operations) {
      const place = rowAt(row);
      const overview = operations.length > 1;
      this.#drafts.declare({ methods, url: this.#trail.underBase(url) }, place, { title, overview });
    }
    const awaiting = this.#awaiting;
    this.#awaiting = undefined;
    if (operations.length > 0) return;
    const isServers = awaiting?.role === 'url' || awaiting?.role === 'base';
    if (isServers) for (const server of serverRows(rows)) this.#bases.push(server);
    for (const { name, value, row } of keyValueRows(rows)) {
      const label = labelOf(`${name}: ${value}`);
      if (label?.role === 'base' && !isServers) this.#base(label, label.value);
      else if (this.#saidBase(value)) continue;
      else if (label?.role === 'method' || label?.role === 'url') this.#label(label, false, rowAt(row));
      else if (label !== undefined && isAbout(label)) this.#naming.label(label);
    }
    this.#awaiting = undefined;
  }

  #label(label: Label, item: boolean, at: SectionPosition): void {
    // `- Response: 200 OK` says all that it has to say.
    const isOver = item && label.value !== '' && isExample(label.role);
    this.#role = isOver ? undefined : label.role;
    this.#hasShown = false;
    this.#naming.label(label);
    // `- URL: https://…` below "Servers".
    const isServer =
      label.role === 'url' && this.#awaiting?.role === 'base' && /^[`\s]*https?:/.test(label.value);
    if (isServer && this.#base(label, label.value)) return;
    this.#awaiting = undefined;
    if (['method', 'url', 'request', 'base'].includes(label.role)) {
      if (label.value === '' || !this.#value(label, label.value, at)) this.#awaiting = label;
    } else if (item && !isExample(label.role)) {
      const [signature] = signaturesIn(label.value, false);
      if (signature !== undefined)
        this.#drafts.declare(signature, at, { title: label.words, overview: true });
    }
  }

  /** A method, a URL, or both after their label; `false` when the text holds neither. */
  #value(label: Label, text: string, at: SectionPosition): boolean {
    if (label.role === 'base') return this.#base(label, text);
    if (isAsAbove(text) && this.#takeFromAbove(label, at)) return true;
    const [signature] = signaturesIn(text, true);
    if (signature !== undefined && (label.role !== 'method' || signature.url.length > 1)) {
      for (const { methods, url } of label.role === 'request'
        ? [signature]
        : byPath(signaturesIn(text, true)))
        this.#drafts.declare({ methods, url: this.#trail.underBase(url) }, at, {});
      return true;
    }
    if (label.role === 'method') return this.#method(label, text, at);
    if (label.role !== 'url') return false;
    const reversed = reversedSignature(text);
    if (reversed !== undefined) {
      const { methods, url } = reversed;
      this.#drafts.declare({ methods, url: this.#trail.underBase(url) }, at, {});
      return true;
    }
    // `请求地址及方式`: the URL in one line, `http post` in the next.
    return this.#url(label, text, at) || (text.length <= 20 && this.#method(label, text, at));
  }

  /** `请求地址：同上`. */
  #takeFromAbove({ role }: Label, at: SectionPosition): boolean {
    const above = this.#drafts.last;
    if (above === undefined || (role !== 'url' && role !== 'method')) return false;
    if (role === 'method') return this.#method(urlLabel, above.methods.join('/'), at);
    return this.#url(urlLabel, above.url, at);
  }

  #base(label: Label, text: string): boolean {
    const host = hostAlone.exec(text)?.[1];
    const url = host === undefined ? urlIn(text, false) : `http://${host}`;
    if (url === undefined) return false;
    if (/^https?:/.test(url)) this.#bases.push({ name: label.words, url });
    else this.#trail.setBase(url);
    return true;
  }

  /** "All interfaces begin with /api", in a sentence. */
  #saidBase(text: string): boolean {
    const said = baseSaidIn(text, this.#trail.last?.text ?? '');
    if (said === undefined) return false;
    const isFirst = this.#trail.basePaths.length === 0;
    if (!said.base.startsWith('/')) this.#bases.push({ url: said.base });
    else this.#trail.setBase(said.base, said.except);
    const from = isFirst ? this.#trail.chapterBefore(this.#part) : undefined;
    if (from !== undefined && said.base.startsWith('/')) this.#drafts.putUnderBase(from);
    return true;
  }

  #method(label: Label, text: string, at: SectionPosition): boolean {
    // `get *应该换成 delete*`: what it ought to be it is not.
    const methods = methodsIn(
      text.replace(/\p{Script=Han}*(?:应该?|建议|以后|将)\p{Script=Han}*[改换替].*$/u, ''),
    );
    if (methods.length === 0) return false;
    const { url, others, methods: known } = this.#half;
    this.#awaiting = label;
    // `- GET` and below it `- POST`: both.
    const more = this.#methodLabel === label && text.replace(/[`\s-]/g, '').length <= 8;
    this.#methodLabel = label;
    if (more && known !== undefined)
      this.#half = { ...this.#half, methods: [...new Set([...known, ...methods])] };
    else if (more) this.#drafts.alsoBy(methods, at.line);
    else if (url === undefined && this.#alone.length > 0) {
      for (const one of this.#alone) this.#complete(methods, one.url, others, at);
      this.#alone = [];
    } else if (url === undefined) this.#half = { methods, others: [], line: at.line };
    else this.#complete(methods, url, others, at);
    return true;
  }

  #url(label: Label, text: string, at: SectionPosition): boolean {
    const urls = namedUrls(text, !/^(?:api|接口|location)$/i.test(label.words));
    const [first] = urls;
    if (first === undefined || isOnlyYourHost(first.url) || isSpecification(first.url)) return false;
    this.#awaiting = label;
    const { methods, url: known } = this.#half;
    const more = urlsIn(text, false).filter((one) => !samePath(one, first.url));
    if (known !== undefined && samePath(known, first.url)) {
      this.#half = { ...this.#half, others: joined(this.#half.others, urls) };
    } else if (methods === undefined && this.#drafts.isOpenAt(first.url)) {
      this.#drafts.alsoAt(urls);
      // With a method of its own behind it, it is another operation.
      this.#half = { url: first.url, others: urls, line: at.line, again: true };
    } else if (methods !== undefined) {
      this.#half = { ...this.#half, above: more };
      this.#complete(methods, first.url, urls, at);
    } else {
      const { above = [], again, line } = this.#half;
      const isBelow = known !== undefined && again !== true && at.line - line === 1;
      this.#half = {
        url: first.url,
        others: urls,
        line: at.line,
        above: joined(isBelow ? [...above, known] : [], more),
      };
    }
    return true;
  }

  #complete(
    methods: readonly string[],
    url: string,
    otherUrls: readonly NamedUrl[],
    at: SectionPosition,
  ): void {
    const { line, above = [] } = this.#half;
    this.#half = nothingYet;
    for (const one of above) this.#drafts.declare({ methods, url: this.#trail.underBase(one) }, at, {});
    this.#drafts.declare({ methods, url: this.#trail.underBase(url) }, at, { otherUrls, line });
  }

  /** Ends the current section; a method without a path takes the path that its heading is. */
  #close(at: SectionPosition): void {
    const above = this.#asAbove ? this.#drafts.last : undefined;
    const { methods = above?.methods, url = above?.url, others, line } = this.#half;
    const isHalf = this.#half !== nothingYet && this.#half.again !== true;
    const heading = this.#trail.pathHeading;
    this.#half = nothingYet;
    if (isHalf && methods !== undefined && heading?.path !== undefined) {
      this.#drafts.declare({ methods, url: heading.path }, { index: heading.index, line }, {});
    } else if (isHalf && url !== undefined && methods === undefined && this.#commonMethod !== undefined) {
      this.#complete([this.#commonMethod], url, others, { ...at, line });
    } else if (isHalf && methods !== undefined && url !== undefined) {
      this.#complete(methods, url, others, { ...at, line });
    } else if (isHalf && url !== undefined && this.#drafts.last === undefined && isBase(url)) {
      this.#bases.push({ url });
    }
    this.#drafts.end(at.index);
    this.#role = undefined;
    this.#awaiting = undefined;
  }
}
