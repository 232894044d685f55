import { ellipsize } from '../../kit/text.ts';
import type { MessageContent } from '../../model/message.ts';
import type { RenderContext } from '../channel.ts';
import { oneLine } from './clean.ts';
import { type Event, eventsOf, isOngoing } from './events.ts';
import { durationOf, type ItemView, itemOf, type Mark, markOf, nameSome, type Telling } from './item.ts';
import { words } from './languages.ts';
import { timeFormat } from './time.ts';
import type { NewsCounts, Words } from './words.ts';

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
  const events = eventsOf(content);
  const telling: Telling = {
    words: words[context.language],
    time: timeFormat(context.timeZone),
    reference: Math.max(0, ...events.map((told) => told.at)),
  };
  const [first] = events;
  const mark = first === undefined ? 'minor' : markOf(first);
  return {
    mark,
    headline: `${symbols[mark]}${content.drill === true ? telling.words.bracket(telling.words.drill) : ''}${headlineOf(content, telling.words)}`,
    counts: countsOf(content, telling),
    items: events.map((told) => itemOf(told, telling)),
    beyond: Object.values(content.omitted ?? {}).reduce((sum, count) => sum + count, 0),
  };
}

function headlineOf(content: MessageContent, words: Words): string {
  const [first, second] = eventsOf(content);
  if (first === undefined) return nowOf(content, words);
  const label = words.bracket(labelOf(markOf(first), words));
  const id = ` #${first.incident.id}`;
  if (second === undefined && content.omitted === undefined) {
    return `${ellipsize(`${label}${singleText(first, words)}`, headlineBytes)}${id}`;
  }
  return `${ellipsize(`${label}${digestText(content, words)}`, headlineBytes)}${id}…`;
}

/** `orders：GET /orders/{id} 失败（HTTP 500）` */
function singleText(told: Event, words: Words): string {
  const { incident } = told;
  const place = incident.sources.length === 0 ? '' : `${nameSome(incident.sources, words)}${words.colon}`;
  return `${place}${oneLine(incident.subjectLabel)} ${outcomeOf(told, words)}`;
}

function outcomeOf(told: Event, words: Words): string {
  const { incident } = told;
  if (told.kind === 'resolved')
    return `${words.recovered}${words.comma}${words.lasted(durationOf(told, words))}`;
  if (told.kind === 'removed') return words.noLongerWatched;
  const { count, of } = incident.members;
  const what =
    of > 1 ? words.operations(count, of, incident.verdict) : words.status(incident.verdict, isOngoing(told));
  const { level } = incident.cause;
  const why = level === 'operation' ? oneLine(incident.reason.message) : words.causes[level];
  const alone = told.kind === 'escalation' ? `${words.comma}${words.unattended}` : '';
  return `${what}${words.paren(`${ellipsize(why, whyBytes)}${alone}`)}`;
}

/** `5 项异常、2 项恢复：orders、users（现有 12/48 接口失败）` */
function digestText(content: MessageContent, words: Words): string {
  const counts = countKinds(content);
  const what = words.digest(counts.opened + counts.changed + counts.reminded, counts.resolved);
  const sources = [...new Set(eventsOf(content).flatMap((told) => told.incident.sources))];
  const place = sources.length === 0 ? '' : `${words.colon}${nameSome(sources, words)}`;
  const now = nowOf(content, words);
  return `${what === '' ? words.news(counts) : what}${place}${now === '' ? '' : words.paren(now)}`;
}

function countsOf(content: MessageContent, { words, time, reference }: Telling): string {
  const { folded, forwardedFrom } = content;
  const parts = [
    words.news(countKinds(content)),
    nowOf(content, words),
    folded === undefined ? '' : words.folded(folded.messages, time(folded.since, reference)),
    forwardedFrom === undefined ? '' : words.forwarded(forwardedFrom),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function nowOf({ totals }: MessageContent, words: Words): string {
  return totals.checks === 0 ? '' : words.now(totals.failing, totals.checks);
}

/** All that happened, listed or not. */
function countKinds(content: MessageContent): NewsCounts {
  const reminded = content.followUps?.length ?? 0;
  const counts = { opened: 0, changed: 0, resolved: 0, removed: 0, reminded, ...content.omitted };
  for (const { kind } of content.transitions) counts[kind]++;
  return counts;
}

function labelOf(mark: Mark, words: Words): string {
  if (mark === 'recovered') return words.recovered;
  return mark === 'removed' ? words.removed : words.severity[mark];
}
