import { ellipsize } from '../../kit/text.ts';
import type { Transition, TransitionKind } from '../../model/incident.ts';
import type { MessageContent } from '../../model/message.ts';
import type { RenderContext } from '../channel.ts';
import { oneLine } from './clean.ts';
import { durationOf, type ItemView, itemOf, type Mark, markOf, nameSome, type Telling } from './item.ts';
import { words } from './languages.ts';
import { timeFormat } from './time.ts';
import type { Words } from './words.ts';

export const symbols: Readonly<Record<Mark, string>> = {
  critical: '🔴',
  major: '🟠',
  minor: '🟡',
  recovered: '🟢',
  removed: '⚪',
};

/** What a message says, free of any channel's markup. Every text is on one line and still has to be escaped. */
export interface MessageView {
  readonly mark: Mark;
  /** Stands alone on a lock screen: `🔴【严重】orders：GET /orders/{id} 失败（HTTP 500） #A7F3`. */
  readonly headline: string;
  /** `新增 5 · 恢复 2 · 现有 12/48 接口失败` */
  readonly counts: string;
  readonly items: readonly ItemView[];
  /** Incidents that are counted but not listed. */
  readonly beyond: number;
}

const headlineBytes = 300;
const whyBytes = 120;

export function viewOf(content: MessageContent, context: RenderContext): MessageView {
  const telling: Telling = {
    words: words[context.language],
    time: timeFormat(context.timeZone),
    reference: Math.max(0, ...content.transitions.map((told) => told.at)),
  };
  const [first] = content.transitions;
  const mark = first === undefined ? 'minor' : markOf(first);
  return {
    mark,
    headline: `${symbols[mark]}${headlineOf(content, telling.words)}`,
    counts: [countsOf(content, telling.words), ...foldedOf(content, telling)].join(' · '),
    items: content.transitions.map((told) => itemOf(told, telling)),
    beyond: Object.values(content.omitted ?? {}).reduce((sum, count) => sum + count, 0),
  };
}

function headlineOf(content: MessageContent, words: Words): string {
  const [first, second] = content.transitions;
  if (first === undefined) return countsOf(content, words);
  const label = words.bracket(labelOf(markOf(first), words));
  const id = ` #${first.incident.id}`;
  if (second === undefined && content.omitted === undefined) {
    return `${ellipsize(`${label}${singleText(first, words)}`, headlineBytes)}${id}`;
  }
  return `${ellipsize(`${label}${digestText(content, words)}`, headlineBytes)}${id}…`;
}

/** `orders：GET /orders/{id} 失败（HTTP 500）` */
function singleText(told: Transition, words: Words): string {
  const { incident } = told;
  const place = incident.sources.length === 0 ? '' : `${nameSome(incident.sources, words)}${words.colon}`;
  return `${place}${oneLine(incident.subjectLabel)} ${outcomeOf(told, words)}`;
}

function outcomeOf(told: Transition, words: Words): string {
  const { incident } = told;
  if (told.kind === 'resolved')
    return `${words.recovered}${words.comma}${words.lasted(durationOf(told, words))}`;
  if (told.kind === 'removed') return words.noLongerWatched;
  const { count, of } = incident.members;
  const what =
    of > 1
      ? words.operations(count, of, incident.verdict)
      : words.status(incident.verdict, told.kind === 'changed');
  const { level } = incident.cause;
  const why = level === 'operation' ? oneLine(incident.reason.message) : words.causes[level];
  return `${what}${words.paren(ellipsize(why, whyBytes))}`;
}

/** `5 项异常、2 项恢复：orders、users（现有 12/48 接口失败）` */
function digestText(content: MessageContent, words: Words): string {
  const counts = countKinds(content);
  const what = words.digest(counts.opened + counts.changed, counts.resolved);
  const sources = [...new Set(content.transitions.flatMap((told) => told.incident.sources))];
  const place = sources.length === 0 ? '' : `${words.colon}${nameSome(sources, words)}`;
  const now = words.now(content.totals.failing, content.totals.checks);
  return `${what === '' ? words.news(counts) : what}${place}${words.paren(now)}`;
}

function countsOf(content: MessageContent, words: Words): string {
  const parts = [words.news(countKinds(content)), words.now(content.totals.failing, content.totals.checks)];
  return parts.filter((part) => part !== '').join(' · ');
}

function foldedOf({ folded }: MessageContent, { words, time, reference }: Telling): readonly string[] {
  return folded === undefined ? [] : [words.folded(folded.messages, time(folded.since, reference))];
}

/** All that happened, listed or not. */
function countKinds(content: MessageContent): Readonly<Record<TransitionKind, number>> {
  const counts = { opened: 0, changed: 0, resolved: 0, removed: 0, ...content.omitted };
  for (const { kind } of content.transitions) counts[kind]++;
  return counts;
}

function labelOf(mark: Mark, words: Words): string {
  if (mark === 'recovered') return words.recovered;
  return mark === 'removed' ? words.removed : words.severity[mark];
}
