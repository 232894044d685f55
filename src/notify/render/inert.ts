import type { ItemView, MessageView } from './item.ts';

/**
 * What a message says, so that no channel can take a text of a monitored system for more than that: it calls nobody,
 * opens no tag and is no half of a link. How the rest is escaped is each markup's own.
 */
export function inertView(view: MessageView): MessageView {
  return mapTexts(view, (text) => inert(text));
}

/**
 * As `inertView`, where the reader's program makes links of bare addresses by itself. A command stays as it is: it is
 * there to be copied, and what it calls is what was called.
 */
export function unlinkedView(view: MessageView, own: readonly string[] = []): MessageView {
  return mapTexts(view, (text, isCode) => (isCode ? text : unlinked(text, own)));
}

/** Look-alikes: they are read the same and mean nothing. */
export function inert(text: string): string {
  return text
    .replace(/<(?=[@!]|at?[ >]|https?:)/gi, '＜')
    .replace(
      /(?<![\p{L}\p{N}._/%+-])@(?=[\p{L}\p{N}])|@(?=all\b|here\b|channel\b|everyone\b|所有人|全体)/giu,
      '＠',
    )
    .replaceAll('](', '] (');
}

/**
 * Where somebody behind us puts it into a template or a chat of their own, whose markup nobody knows here: opens no
 * template, no tag, no link and no code either.
 */
export function inertBehind(text: string): string {
  return inert(text)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, (found) => (found === '\n' ? found : ' '))
    .replace(/\{(?=[{%])/g, '｛')
    .replaceAll('<', '＜')
    .replaceAll('`', "'");
}

/** As `inertBehind`, without an address that would become a link. */
export function unlinkedBehind(text: string, own: readonly string[] = []): string {
  return unlinked(inertBehind(text), own);
}

/**
 * Without an address that a program would make a link of.
 *
 * @param own Addresses of the configuration: exactly these stay, for nobody else has put them there.
 */
export function unlinked(text: string, own: readonly string[] = []): string {
  return piecesOf(text, own)
    .map(({ text: piece, isOwn }) =>
      isOwn
        ? piece
        : piece.replaceAll('://', ':／／').replace(/\bwww\.(?=\w)/gi, (found) => `${found.slice(0, -1)}．`),
    )
    .join('');
}

/** Behind this a program that makes links takes nothing more into the address: `。` could be the dot of another host. */
const end = /^(?:$|[\s，、；：）”」`]|[.,:;!?)\]'"。]+(?:\s|$))/;

interface Piece {
  readonly text: string;
  readonly isOwn: boolean;
}

function piecesOf(text: string, own: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { index } of text.matchAll(/(?<![^\s\p{P}\p{Script=Han}])https?:\/\//giu)) {
    const rest = text.slice(index);
    const found = own.find((one) => rest.startsWith(one) && end.test(rest.slice(one.length)));
    if (found === undefined || index < done) continue;
    pieces.push({ text: text.slice(done, index), isOwn: false }, { text: found, isOwn: true });
    done = index + found.length;
  }
  return [...pieces, { text: text.slice(done), isOwn: false }];
}

function mapTexts(view: MessageView, map: (text: string, isCode: boolean) => string): MessageView {
  const item = (one: ItemView): ItemView => ({
    ...one,
    title: map(one.title, false),
    status: map(one.status, false),
    brief: map(one.brief, false),
    details: one.details.map((detail) => ({ ...detail, value: map(detail.value, detail.code === true) })),
  });
  return {
    ...view,
    headline: map(view.headline, false),
    counts: map(view.counts, false),
    items: view.items.map(item),
  };
}
