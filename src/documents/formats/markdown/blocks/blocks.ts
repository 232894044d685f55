import type { Block } from './block.ts';
import { gitbookBlocks } from './gitbook.ts';
import { htmlBlocks, plainInline, rowCells, startsHtml } from './html.ts';

/** A line that is bold as a whole is read as a heading below all real ones. */
export const boldLevel = 7;

/**
 * Reads Markdown line by line, in time proportional to its length, and as leniently as real documents need: headings
 * without a space after the hashes, fences and tables at any indentation, tables right below a paragraph, with empty
 * lines between rows or without a delimiter row.
 *
 * A CommonMark parser was measured at 250 KB/s, with the nesting of lists deciding over what is code.
 */
export function markdownBlocks(text: string): Block[] {
  const scanner = new Scanner(text.replace(/\r\n?/g, '\n').split('\n'));
  return scanner.read();
}

const fence = /^\s*(?:(?:[-*+]|\d{1,3}[.)])\s+)?(`{3,}|~{3,})\s*([^`\s]*)/;
const hashes = /^ {0,3}(#{1,6})(?:[ \t]+(.*)|([^#\s].*))?$/;
/** `* ### Title`: what stands before the hashes. */
const listedHeading = /^\s*[-*+][ \t]+(?=#{1,6}[ \t]+\S)/;
const listItem = /^\s*(?:[-*+•·●]|\d{1,3}[.)])[ \t]+(.*)$/;
/** Beyond this a line is no prose; code is read whole. */
const maxLineChars = 5000;
const maxHtmlLines = 20_000;
const maxTagLines = 20;
const maxJsonLines = 1000;
const maxOpenBrackets = 200;
const maxGluedLines = 100;
/** An empty line, a quote or a fence: Markdown goes on right below a tag. */
const endsHtml = /^\s*(?:$|>\s|`{3}|#{1,6}\s)/;
/** What is struck through holds no longer. */
const struckLine = /^\s*~~[^~]+~~\s*(?:[（(][^（()）]*[)）])?\s*$/;
const rule = /^\s*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
/** An address in bold is what its label above names, and no heading. */
const addressAlone = /^\s*(?:https?:\/\/|\/)[^\s\u4e00-\u9fff]+\s*$/;
const boldLine = /^(?:\*\*([^*]+)\*\*|__([^_]+)__)\s*$/;

class Scanner {
  readonly #lines: readonly string[];
  readonly #blocks: Block[] = [];
  #at = 0;
  #inList = false;
  /** Lone brackets that were never closed. */
  #openBrackets = 0;
  /** What has been looked for to the end in vain: it is not looked for again. */
  readonly #unclosed = new Set<string>();

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  read(): Block[] {
    // A document that was copied with the fence around it: what stands inside is the document.
    if (/^\s*(?:`{3,}|~{3,})\s*(?:markdown|md)\s*$/i.test(this.#lines[0] ?? '')) this.#at = 1;
    this.#frontMatter();
    while (this.#at < this.#lines.length) this.#step();
    return this.#blocks;
  }

  #line(offset = 0): string {
    return (this.#lines[this.#at + offset] ?? '')
      .slice(0, maxLineChars)
      .replace(/^(?:\s{0,3}>[ \t]?){1,20}/, '');
  }

  #frontMatter(): void {
    const start = this.#at;
    if (this.#lines[start]?.trimEnd() !== '---') return;
    const end = this.#lines
      .slice(0, start + 200)
      .findIndex((line, index) => index > start && line.trimEnd() === '---');
    if (end < 0) return;
    const title = this.#lines
      .slice(start + 1, end)
      .map((line) => /^title:\s*["']?(.+?)["']?\s*$/.exec(line)?.[1]);
    const text = title.find((one) => one !== undefined);
    if (text !== undefined) this.#push({ kind: 'heading', level: 1, text, line: 1 });
    this.#at = end + 1;
  }

  #step(): void {
    const line = this.#line();
    if (line.trim() === '') this.#at++;
    else if (isFence(line)) this.#fenced(line);
    else if (this.#isTable(line)) this.#table();
    else if (hashes.test(line)) this.#hashHeading(line);
    else if (listedHeading.test(line)) this.#hashHeading(line.replace(listedHeading, ''), true);
    else if (/^\s*\{%-?\s*[a-z]/.test(line)) this.#gitbook();
    else if (this.#isIndentedCode(line)) this.#indentedCode();
    else if (/^\s*(?:\{|\[|\[\{)\s*$/.test(line) && this.#bareJson(line)) return;
    else if (startsHtml(line)) this.#html();
    else if (rule.test(line) || struckLine.test(line) || /^\s*\[[^\]]+\]:\s*\S+/.test(line)) this.#at++;
    else this.#text(line);
  }

  #fenced(open: string): void {
    const [, marks = '```', language = ''] = fence.exec(open) ?? [];
    const start = this.#at + 1;
    const glued = this.#gluedClose(start, marks);
    if (glued !== undefined) {
      const text = this.#code(start, glued + 1)
        .trimEnd()
        .slice(0, -marks.length);
      this.#push({ kind: 'code', language: language.toLowerCase(), text, line: start + 1 });
      this.#at = glued + 1;
      return;
    }
    const close = this.#find(start, marks, (line) => {
      const bare = line.trim().replace(/^>\s*/, '');
      return bare.length >= marks.length && bare === (marks[0] ?? '`').repeat(bare.length);
    });
    let end = close;
    if (close < 0) {
      // Never closed: it ends where the next section begins, so that the rest of the document is not lost.
      for (end = start; end < this.#lines.length && !/^#{1,6} \S/.test(this.#lines[end] ?? ''); ) end++;
    }
    const text = this.#code(start, end);
    this.#push({ kind: 'code', language: language.toLowerCase(), text, line: start + 1 });
    this.#at = close < 0 ? end : end + 1;
  }

  /** A fence that closes behind the last line of its code, when a heading comes before it would close otherwise. */
  #gluedClose(from: number, marks: string): number | undefined {
    let glued: number | undefined;
    for (let at = from; at < Math.min(this.#lines.length, from + maxGluedLines); at++) {
      const line = (this.#lines[at] ?? '').trim();
      if (line.startsWith(marks)) return undefined;
      if (glued === undefined && line.endsWith(marks)) glued = at;
      else if (glued !== undefined && /^#{2,6} \S/.test(line)) return glued;
    }
    return undefined;
  }

  #find(from: number, what: string, fits: (line: string) => boolean): number {
    if (this.#unclosed.has(what)) return -1;
    for (let at = from; at < this.#lines.length; at++) if (fits(this.#lines[at] ?? '')) return at;
    this.#unclosed.add(what);
    return -1;
  }

  /** The lines without the indentation that they share. */
  #code(from: number, to: number): string {
    const lines = this.#lines.slice(from, to).map((line) => line.replace(/^\s{0,3}>[ \t]?/, ''));
    const indents = lines
      .filter((line) => line.trim() !== '')
      .map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
    const common = indents.reduce((least, indent) => Math.min(least, indent), 100);
    return lines.map((line) => line.slice(Math.min(common, line.length))).join('\n');
  }

  /** A sample that nobody fenced: from a lone bracket to its lone counterpart at the same indentation, or at none. */
  #bareJson(open: string): boolean {
    if (this.#openBrackets > maxOpenBrackets) return false;
    const indent = /^\s*/.exec(open)?.[0] ?? '';
    const close = open.trim().startsWith('{') ? '}' : ']';
    for (let end = this.#at + 1; end < Math.min(this.#lines.length, this.#at + maxJsonLines); end++) {
      const line = this.#lines[end] ?? '';
      if ([`${indent}${close}`, `${indent}}${close}`, close].includes(line.trimEnd())) {
        this.#push({ kind: 'code', language: '', text: this.#code(this.#at, end + 1), line: this.#at + 1 });
        this.#at = end + 1;
        return true;
      }
      if (/^#{1,6} /.test(line)) break;
    }
    this.#openBrackets++;
    return false;
  }

  #isTable(line: string): boolean {
    if (!mayBeRow(line)) return false;
    const next = this.#line(1);
    if (isDelimiter(next)) return true;
    return isRow(line) && (isRow(next) || (next.trim() === '' && isRow(this.#line(2))));
  }

  #table(): void {
    const line = this.#at + 1;
    const piped = isRow(this.#line());
    const rows: string[][] = [];
    const lines: number[] = [];
    for (; this.#at < this.#lines.length; this.#at++) {
      const text = this.#line();
      if (text.trim() === '') {
        if (piped && isRow(this.#line(1)) && !isDelimiter(this.#line(2))) continue;
        break;
      }
      if (!mayBeRow(text)) break;
      if (isDelimiter(text)) continue;
      rows.push(rowCells(text.replace(/^\s*[-*+]\s+(?=\|)/, '')));
      lines.push(this.#at + 1);
    }
    this.#push({ kind: 'table', rows, lines, line });
  }

  #hashHeading(line: string, inList = false): void {
    const [, marks = '#', spaced, glued] = hashes.exec(line) ?? [];
    const text = plainInline((spaced ?? glued ?? '').replace(/[ \t]+#+[ \t]*$|#+$/, ''))
      .replaceAll('\n', ' ')
      .trim();
    if (text !== '') this.#push({ kind: 'heading', level: marks.length, text, line: this.#at + 1 });
    this.#inList = inList;
    this.#at++;
  }

  #gitbook(): void {
    const start = this.#at;
    const lines = this.#lines.slice(start, start + maxTagLines);
    const last = lines.findIndex((line) => line.includes('%}'));
    const tags = lines
      .slice(0, last + 1)
      .join(' ')
      .matchAll(/\{%.*?%\}/g);
    for (const [tag] of tags) this.#blocks.push(...gitbookBlocks(tag, start + 1));
    this.#at += Math.max(1, last + 1);
  }

  #isIndentedCode(line: string): boolean {
    if (!/^(?: {4}|\t)/.test(line) || this.#inList || listItem.test(line)) return false;
    return this.#at === 0 || this.#line(-1).trim() === '';
  }

  #indentedCode(): void {
    const start = this.#at;
    let end = start;
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line();
      if (/^(?: {4}|\t)/.test(line)) end = this.#at + 1;
      else if (line.trim() !== '') break;
    }
    this.#at = end;
    this.#push({ kind: 'code', language: '', text: this.#code(start, end), line: start + 1 });
  }

  #html(): void {
    const start = this.#at;
    const first = this.#line().trim();
    const close = /^<(?:table|pre|script|style)\b/i.exec(first) ?? /^<!--/.exec(first);
    const marker =
      close === null ? undefined : close[0] === '<!--' ? '-->' : `</${close[0].slice(1).toLowerCase()}`;
    let end = start + 1;
    if (marker === undefined) {
      while (end < this.#lines.length && end - start < maxHtmlLines && !endsHtml.test(this.#lines[end] ?? ''))
        end++;
    } else {
      // An HTML block that is never closed is only its first line.
      const found = this.#find(start, marker, (line) => line.toLowerCase().includes(marker));
      if (found >= 0) end = found + 1;
    }
    for (const block of htmlBlocks(this.#lines.slice(start, end).join('\n'), start + 1)) this.#push(block);
    this.#at = end;
  }

  #text(line: string): void {
    const item = listItem.exec(line);
    const previous = this.#at === 0 ? '' : this.#line(-1).trim();
    const next = this.#line(1).trim();
    if (item !== null) this.#inList = true;
    else if (previous === '' && !/^\s/.test(line)) this.#inList = false;
    const under = /^\s*(=+|-+)\s*$/.exec(this.#line(1));
    if (item === null && under !== null && (under[1]?.length ?? 0) >= 2 && previous === '') {
      this.#push({
        kind: 'heading',
        level: under[1]?.startsWith('=') === true ? 1 : 2,
        text: plainInline(line).trim(),
        line: this.#at + 1,
      });
      this.#at += 2;
      return;
    }
    const bold = item === null && (previous === '' || !this.#afterText()) ? boldLine.exec(line.trim()) : null;
    const words = bold?.[1] ?? bold?.[2];
    if (
      words !== undefined &&
      !/[:：]\s*$/.test(words) &&
      !addressAlone.test(words) &&
      (next === '' || isFence(next) || next.startsWith('|'))
    ) {
      this.#push({ kind: 'heading', level: boldLevel, text: plainInline(words).trim(), line: this.#at + 1 });
    } else this.#textLines(item?.[1] ?? line, item !== null || (this.#inList && /^\s/.test(line)));
    this.#at++;
  }

  #afterText(): boolean {
    return this.#blocks.at(-1)?.kind === 'text' && this.#line(-1).trim() !== '';
  }

  #textLines(source: string, item: boolean): void {
    for (const text of plainInline(source.trim()).split('\n')) {
      if (text.trim() !== '') this.#push({ kind: 'text', text: text.trim(), line: this.#at + 1, item });
    }
  }

  #push(block: Block): void {
    this.#blocks.push(block);
  }
}

/** What ends a table does not begin one either. */
function mayBeRow(line: string): boolean {
  return line.includes('|') && !isFence(line) && (isRow(line) || !hashes.test(line));
}

function isFence(line: string): boolean {
  const open = fence.exec(line);
  return open !== null && !(open[1]?.startsWith('`') === true && line.slice(open[0].length).includes('`'));
}

/** `|---|:--:|`, also with fewer columns than the header. */
function isDelimiter(line: string): boolean {
  if (!line.includes('-') || !line.includes('|')) return false;
  return line.split('|').every((cell) => /^:?-*:?$/.test(cell.trim()));
}

function isRow(line: string): boolean {
  return /^\s*(?:[-*+]\s+)?\|.*\|\s*$/.test(line);
}
