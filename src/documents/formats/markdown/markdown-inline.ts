import { decodeEntities, inlineTag } from './markdown-html.ts';

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
