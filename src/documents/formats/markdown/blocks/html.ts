import type { Block } from './block.ts';

const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)\/?>/g;
const htmlTags =
  /^(?:a|abbr|article|aside|b|blockquote|br|button|caption|center|code|col|colgroup|dd|del|details|div|dl|dt|em|font|footer|h[1-6]|header|hr|i|img|input|ins|kbd|li|link|main|mark|nav|ol|p|pre|q|s|samp|script|section|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul|var|video)$/i;
const breaking = /^(?:br|p|div|li|tr|dd|dt|summary|details|section|hr|ul|ol|dl)$/i;

/** Whether a line opens a block of HTML. */
export function startsHtml(line: string): boolean {
  const name = /^\s*<\/?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>]|$)/.exec(line)?.[1];
  return name === undefined
    ? /^\s*<!--/.test(line)
    : /^(?!(?:a|b|i|em|strong|span|font|code|img|br|kbd|sup|sub|u|small)$)/i.test(name) &&
        htmlTags.test(name);
}

/** What a tag within a line of text reads as: a break, a backtick, nothing; `<id>` is no tag and stays. */
export function inlineTag(html: string): string {
  const name = /^<\/?([a-zA-Z][a-zA-Z0-9]*)/.exec(html)?.[1];
  if (name === undefined || html.startsWith('<!--')) return '';
  if (!htmlTags.test(name)) return html;
  if (/^(?:br|p|div|li|tr)$/i.test(name)) return '\n';
  return /^(?:code|tt|samp)$/i.test(name) ? '`' : '';
}

/** The blocks of a piece of HTML in a Markdown document: headings, tables, preformatted text, lines. */
export function htmlBlocks(html: string, line: number): Block[] {
  const blocks: Block[] = [];
  const source = html.replace(/<!--[^]*?(?:-->|$)|<(script|style)\b[^]*?(?:<\/\1\s*>|$)/gi, '');
  const lower = source.toLowerCase();
  const sections = /<(h[1-6]|table|pre)\b[^<>]*>/gi;
  let at = 0;
  for (let open = sections.exec(source); open !== null; open = sections.exec(source)) {
    const name = (open[1] ?? '').toLowerCase();
    for (const block of textBlocks(source.slice(at, open.index), line)) blocks.push(block);
    const start = open.index + open[0].length;
    const close = lower.indexOf(`</${name}`, start);
    const inner = source.slice(start, close < 0 ? source.length : close);
    blocks.push(...sectionBlocks(name, inner, line));
    at = close < 0 ? source.length : source.indexOf('>', close) + 1 || source.length;
    sections.lastIndex = at;
  }
  return [...blocks, ...textBlocks(source.slice(at), line)];
}

function sectionBlocks(name: string, inner: string, line: number): Block[] {
  if (name === 'table') {
    const rows = tableRows(inner);
    return rows.length === 0 ? [] : [{ kind: 'table', rows, lines: rows.map(() => line), line }];
  }
  if (name === 'pre') return [{ kind: 'code', language: '', text: plain(inner, false).trim(), line }];
  const text = plain(inner, true).replace(/\s+/g, ' ').trim();
  return text === '' ? [] : [{ kind: 'heading', level: Number(name[1]), text, line }];
}

function tableRows(html: string): string[][] {
  return html
    .split(/<tr\b[^<>]*>/i)
    .slice(1)
    .map((row) =>
      row
        .split(/<t[dh]\b[^<>]*>/i)
        .slice(1)
        .map((cell) =>
          plain(cell, true)
            .replace(/[ \t]+/g, ' ')
            .replace(/\s*\n\s*/g, '\n')
            .replace(/^[ \t\n]+|[ \t\n]+$/g, ''),
        ),
    )
    .filter((row) => row.length > 0);
}

function textBlocks(html: string, line: number): Block[] {
  return plain(html, true)
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text): Block => ({ kind: 'text', text, line, item: false }));
}

function plain(html: string, codeMarks: boolean): string {
  const text = html.replace(tag, (found, _slash: string, name: string) => {
    if (!htmlTags.test(name)) return found;
    if (breaking.test(name)) return '\n';
    return codeMarks && /^(?:code|tt|samp)$/i.test(name) ? '`' : '';
  });
  return decodeEntities(text);
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  emsp: '\u2003',
  ensp: '\u2002',
};

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|([a-z]{2,6}));/gi, (found, code: string | undefined, name: string) =>
    code === undefined
      ? (entities[name.toLowerCase()] ?? found)
      : String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
  );
}

const image = /!\[[^[\]]*\]\([^()]*\)/g;
const link =
  /(^|[^!\\])\[([^[\]]*)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+["'][^"'\n]*["'])?\)|\[[^[\]]*\])/g;
const autolink = /<((?:https?:\/\/|mailto:)[^<>\s]+)>/gi;
const tags = /<\/?[a-zA-Z][^<>\n]*>|<!--[^\n]*?-->/g;
const escaped = /\\([!-/:-@[-`{-~])/g;

/**
 * The plain text of a line: emphasis, links, images and tags taken off, entities decoded. Code spans keep their
 * backticks and their content as it is; unknown tags (`<id>`) stay; breaks become line feeds.
 */
export function plainInline(source: string): string {
  if (!/[`*_[\]<&\\~!]/.test(source)) return source;
  // Splitting on code spans leaves them at the odd places.
  return source
    .split(/(`+[^`]+`+)/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : plainText(part)))
    .join('');
}

function codeSpan(part: string): string {
  return `\`${part.replace(/^`+|`+$/g, '')}\``;
}

function plainText(part: string): string {
  const text = part
    .replace(image, '')
    .replace(
      link,
      (_, before: string, label: string) => `${before}${/[\w}/]$/.test(before) ? ' ' : ''}${label}`,
    )
    .replace(autolink, '$1')
    .replace(tags, inlineTag)
    .replace(/\*\*|~~/g, '')
    .replace(/(^|[\s(（【，,:：>])__(?=\S)|(?<=\S)__(?=$|[\s)）】，,:：.。])/g, '$1')
    .replace(/(^|[\s(（【|])\*(?=[^\s*])([^*\n]*)\*(?=$|[\s)）】，,:：.。|])/g, '$1$2')
    .replace(/(^|[\s(（【|])_(?=[^\s_])([^_\n]*)_(?=$|[\s)）】，,:：.。|])/g, '$1$2')
    .replace(escaped, '$1');
  return decodeEntities(text);
}

/** The cells of a table's row, split at bars that are not escaped. */
export function rowCells(line: string): string[] {
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/);
  // Wide spaces in front are an indentation that means something.
  return cells.map((cell) =>
    plainInline(cell.replaceAll('\\|', '|').trim()).replace(/^[ \t\n]+|[ \t\n]+$/g, ''),
  );
}
