import type { Operation } from '../../model/document.ts';
import { senseOfChinese } from '../../kit/wording/chinese.ts';
import { isVerb, senseOfVerb, senseOfWords } from '../../kit/wording/english.ts';
import { readingVerbs } from '../../kit/wording/english-words.ts';
import { senseOfCostly } from '../../kit/wording/command.ts';
import { isHarm, type Kind, nothing, type Sense, sense } from '../../kit/wording/sense.ts';
import { answersNothing, type Surroundings } from './surroundings.ts';
import { senseOfPath } from '../../kit/wording/path.ts';
import { fixedParts, wordsIn } from '../../kit/wording/words.ts';

/** Where the word stood that decided. */
export type Place = 'path' | 'operationId' | 'title' | 'section';

export type Judgement =
  /** `explicit`: where a verb says so; absent: nothing speaks against it. */
  | { readonly answer: 'reads'; readonly explicit?: Place }
  | { readonly answer: 'changes'; readonly kind: Kind; readonly word: string; readonly place: Place }
  | { readonly answer: 'unsure'; readonly word: string; readonly place: Place };

export type Described = Pick<Operation, 'path' | 'operationId' | 'summary' | 'description' | 'tags'> &
  Partial<Pick<Operation, 'responses'>>;

/** What a GET does, by all that its document says about it. Pure. */
export function judge(operation: Described, around: Surroundings): Judgement {
  const costly = senseOfCostly(operation.path);
  if (isHarm(costly)) return harm(costly, 'path');
  const title = senseOfTitle(titleOf(operation));
  const path = senseOfPath(operation.path, around);
  const id = senseOfId(operation);
  const judged = settle({ title, id, path, section: senseOfSections(operation.tags) }, operation);
  if (judged.answer !== 'reads' || [title, id, path].some(({ says }) => says === 'reads')) return judged;
  return unknownVerb(operation, around) ?? judged;
}

/** Where paths end in what is done, an unknown word there says that something is done, and not what. */
function unknownVerb(operation: Described, { isRpc, nouns, hasWrites }: Surroundings): Judgement | undefined {
  if (!isRpc || hasWrites || senseOfTitle(titleOf(operation)).says === 'reads') return undefined;
  const [verb = '', ...rest] = wordsIn(fixedParts(operation.path).at(-1) ?? '');
  const isUnknown =
    verb.length > 2 &&
    rest.length > 0 &&
    /^[a-z]+$/.test(verb) &&
    !/[^s]s$|(?:ed|er|or|ion|ity|al|ive)$/.test(verb) &&
    !nouns.has(verb);
  if (!isUnknown && !answersNothing(operation.responses ?? [])) return undefined;
  return { answer: 'unsure', word: verb, place: 'path' };
}

interface Senses {
  readonly title: Sense;
  readonly id: Sense;
  readonly path: Sense;
  readonly section: Sense;
}

function settle({ title, id, path, section }: Senses, operation: Described): Judgement {
  if (isHarm(title) && !(title.strength === 'soft' && id.says === 'reads' && id.strength === 'hard'))
    return harm(title, 'title');
  const texts = [operation.summary ?? operation.description ?? '', operation.operationId ?? ''];
  // "播放通道" is a noun or not; a path and an operationId that both say the verb alone are none.
  const bothHarm = isHarm(id) && isHarm(path) && title.strength === 'soft';
  const isRead = (one: Sense): boolean => one.says === 'reads' && one.strength === 'hard';
  if (isHarm(id) && (bothHarm || !(title.says === 'reads' && excuses(title, id, texts[0] ?? ''))))
    return harm(id, 'operationId');
  if (isHarm(path)) {
    const excused =
      (title.says === 'reads' && (excuses(title, path, texts[0] ?? '') || isRead(id))) ||
      (id.says === 'reads' && path.says === 'session' && path.strength === 'soft') ||
      (isRead(id) && (path.strength === 'soft' || mentions(texts[1] ?? '', path.word)));
    if (!excused) return harm(path, 'path');
  }
  const said = [title, id, path].some(({ says }) => says === 'reads');
  if (!said && isHarm(section)) return harm(section, 'section');
  const explicit = title.says === 'reads' ? 'title' : isRead(id) ? 'operationId' : isRead(path) && 'path';
  return { answer: 'reads', ...(explicit !== false && { explicit }) };
}

function harm({ says, word }: Sense & { readonly says: Kind }, place: Place): Judgement {
  return { answer: 'changes', kind: says, word, place };
}

/** A title that reads explains a verb away that is a noun as well, or that it names itself: "lists the deletions". */
function excuses(title: Sense, other: Sense, text: string): boolean {
  if (other.strength === 'soft') return true;
  if (other.says !== 'change')
    return title.strength === 'hard' && other.says === 'session' ? mentions(text, other.word) : false;
  return mentions(text, other.word);
}

const translations: readonly (readonly [english: RegExp, chinese: RegExp])[] = [
  [/^(?:delete|remove|clear|clean|purge|destroy|drop)$/, /删|移除|清|回收/],
  [/^(?:add|create|insert|generate|save|new)$/, /增|添|创建|建|生成|新|保存|加/],
  [/^(?:update|modify|edit|change|set|alter|save)$/, /改|更新|编辑|设|变|升级/],
  [/^(?:start|enable|open|launch|resume|run|execute|initialize)$/, /启|开|运行|执行|初始/],
  [/^(?:stop|disable|close|cancel|kill|pause|terminate|shutdown)$/, /停|关|禁|取消|终止/],
  [
    /^(?:submit|approve|reject|confirm|accept|agree|refuse|finish|complete)$/,
    /提交|审|拒|确认|同意|完成|办|结束/,
  ],
  [/^(?:send|push|notify|broadcast|publish)$/, /发|推|通知|播/],
  [/^(?:log|sign)/, /登|签/],
  [/^(?:sync|refresh|reload|reset|restore|recover)/, /同步|刷新|重|恢复|还原/],
  [/^(?:import|upload|copy|move|bind|lock|unlock|freeze)/, /导入|上传|复制|移|绑|锁|冻/],
];

function mentions(text: string, word: string): boolean {
  const root = word.replace(/(?:e|y)$/, '').slice(0, 6);
  if (wordsIn(text).some((other) => other.startsWith(root))) return true;
  return translations.some(([english, chinese]) => english.test(word) && chinese.test(text));
}

const fillers = new Set(
  'or the a an please this api endpoint method to used you let lets will that'.split(' '),
);
const articles = new Set('the a an all your this one several'.split(' '));

/** Without the name that comments of programs begin with: `NewAddress creates a new address`. */
function titleOf({ summary, description = '', operationId = '' }: Described): string {
  const title = (summary ?? description).trim().replace(/^\w+: `[^`]*`\s*/, '');
  const [name = '', ...rest] = title.split(/\s+/);
  const isName =
    rest.length > 1 &&
    name.length > 3 &&
    operationId.toLowerCase().endsWith(name.toLowerCase()) &&
    /[a-z][A-Z]/.test(name);
  return isName ? rest.join(' ') : title;
}

function senseOfTitle(title: string): Sense {
  if (title === '') return nothing;
  const chinese = senseOfChinese(title);
  if (chinese !== undefined) return chinese;
  const [sentence = ''] = title.split(/[.;:!?(](?:\s|$)/u);
  // Collections name requests by what the client does.
  if (/^(?:sends?|makes?|issues?|performs?)\b.*\brequests?\b/i.test(sentence)) return nothing;
  const purpose = /^(?:allows?|enables?|lets?)\b.*?\bto\s+(.*)$/i.exec(sentence)?.[1];
  if (purpose !== undefined) return senseOfVerb(asVerbFirst(wordsIn(purpose)));
  const all = wordsIn(sentence.replace(/['’]s\b/g, ''));
  const words = untilPreposition(all).filter((word) => !fillers.has(word));
  const [first = '', second = ''] = words;
  if (/^(?:returns?|gets?|lists?|retrieves?|fetch(?:es)?|shows?)$/.test(second) && !isVerb(baseOf(first)))
    return sense('reads', second);
  const verb = baseOf(first);
  if (words.length > 1 && (verb !== first || articles.has(all[1] ?? '') || first === 'indicate')) {
    const sure = senseOfVerb([verb, ...words.slice(1)]);
    if (sure.says !== 'nothing') return sure;
  }
  const said = senseOfWords([verb, ...words.slice(1)]);
  if (words.length > 1 && verb === 'collect') return nothing;
  // A sentence that goes on is no name of two words: its noun may stand far from the verb.
  if (said.says === 'nothing' && words.length <= 3) return senseOfWords(words);
  return said;
}

/** "All comments without login": what is meant stands in front. */
function untilPreposition(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word, index) => index > 0 && prepositions.has(word));
  return at === -1 ? words : words.slice(0, at);
}

const prepositions = new Set(
  'for of with without by from in on at via using after before about per when while which where during'.split(
    ' ',
  ),
);

function asVerbFirst([first = '', ...rest]: readonly string[]): readonly string[] {
  return [baseOf(first), ...rest];
}

/** `deletes` → `delete`, as titles say it. */
function baseOf(word: string): string {
  const candidates = [
    word,
    word.replace(/s$/, ''),
    word.replace(/es$/, ''),
    word.replace(/ies$/, 'y'),
    word.replace(/ing$/, ''),
    word.replace(/ing$/, 'e'),
  ];
  return candidates.find((one) => isVerb(one) || readingVerbs.has(one)) ?? word;
}

/** Of the titles of sections only one that begins with a verb tells, as the operation's own title then stands there. */
function senseOfSections(tags: readonly string[]): Sense {
  const said = senseOfChinese(tags.at(-1) ?? '') ?? nothing;
  return isHarm(said) && said.strength === 'hard' ? said : nothing;
}

/** Without what generators add: the method, the controller, numbers. */
function senseOfId({ operationId = '', path }: Described): Sense {
  const bare = operationId
    .replace(/Using(?:GET|HEAD)(?:_\d+)?$/i, '')
    .replace(/_\d+$/, '')
    .replace(/^(?:GET|HEAD)[_-](?=[A-Za-z])/, '');
  const parts = bare.split(/[/.]|_{2,}|Controller[_-]|Service_|Api[_-]/).filter((part) => part !== '');
  const own = parts.length > 1 && /[/.]/.test(bare) ? (parts.at(-1) ?? '') : (parts.at(-1) ?? bare);
  const words = wordsIn(own);
  if (isMadeOfPath(words, path)) return nothing;
  return senseOfWords(words);
}

/** `getUsersLogout` for `/users/logout`: method and path, and no word of a person. */
function isMadeOfPath(words: readonly string[], path: string): boolean {
  const [first, ...rest] = words;
  const fixed = fixedParts(path).flatMap((part) => wordsIn(part));
  const text = rest.join(' ');
  return (
    (first === 'get' || first === 'head') &&
    rest.length > 1 &&
    fixed.length > 1 &&
    (text === fixed.join(' ') || text.startsWith(`${fixed.join(' ')} by`))
  );
}
