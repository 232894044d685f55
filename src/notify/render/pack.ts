import { byteLength, cutBytes, ellipsize } from '../../lib/text/text.ts';

/** One incident in a message: with everything, and in one line. */
export interface Block {
  readonly full: string;
  readonly short: string;
}

export interface Packing {
  /** Stands on top of the first part. */
  readonly head: string;
  /** Stands on top of the later parts; `page` counts from 2. */
  readonly nextHead: (page: number) => string;
  readonly blocks: readonly Block[];
  /** Says that `count` incidents are not shown; stands at the end of the last part. */
  readonly more: (count: number) => string;
  /** Incidents that are not even in `blocks`. */
  readonly beyond: number;
  /** Stands at the end of the first part: mentions. */
  readonly tail: string;
  readonly newline: string;
  readonly maxBytes: number;
  readonly maxParts: number;
}

/** Above this many incidents the message is a summary: details of the worst, one line for the others. */
const detailedMax = 10;
const summaryDetailed = 3;

/**
 * Lays blocks out in parts of at most `maxBytes`, cut only between blocks. Rather one message with fewer details
 * than several; rather all incidents in a line than some in full; and what does not fit is counted.
 */
export function pack(packing: Packing): readonly string[] {
  const count = packing.blocks.length;
  const most = count <= detailedMax ? count : summaryDetailed;
  for (let detailed = most; detailed >= Math.min(summaryDetailed, most); detailed--) {
    const layout = lay(packing, detailed, 1);
    if (layout.shown === count) return layout.parts;
  }
  for (let detailed = Math.min(summaryDetailed, most); detailed > 0; detailed--) {
    const layout = lay(packing, detailed, packing.maxParts);
    if (layout.shown >= Math.min(count, summaryDetailed)) return layout.parts;
  }
  return lay(packing, 0, packing.maxParts).parts;
}

/** Lines in parts of at most `maxBytes`; what does not fit is cut off, and `…` says so. */
export function packLines(
  lines: readonly string[],
  { newline, maxBytes, maxParts }: Pick<Packing, 'newline' | 'maxBytes' | 'maxParts'>,
): readonly string[] {
  const parts: string[] = [];
  for (const line of lines) {
    const whole = ellipsize(line, maxBytes);
    const last = parts.at(-1);
    const longer = last === undefined ? whole : `${last}${newline}${whole}`;
    if (last !== undefined && byteLength(longer) <= maxBytes) parts[parts.length - 1] = longer;
    else if (parts.length < maxParts) parts.push(whole);
    else return [...parts.slice(0, -1), `${cutBytes(last ?? '', maxBytes - 4)}\n…`];
  }
  return parts;
}

interface Layout {
  readonly parts: readonly string[];
  readonly shown: number;
}

function lay(packing: Packing, detailed: number, maxParts: number): Layout {
  const { head, nextHead, more, tail, beyond, newline, maxBytes } = packing;
  const all = packing.blocks.map((block, index) => (index < detailed ? block.full : block.short));
  const between = byteLength(newline);
  const reserved = byteLength(more(all.length + beyond)) + between;
  const parts: string[][] = [];
  let shown = 0;
  while (parts.length < maxParts && (parts.length === 0 || shown < all.length)) {
    const page = parts.length + 1;
    const lines = [page === 1 ? head : nextHead(page)];
    let room = maxBytes - reserved - byteLength(lines.join(''));
    if (page === 1) room -= byteLength(tail) + between;
    for (const block of all.slice(shown)) {
      room -= byteLength(block) + between;
      if (room < 0) break;
      lines.push(block);
      shown++;
    }
    parts.push(lines);
    if (lines.length === 1) break;
  }
  const hidden = all.length - shown + beyond;
  if (hidden > 0) parts.at(-1)?.push(more(hidden));
  if (tail !== '') parts[0]?.push(tail);
  return { parts: parts.map((lines) => cutBytes(lines.join(newline), maxBytes)), shown };
}
