import { oneLine } from '../../../lib/text/clean.ts';
import type { Mark } from '../../render/item.ts';
import type { Markup } from '../../render/markup.ts';

/*
 * A card says in its structure what is bold, a link or a mention: a TextRun is plain text, and nothing in it has a
 * meaning. So the markup marks with control characters, which no text of others has (`oneLine`), and `cardOf` makes
 * runs of what is between them: begin, what it is, of what, open, the text, end.
 */
const [begin, open, end] = ['\u0001', '\u0002', '\u0003'];
const mark = new RegExp(`${begin}([^${open}]*)(?:${open}|$)|${end}|([^${begin}${open}${end}]+)`, 'g');
const mentionMark = new RegExp(`${begin}@${open}([^${end}]*)${end} ?`, 'g');
const marked = (what: string, text: string, of = '') => `${begin}${what}${of}${open}${text}${end}`;

const colors: Readonly<Record<Mark, string>> = {
  critical: 'Attention',
  major: 'Warning',
  minor: 'Warning',
  recovered: 'Good',
  removed: 'Default',
};

export const runs: Markup = {
  escape: oneLine,
  code: (text) => marked('c', oneLine(text)),
  bold: (text) => marked('b', text),
  tone: (text, severity) => marked('t', text, colors[severity]),
  muted: (text) => marked('m', text),
  mention: (id) => (isAccount(id) ? marked('@', id) : undefined),
  link: (text, url) => marked('l', text, url),
  makesLinks: true,
  newline: '\n',
  indent: '▏ ',
};

/** The name with which one signs in, or the object id in Entra ID. */
function isAccount(id: string): boolean {
  return (
    /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(id) || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
  );
}

export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: string;
  readonly size?: string;
  readonly color?: string;
  readonly isSubtle?: boolean;
  readonly fontType?: string;
  readonly selectAction?: { readonly type: 'Action.OpenUrl'; readonly url: string };
}

/** A line; or, with `<at>…</at>`, which only this element knows, those who are called. */
export type CardElement =
  | { readonly type: 'RichTextBlock'; readonly inlines: readonly TextRun[]; readonly spacing?: string }
  | { readonly type: 'TextBlock'; readonly text: string; readonly wrap: true };

export interface Message {
  readonly type: 'message';
  readonly attachments: readonly { readonly contentType: string; readonly content: Card }[];
}

export interface Card {
  readonly type: 'AdaptiveCard';
  readonly version: string;
  readonly body: readonly CardElement[];
  readonly msteams: { readonly width: 'Full'; readonly entities?: readonly Mention[] };
}

interface Mention {
  readonly type: 'mention';
  readonly text: string;
  readonly mentioned: { readonly id: string; readonly name: string };
}

/** The message of a card with one element for each line. */
export function messageOf(lines: readonly string[]): Message {
  const called = lines.flatMap((line) => [...line.matchAll(mentionMark)].map(([, id = '']) => id));
  const told = lines.map((line) => line.replaceAll(mentionMark, ''));
  const entities = called.map(
    (id): Mention => ({ type: 'mention', text: at(id), mentioned: { id, name: id } }),
  );
  const call: CardElement = { type: 'TextBlock', text: called.map(at).join(' '), wrap: true };
  const content: Card = {
    type: 'AdaptiveCard',
    // The newest that Teams draws everywhere, phones as well.
    version: '1.4',
    body: [...blocksOf(told), ...(called.length === 0 ? [] : [call])],
    msteams: { width: 'Full', ...(called.length === 0 ? {} : { entities }) },
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}

function at(id: string): string {
  return `<at>${id}</at>`;
}

/** The first line stands out; an empty one is a wider gap above the next. */
function blocksOf(lines: readonly string[]): readonly CardElement[] {
  return lines.flatMap((line, index): readonly CardElement[] => {
    const inlines = index === 0 ? inlinesOf(line).map(asTitle) : inlinesOf(line);
    if (inlines.length === 0) return [];
    const isClose = index > 0 && lines[index - 1]?.trim() !== '';
    return [{ type: 'RichTextBlock', inlines, ...(isClose ? { spacing: 'None' } : {}) }];
  });
}

function asTitle(run: TextRun): TextRun {
  return { ...run, weight: 'Bolder', size: 'Medium' };
}

/** Also of a line that was cut off between its marks. */
function inlinesOf(line: string): readonly TextRun[] {
  const found: TextRun[] = [];
  const styles: Omit<TextRun, 'type' | 'text'>[] = [];
  for (const [, start, text] of line.matchAll(mark)) {
    if (text !== undefined) found.push({ type: 'TextRun', text, ...Object.assign({}, ...styles) });
    else if (start === undefined) styles.pop();
    else styles.push(styleOf(start));
  }
  return found.some(({ text }) => text.trim() !== '') ? found : [];
}

function styleOf(marking: string): Omit<TextRun, 'type' | 'text'> {
  const of = marking.slice(1);
  switch (marking[0]) {
    case 'b':
      return { weight: 'Bolder' };
    case 'c':
      return { fontType: 'Monospace' };
    case 't':
      return { color: of };
    case 'l':
      return { selectAction: { type: 'Action.OpenUrl', url: of } };
    default:
      return { isSubtle: true };
  }
}

/** As a person sees it, in the Markdown of previews. */
export function shownMessage({ attachments }: Message): string {
  const body = attachments.flatMap(({ content }) => content.body);
  return body
    .map((element) => {
      if (element.type === 'TextBlock')
        return element.text.replaceAll(/<\/?at>/g, (tag) => (tag === '<at>' ? '@' : ''));
      const gap = element.spacing === undefined ? '\n' : '';
      return `${gap}${element.inlines.map(shownRun).join('')}`;
    })
    .join('\n')
    .trim();
}

function shownRun({ text, weight, fontType, selectAction }: TextRun): string {
  if (selectAction !== undefined) return `[${text}](${selectAction.url})`;
  if (weight !== undefined) return `**${text}**`;
  return fontType === undefined ? text : `\`${text}\``;
}
