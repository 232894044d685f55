/** One `+ …` item of an API Blueprint section with what is inside of it. */
export interface BlueprintItem {
  /** `Response 200 (application/json)`, `id: 1 (number) - An id`. */
  readonly text: string;
  readonly children: readonly BlueprintItem[];
  /** Indented or fenced text below the item: a body, a schema, headers. */
  readonly asset: string;
  /** Counted from 1. */
  readonly line: number;
}

interface OpenItem {
  readonly indent: number;
  readonly text: string;
  readonly line: number;
  readonly children: OpenItem[];
  readonly asset: string[];
}

/**
 * The list items of a section. Whether a line is an item of its own or part of an asset is told by its indentation:
 * assets stand eight columns in from their item (API Blueprint 1A, "asset section").
 */
export function readItems(lines: readonly string[], firstLine: number): BlueprintItem[] {
  const root: OpenItem = { indent: -1, text: '', line: firstLine, children: [], asset: [] };
  const open: OpenItem[] = [root];
  let fence: string | undefined;
  for (const [index, raw] of lines.entries()) {
    const line = raw.replaceAll('\t', '    ');
    const indent = line.length - line.trimStart().length;
    const top = open.at(-1) ?? root;
    const marks = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (marks !== undefined && marks.startsWith(fence)) fence = undefined;
      else top.asset.push(line);
      continue;
    }
    if (marks !== undefined && open.length > 1) {
      fence = marks;
      continue;
    }
    if (line.trim() === '') {
      top.asset.push('');
      continue;
    }
    const bullet = /^\s*[+*-]\s+(.*)$/.exec(line);
    if (bullet === null || (open.length > 1 && indent >= top.indent + 8 && !holdsItems(top))) {
      if (open.length > 1 && indent > top.indent) top.asset.push(line);
      continue;
    }
    while (open.length > 1 && (open.at(-1)?.indent ?? -1) >= indent) open.pop();
    if (open.length > 60) continue;
    const item: OpenItem = {
      indent,
      text: bullet[1]?.trim() ?? '',
      line: firstLine + index,
      children: [],
      asset: [],
    };
    (open.at(-1) ?? root).children.push(item);
    open.push(item);
  }
  return root.children.map(closed);
}

/** Parameters and attributes hold items however far they are indented. */
function holdsItems(item: OpenItem): boolean {
  return (
    item.children.length > 0 ||
    /^(?:Parameters?|Attributes?|Members|Properties|Items|Values)\b/i.test(item.text)
  );
}

function closed(item: OpenItem): BlueprintItem {
  const lines = item.asset;
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const common = indents.reduce((least, indent) => Math.min(least, indent), 1000);
  return {
    text: item.text,
    line: item.line,
    children: item.children.map(closed),
    asset: lines
      .map((line) => line.slice(Math.min(common, line.length)))
      .join('\n')
      .trim(),
  };
}
