import { oneLine } from './clean.ts';

/**
 * Text of strangers in Markdown, also in a table: no markup, no HTML, no link and no picture. Viewers make links of
 * bare addresses and call people who are mentioned, so neither is left as it is.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|#~!$]/g, String.raw`\$&`)
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}&#46;`)
    .replace(/(?<![\w.])@(?=\w)/g, '＠');
}
