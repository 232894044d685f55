import type { Sentence } from '../../model/sentence.ts';
import { ellipsize } from '../../lib/text/text.ts';
import type { BreakingChanges } from '../../model/message.ts';
import type { Language } from '../../model/settings.ts';
import { oneLine } from '../../lib/text/clean.ts';
import { editText, type ItemView, type MessageView, nameSome, type Telling } from './item.ts';

/** What a message says of documents that break their callers; its headline has no symbol yet. */
export type BreakingView = Pick<MessageView, 'headline' | 'counts' | 'items' | 'beyond'>;

const headlineBytes = 300;
const detailsBytes = 400;
const briefBytes = 160;

export function breakingView(
  documents: readonly BreakingChanges[],
  telling: Pick<Telling, 'words' | 'time' | 'reference'>,
): BreakingView {
  const shared = telling.words;
  const said = words[shared.language];
  const services = nameSome([...new Set(documents.map(({ service }) => service))], shared);
  // Of several messages in one, a document may be in more than one.
  const count = new Set(documents.map(({ service, uri }) => `${service} ${uri}`)).size;
  const removed = sum(documents.map((one) => one.removed));
  const changed = sum(documents.map((one) => one.changed));
  const place = count === 1 ? oneLine(documents[0]?.uri ?? '') : said.documents(count);
  const listed = documents.flatMap((one) =>
    one.operations.map((operation) =>
      itemOf(operation, count === 1 ? '' : `${oneLine(one.uri)} · `, said, shared.say),
    ),
  );
  const editors = [...new Set(documents.flatMap(committer))];
  const by = editors.length === 0 ? '' : shared.paren(nameSome(editors, shared));
  const edit = count === 1 ? editText(documents.at(-1)?.lastEdit, telling) : '';
  return {
    headline: `${ellipsize(
      `${shared.bracket(said.name)}${services}${shared.colon}${said.breaking(place, removed + changed, count)}`,
      headlineBytes,
    )}${by}`,
    counts: [
      said.counts(removed, changed),
      edit === '' ? '' : `${shared.labels.lastEdit}${shared.colon}${edit}`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
    items: listed,
    beyond: removed + changed - listed.length,
  };
}

/** Who has changed it; what nobody has committed can be anybody's. */
function committer({ lastEdit }: BreakingChanges): readonly string[] {
  return lastEdit?.by === undefined || lastEdit.uncommitted === true ? [] : [lastEdit.by];
}

function itemOf(
  { key, details }: BreakingChanges['operations'][number],
  place: string,
  said: BreakingWords,
  say: (told: Sentence) => string,
): ItemView {
  const text = details.map((one) => oneLine(say(one))).join(said.semicolon);
  const status = details.length === 0 ? said.removed : said.changed;
  return {
    mark: 'minor',
    id: '',
    title: `${place}${oneLine(key)}`,
    status,
    details: details.length === 0 ? [] : [{ label: said.rule, value: ellipsize(text, detailsBytes) }],
    brief: details.length === 0 ? status : ellipsize(text, briefBytes),
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

interface BreakingWords {
  readonly name: string;
  readonly rule: string;
  readonly removed: string;
  readonly changed: string;
  readonly semicolon: string;
  documents(count: number): string;
  /** What so many documents, named or counted by `place`, have. */
  breaking(place: string, count: number, documents: number): string;
  counts(removed: number, changed: number): string;
}

const words: Readonly<Record<Language, BreakingWords>> = {
  zh: {
    name: '文档变更',
    rule: '变更',
    removed: '已删除',
    changed: '不兼容',
    semicolon: '；',
    documents: (count) => `${count} 份文档`,
    breaking: (place, count, documents) => `${place}${documents === 1 ? ' ' : ''}有 ${count} 处不兼容变更`,
    counts: (removed, changed) =>
      [removed > 0 ? `删除接口 ${removed}` : '', changed > 0 ? `变更接口 ${changed}` : '']
        .filter((part) => part !== '')
        .join(' · '),
  },
  en: {
    name: 'Document change',
    rule: 'Change',
    removed: 'removed',
    changed: 'breaking',
    semicolon: '; ',
    documents: (count) => `${count} documents`,
    breaking: (place, count, documents) =>
      `${place} ${documents === 1 ? 'has' : 'have'} ${count} breaking change${count === 1 ? '' : 's'}`,
    counts: (removed, changed) =>
      [
        removed > 0 ? `${operations(removed)} removed` : '',
        changed > 0 ? `${operations(changed)} changed` : '',
      ]
        .filter((part) => part !== '')
        .join(' · '),
  },
};

function operations(count: number): string {
  return `${count} operation${count === 1 ? '' : 's'}`;
}
