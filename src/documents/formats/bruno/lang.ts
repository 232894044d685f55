import type { Pair } from '../shared/url-template.ts';

/** One block of a `.bru` file: `get { … }`, `body:json { … }`, `vars:secret [ … ]`. */
export interface BruBlock {
  readonly name: string;
  /** The lines between the braces, without their indentation of two. */
  readonly lines: readonly string[];
  /** Line of the block's head, counted from 1. */
  readonly line: number;
}

const head = /^([a-z][a-z0-9:_-]*)\s*([{[])\s*$/i;

/**
 * The blocks of a Bruno file. A block ends at a brace in the first column: its content is indented, so that bodies
 * and scripts need no parsing of their own.
 */
export function bruBlocks(text: string): BruBlock[] {
  const blocks: BruBlock[] = [];
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  for (let at = 0; at < lines.length; at++) {
    const open = head.exec((lines[at] ?? '').slice(0, 200));
    if (open === null) continue;
    const close = open[2] === '[' ? ']' : '}';
    const start = at + 1;
    for (at = start; at < lines.length && (lines[at] ?? '').trimEnd() !== close; ) at++;
    const content = lines.slice(start, at).map((line) => line.replace(/^ {1,2}|^\t/, ''));
    blocks.push({ name: (open[1] ?? '').toLowerCase(), lines: content, line: start });
  }
  return blocks;
}

/** `key: value` lines; `~key` is disabled, `@name` lines are annotations, `'''` holds several lines. */
export function bruPairs(block: BruBlock | undefined): Pair[] {
  const pairs: Pair[] = [];
  const lines = block?.lines ?? [];
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim();
    if (line.startsWith('@')) {
      if (opensText(line)) at = endOfText(lines, at);
      continue;
    }
    const colon = keyEnd(line);
    if (colon <= 0) continue;
    const disabled = line.startsWith('~');
    const name = line
      .slice(disabled ? 1 : 0, colon)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    let value = line.slice(colon + 1).trim();
    if (opensText(value)) {
      const end = endOfText(lines, at);
      value = dedented(lines.slice(at + 1, end));
      at = end;
    }
    pairs.push({ name, value, ...(disabled ? { disabled } : {}) });
  }
  return pairs;
}

function dedented(lines: readonly string[]): string {
  const indent = /^\s*/.exec(lines[0] ?? '')?.[0].length ?? 0;
  return lines
    .map((line) => line.slice(0, indent).trim() + line.slice(indent))
    .join('\n')
    .trim();
}

function keyEnd(line: string): number {
  if (!/^~?"/.test(line)) return line.indexOf(':');
  const quote = line.indexOf('"', line.indexOf('"') + 1);
  return quote < 0 ? -1 : line.indexOf(':', quote);
}

/** `'''` that the same line does not close. */
function opensText(line: string): boolean {
  return line.split("'''").length % 2 === 0;
}

function endOfText(lines: readonly string[], from: number): number {
  const end = lines.findIndex((line, index) => index > from && line.includes("'''"));
  return end < 0 ? lines.length : end;
}

/** Media types of the kinds of body that both forms of Bruno's files know. */
export const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  text: 'text/plain',
  sparql: 'application/sparql-query',
};

/** The last of a name, in any case, wins: the nearest one comes last. */
export function nearestOfName(pairs: readonly Pair[]): readonly Pair[] {
  return [...new Map(pairs.map((pair) => [pair.name.toLowerCase(), pair])).values()];
}
