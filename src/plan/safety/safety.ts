import type { Operation } from '../../model/document.ts';
import { plainText } from '../../lib/text/normal-form.ts';
import { senseOfChinese, unknownDeed } from '../../lib/wording/chinese.ts';
import { seemsOrder } from '../../lib/wording/chinese-orders.ts';
import { isVerb } from '../../lib/wording/verbs.ts';
import { leadingDeed } from '../../lib/wording/english-clauses.ts';
import { deedBeforeView, isNoun, senseOfWords } from '../../lib/wording/english.ts';
import { bareOrder, deedLast } from '../../lib/wording/bare-order.ts';
import { senseOfCostly } from '../../lib/wording/value.ts';
import { isUnreadAbroad } from '../../lib/wording/languages.ts';
import { isHarm, type Kind, nothing, type Sense } from '../../lib/wording/sense.ts';
import { doubled } from './doubles.ts';
import { chosenName, isNoNumber, isOfPath } from './generated-ids.ts';
import { isOneOfThem, isViewOfThem, listsTraces, namesWhatIsKept } from './things.ts';
import type { Judgement, WordOrigin } from './judgement.ts';
import { answersNothing, type Surroundings } from './surroundings.ts';
import { senseOfPath } from '../../lib/wording/path.ts';
import { fixedParts, wordsIn } from '../../lib/wording/words.ts';
import {
  besideTitle,
  mayBeOrder,
  senseOfAnswers,
  senseOfDescription,
  senseOfTitle,
  sentencesOf,
  unknownInDescription,
} from './texts.ts';

export type Described = Pick<Operation, 'path' | 'operationId' | 'summary' | 'description' | 'tags'> &
  Partial<Pick<Operation, 'responses'>>;

/** What a GET does, by all that its document says about it. Pure. */
export function judge(written: Described, around: Surroundings): Judgement {
  const operation = inPlainText(written);
  const costly = senseOfCostly(operation.path);
  if (isHarm(costly)) return harm(costly, 'path');
  const isNamed = [isOneOfThem, isViewOfThem].some((names) => names(titleOf(operation), operation.path));
  const title = isNamed ? nothing : senseOfSpoken(titleOf(operation));
  const isOfTraces = listsTraces(titleOf(operation), operation);
  const path =
    isOfTraces || tellsWhy(operation, operation.path) ? nothing : senseOfPath(operation.path, around);
  const id = isOfTraces || namesNoDeed(operation, operation.operationId) ? nothing : senseOfId(operation);
  const description = senseOfDescription(operation);
  const judged = settle(
    { title, id, path, description, section: senseOfSections(operation.tags) },
    operation,
  );
  if (judged.answer !== 'reads') return judged;
  const double = doubled(titleOf(operation), operation, id);
  if (double !== undefined) return double;
  const beside = unknownBeside(operation, id);
  if (beside !== undefined) return beside;
  const order = around.hasWrites || namesList(operation, path) ? undefined : seemsOrder(titleOf(operation));
  if (order !== undefined) return { answer: 'unsure', word: order, place: 'title' };
  if ([title, id, path].some(({ says }) => says === 'reads')) return judged;
  return (
    unknownVerb(operation, around) ??
    initials(operation, around) ??
    unknownOrder(operation, around) ??
    unknownTitle(title, operation, around) ??
    judged
  );
}

function namesNoDeed(operation: Described, name = ''): boolean {
  return tellsWhy(operation, name) || isOneOfThem(name, operation.path);
}

/** `/order/getList`, and `listReassigned` at `/order/xx`: whatever the title, and no name that is made of the path. */
function namesList({ path, operationId = '' }: Described, said: Sense): boolean {
  if (said.says === 'reads' && said.strength === 'hard') return true;
  const [verb = '', ...rest] = wordsIn(operationId);
  const known = new Set(fixedParts(path).flatMap((part) => wordsIn(part)));
  return (
    /^(?:list|page|query|search|find|select|count)$/.test(verb) &&
    rest.some((word) => /^[a-z]{3,}$/.test(word) && !known.has(word))
  );
}

/** Characters. What an operation does stands at the beginning of what is said of it. */
const longestText = 2000;

/** As it is read, whatever cannot be seen stands in it. */
function inPlainText(operation: Described): Described {
  const { operationId, summary, description, tags, responses } = operation;
  const plain = (text: string): string => plainText(text.slice(0, longestText));
  return {
    ...operation,
    tags: tags.map(plain),
    operationId: operationId === undefined ? undefined : chosenName(plain(operationId), operation.path),
    ...(summary !== undefined && { summary: plain(summary) }),
    ...(description !== undefined && { description: plain(description) }),
    ...(responses !== undefined && {
      responses: responses.map((one) =>
        one.description === undefined ? one : { ...one, description: plain(one.description) },
      ),
    }),
  };
}

/** Where paths end in what is done, an unknown word there says that something is done, and not what. */
function unknownVerb(
  operation: Described,
  { isRpc, nouns, hasWrites, isChosen }: Surroundings,
): Judgement | undefined {
  if (!isRpc || hasWrites) return undefined;
  const number = /\/(\d+)\/?$/.exec(operation.path)?.[1];
  // `?cmd=101`: a number stands for what is done.
  if (isChosen === true && number !== undefined) return { answer: 'unsure', word: number, place: 'path' };
  const [verb = '', next = ''] = wordsIn(fixedParts(operation.path).at(-1) ?? '');
  if (verb === 'top' && /^\d+$/.test(next)) return undefined;
  const isUnknown = verb.length > 2 && /^[a-z]+$/.test(verb) && !nouns.has(verb) && !isNoun(verb);
  if (!isUnknown && !answersNothing(operation.responses ?? [])) return undefined;
  return { answer: 'unsure', word: verb, place: 'path' };
}

/** "Latch gate", `homeRobot`, `/seat/hold`: an order in its form, the verb of which nobody knows. */
function unknownOrder(operation: Described, { hasWrites, nouns }: Surroundings): Judgement | undefined {
  if (hasWrites) return undefined;
  const parts = fixedParts(operation.path).map((part) => wordsIn(part));
  const title = titleOf(operation);
  const isOfOne = /\}\/[^{}/]+\/?$/.test(operation.path);
  const isEnglish = /^(?![A-Z]{3})[\x20-\x7e]+$/.test(title);
  const named = isEnglish ? bareOrder(wordsIn(title), parts, isOfOne) : undefined;
  if (named !== undefined) return { answer: 'unsure', word: named, place: 'title' };
  if (/[^\x20-\x7e]/.test(title)) return undefined;
  const id = operation.operationId ?? '';
  const ordered = bareOrder(wordsIn(id), parts, isOfOne);
  if (ordered !== undefined) return { answer: 'unsure', word: ordered, place: 'operationId' };
  // Whose name is its path's says no more than that.
  const isBare = id === '' || wordsIn(id).join(' ') === parts.at(-1)?.join(' ');
  const last = title === '' && isBare ? deedLast(parts) : undefined;
  return last === undefined || nouns.has(last) ? undefined : { answer: 'unsure', word: last, place: 'path' };
}

/** `/order/qxdd`, `/dd/gb` (订单关闭): initials, perhaps; neither a title nor an operationId says what is done. */
function initials(operation: Described, { hasWrites }: Surroundings): Judgement | undefined {
  const id = operation.operationId ?? '';
  if (hasWrites || titleOf(operation) !== '' || (id !== '' && !/^[b-df-hj-np-tv-z]+$/i.test(id)))
    return undefined;
  const [last = '', before = ''] = fixedParts(operation.path).toReversed();
  const isUnknown = isInitials(last) && (last.length > 3 || (last.length > 1 && isInitials(before)));
  return isUnknown ? { answer: 'unsure', word: last, place: 'path' } : undefined;
}

/** In longer words `y` is a vowel: "sync". */
function isInitials(written: string): boolean {
  return /^(?:[b-df-hj-np-tv-xz]{2,}|[b-df-hj-np-tv-z]{2,3})$/i.test(written) && !abbreviations.test(written);
}

const abbreviations =
  /^(?:x?html|https?|mqtt|grpc|smtp|dhcp|mssql|psql|sftp|snmp|hdfs|[a-z]{3}s|v\d|cdn|css|csv|db|dns|fs|ftp|gps|hls|hr|jpg|js|jwks?|kv|md|ml|mvn|mp|mq|my|by|why|try|sky|spy|gym|fly|dry|nft|nlp|nms|ntp|pdf|png|pr|qps|rpc|rss|rtmp|rtp|rtsp|s3|sms|sql|srv|ssh|ssl|sys|tcp|tls|tms|ts|tv|tx|txs|vm|vms|vpc|vpn|wms|wp|ws|www|xls|xml|zk)$/i;

/** A deed that is not known is no reading one; with writes of its own, or in the plural, the path is that of things. */
function unknownTitle(said: Sense, operation: Described, { hasWrites }: Surroundings): Judgement | undefined {
  const title = titleOf(operation);
  const last = wordsIn(fixedParts(operation.path).at(-1) ?? '');
  const isOfThings = hasWrites || /[a-z]{3,}(?<!s)s$/.test(last.at(-1) ?? '') || namesThing(operation);
  if (isOfThings || said.says !== 'nothing') return undefined;
  const word = unknownDeed(title) ?? (isUnreadAbroad(title) ? title : undefined);
  return word === undefined ? undefined : { answer: 'unsure', word, place: 'title' };
}

/** 运费构成 at `/tms/cost` as `getTmsCost`: nothing but nouns, as far as one knows. */
function namesThing({ path, operationId = '', ...operation }: Described): boolean {
  const title = titleOf({ path, operationId, ...operation });
  const parts = fixedParts(path);
  return (
    /^(?:get|list|query|find|page|select|search|count)[A-Z_]/.test(operationId) &&
    /^\p{Script=Han}{3,10}$/u.test(title) &&
    seemsOrder(title) === undefined &&
    !parts.some((part) => wordsIn(part).some((word) => isVerb(word)))
  );
}

/** What a title does that nobody knows: behind what it reads, or first where no operationId says that it reads. */
function unknownBeside(operation: Described, id: Sense): Judgement | undefined {
  const title = titleOf(operation);
  const leading = id.says === 'reads' ? undefined : leadingDeed(title).unknown;
  const isThing = leading !== undefined && isOfPathOrPicture(leading, title, operation.path);
  const inTitle = (isThing ? undefined : leading) ?? besideTitle(title).unknown;
  if (inTitle !== undefined) return { answer: 'unsure', word: inTitle, place: 'title' };
  const word = unknownInDescription(operation);
  return word === undefined ? undefined : { answer: 'unsure', word, place: 'description' };
}

/** "Label Thumbnail" at `/label/best.jpg`; "Honk" at `/car/honk` says the same twice. */
function isOfPathOrPicture(word: string, title: string, path: string): boolean {
  if (/\.(?:jpe?g|png|webp|gif|svg)$/.test(path)) return true;
  const isAlone = wordsIn(title).length === 1 && fixedParts(path).at(-1)?.toLowerCase() === word;
  return !isAlone && path.toLowerCase().includes(`/${word}`);
}

/** A name in place of a title (`info-update`, `list/1/delete`) tells of what is done and excuses nothing. */
function senseOfSpoken(title: string): Sense {
  const isName = /^[\w{}:./-]*[\w{}][-_/.:][\w{}][\w{}:./-]*$/.test(title);
  if (!isName) return senseOfTitle(title);
  const said = [
    senseOfWords(wordsIn(title.split('/').at(-1) ?? '')),
    senseOfTitle(title.replaceAll(/[/:]/g, ' ')),
  ];
  return said.find(isHarm) ?? nothing;
}

interface Senses {
  readonly title: Sense;
  readonly id: Sense;
  readonly path: Sense;
  readonly description: Sense;
  readonly section: Sense;
}

function settle({ title, id, path, description, section }: Senses, operation: Described): Judgement {
  const isRead = (one: Sense): boolean => one.says === 'reads' && one.strength === 'hard';
  const isTitleExcused =
    (title.strength === 'soft' && isRead(id) && nouns.test(titleOf(operation).trim())) ||
    (title.word === '设置' && !isHarm(id) && namesSettings(operation)) ||
    (![id, path].some(isHarm) && (namesThings(title, operation) || narrowsList(title, operation))) ||
    (!isHarm(id) && namesWhatIsKept(titleOf(operation), operation, path));
  if (isHarm(title) && !isTitleExcused) return harm(title, 'title');
  const texts = [operation.summary ?? operation.description ?? '', operation.operationId ?? ''];
  // "播放通道" is a noun or not; a path and an operationId that both say the verb alone are none.
  const bothHarm =
    isHarm(id) && isHarm(path) && title.strength === 'soft' && !namesSameView(titleOf(operation), operation);
  const isOrder = title.says === 'reads' && mayBeOrder(titleOf(operation));
  const titleReads = title.says === 'reads' && !isOrder;
  if (isHarm(id) && (bothHarm || !(titleReads && excuses(title, id, texts[0] ?? ''))))
    return harm(id, 'operationId');
  if (isHarm(path)) {
    const excused =
      (titleReads && (excuses(title, path, texts[0] ?? '') || isRead(id))) ||
      (id.says === 'reads' && path.says === 'session' && path.strength === 'soft') ||
      (path.strength === 'soft' &&
        path.says === 'change' &&
        title.says === 'nothing' &&
        showsOnly(operation)) ||
      (isRead(id) && (path.strength === 'soft' || mentions(texts[1] ?? '', path.word)));
    if (!excused) return harm(path, 'path');
  }
  const ordered = isOrder ? deedNamed(operation) : undefined;
  if (ordered !== undefined) return ordered;
  if (isHarm(description)) return harm(description, 'description');
  const answer = senseOfAnswers(operation.responses ?? []);
  if (isHarm(answer)) return harm(answer, 'answer');
  const said = [title, id, path].some(({ says }) => says === 'reads');
  if (!said && isHarm(section)) return harm(section, 'section');
  const explicit = title.says === 'reads' ? 'title' : isRead(id) ? 'operationId' : isRead(path) && 'path';
  return { answer: 'reads', ...(explicit !== false && { explicit }) };
}

/** What there is of a thing, whatever one does with it as well: 商品评论. A deed stands in front of its object, or in nobody's title. */
const nouns =
  /^(?!申请|发起|确认|进行|参与|我要|去|立即|开始|批量|一键|手动|提交|执行|发表|写|发)[\p{Script=Han}\w]{0,6}(?:评论|评价|通知|备份|回放|录像|录音|截图)$/u;

/** 删除原因列表 as `deleteReasons`, 发送渠道列表 as `sendChannels`: why, or by what, it is done. */
function tellsWhy(operation: Described, name = ''): boolean {
  const last = wordsIn(fixedParts(`/${name}`).at(-1) ?? '');
  return (
    last.length === 2 &&
    attributesOfDeeds.some(
      ([chinese, english]) => chinese.test(titleOf(operation).trim()) && english.test(last[1] ?? ''),
    )
  );
}

const attributesOfDeeds: readonly (readonly [chinese: RegExp, english: RegExp])[] = [
  [/^\p{Script=Han}{2}(?:原因|理由)(?:列表|选项|分页)?$/u, /^reasons$/],
  [/^\p{Script=Han}{2}渠道(?:列表|选项|分页)?$/u, /^channels$/],
];

/** 短信发送日志 at `sendLog`, 签到日历 at `signCalendar`: both end in the same thing that is looked at. */
function namesSameView(title: string, { path, operationId = '' }: Described): boolean {
  const ends = sameViews.filter(([chinese]) => chinese.test(title.trim()));
  const parts = [operationId, fixedParts(path).at(-1) ?? ''];
  return ends.some(([, english]) => parts.every((part) => english.test(wordsIn(part).at(-1) ?? '')));
}

const sameViews: readonly (readonly [chinese: RegExp, english: RegExp])[] = [
  [/(?:日志|记录|流水|历史|足迹)$/u, /^(?:logs?|records?|history|histories)$/],
  [/(?:列表|清单|名单|分页|查询)$/u, /^(?:lists?|page|query)$/],
  [/(?:日历|排期|排班表?)$/u, /^(?:calendars?|schedules?)$/],
  [/(?:详情|明细|信息)$/u, /^(?:details?|info)$/],
  [/(?:状态|进度)$/u, /^(?:status|state|progress)$/],
  [/(?:统计|汇总|数量?|人数|次数)$/u, /^(?:stats?|statistics|summary|counts?|total|num)$/],
  [/(?:规则|配置|设置)$/u, /^(?:rules?|configs?|settings?)$/],
];

/** Chinese verbs that are nouns as well, and the last part of a path that says that they are: `/articles/{id}/comments`. */
const things: ReadonlyMap<string, RegExp> = new Map([
  ['评论', /^comments$/],
  ['评价', /^(?:reviews|ratings|evaluations|comments)$/],
  ['连接', /^connections?$/],
  ['抓取', /^metrics$/],
  ['点赞', /^likes$/],
  ['收藏', /^(?:favou?rites|collections)$/],
  ['关注', /^(?:follows|followers|followings)$/],
  ['订阅', /^subscriptions?$/],
  ['投票', /^(?:votes|polls)$/],
  ['邀请', /^(?:invitations|invites)$/],
  ['预约', /^(?:reservations|appointments|bookings)$/],
  ['通知', /^(?:notifications?|notices)$/],
  ['备份', /^backups$/],
  ['退款', /^refunds$/],
  ['投诉', /^complaints$/],
  ['举报', /^reports$/],
  ['排班', /^(?:shifts|schedules|rosters)$/],
  ['排课', /^(?:timetables?|schedules)$/],
]);

/** 文章评论 at `/comments`: what is listed rather than what is done. */
function namesThings(title: Sense, { path, summary = '' }: Described): boolean {
  const last = wordsIn(fixedParts(path).at(-1) ?? '').at(-1) ?? '';
  const text = summary.trim();
  const before = text.slice(0, -title.word.length);
  return (
    text.endsWith(title.word) &&
    things.get(title.word)?.test(last) === true &&
    !/^(?:申请|发起|进行|参与|写|发|我要|去)/u.test(before) &&
    !mayBeOrder(before)
  );
}

/** 拒收标本 at `/samples/rejected`: those of a list to which it was done. */
function narrowsList({ word }: Sense, { path }: Described): boolean {
  return /^(?:(?![删清移销])\p{Script=Han})+$/u.test(word) && /\/[a-z-]*[a-rt-z]s\/[a-z]+ed\/?$/i.test(path);
}

/** `pushOrderList` is what its title may say as well: "推送订单列表". */
function deedNamed({ path, operationId = '' }: Described): Judgement | undefined {
  const named = [
    ['operationId', operationId],
    ['path', fixedParts(path).at(-1) ?? ''],
  ] as const;
  for (const [place, name] of named) {
    const word = deedBeforeView(wordsIn(name));
    if (word !== undefined) return { answer: 'changes', kind: 'change', word, place };
  }
  return undefined;
}

/** 通关率 at `/game/pass` as `getPass`: the title is the name of what is looked at. */
function showsOnly(operation: Described): boolean {
  const title = titleOf(operation).trim();
  return (
    /^(?:get|list|query|find|page|select)[A-Z_]/.test(operation.operationId ?? '') &&
    /^\p{Script=Han}{1,10}(?:率|图|榜|曲线|趋势|排名|分布|时长|占比|比例|指数|看板)$/u.test(title)
  );
}

/** "系统设置" is what one sets where the path ends in the noun as well. */
function namesSettings({ path, summary = '' }: Described): boolean {
  const last = wordsIn(fixedParts(path).at(-1) ?? '').at(-1) ?? '';
  return summary.trim().endsWith('设置') && /^(?:settings|configs?|preferences|options)$/.test(last);
}

function harm({ says, word }: Sense & { readonly says: Kind }, place: WordOrigin): Judgement {
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
  [/^(?:start|enable|open|launch|resume|run|execute|initialize)$/, /启|开|运行|执行|初始|发起/],
  [/^(?:stop|disable|close|cancel|kill|pause|terminate|shutdown)$/, /停|关|禁|取消|终止/],
  [
    /^(?:submit|approve|reject|confirm|accept|agree|refuse|finish|complete)$/,
    /提交|审|拒|确认|同意|完成|办|结束/,
  ],
  [/^(?:send|push|notify|broadcast|publish)$/, /发|推|通知|播/],
  [/^(?:log|sign)/, /登|签/],
  [/^(?:control|operate)$/, /控制|操作|运营/],
  [/^(?:settle|clear)/, /结算|清算|结清|对账/],
  [/^(?:dispatch|assign|allot)/, /派|调度|分配/],
  [/^expire/, /到期|过期|失效|逾期/],
  [/^(?:urge|remind)/, /催|提醒/],
  [/^(?:charge|deduct)/, /充|扣|收费|计费/],
  [/^(?:buy|sell|purchase)$/, /采购|购|销|卖|买/],
  [/^(?:receive|claim)$/, /领|收/],
  [/^(?:shelve|unshelve)$/, /架|售/],
  [/^(?:build|compile)$/, /建|编译/],
  [/^(?:join|enroll)$/, /参与|参加|加入|报名/],
  // Written for `exist`.
  [/^exit$/, /存在/],
  [/^(?:sync|refresh|reload|reset|restore|recover)/, /同步|刷新|重|恢复|还原/],
  [/^(?:import|upload|copy|move|bind|lock|unlock|freeze)/, /导入|上传|复制|移|绑|锁|冻/],
];

function mentions(text: string, word: string): boolean {
  const root = word.replace(/(?:e|y)$/, '').slice(0, 6);
  if (wordsIn(text).some((other) => other.startsWith(root))) return true;
  return translations.some(([english, chinese]) => english.test(word) && chinese.test(text));
}

/** `GET /x`, `[GET] delete user`: the method, which says nothing of what is done. */
const methodInFront =
  /^[[(【（]?(?:GET|HEAD)[\])】）]?(?=$|[\s/:：|_-])[\s:：|_-]*|^(?:[Gg][Ee][Tt]|[Hh][Ee][Aa][Dd])\s+(?=[Hh][Tt]{2}[Pp][Ss]?:\/\/|\/)/;

/**
 * Without the method in front and the name that comments of programs begin with: `NewAddress creates a new address`. The path
 * itself is no title.
 */
function titleOf({ summary, description = '', operationId = '' }: Described): string {
  const written = (summary ?? sentencesOf(description)[0] ?? '').trim().replace(/^\w+: `[^`]*`\s*/, '');
  const title = written.replace(methodInFront, '');
  if (/^(?:https?:\/\/|\/)\S*$/i.test(title)) return '';
  const [name = '', ...rest] = title.split(/\s+/);
  const isName =
    rest.length > 1 &&
    name.length > 3 &&
    operationId.toLowerCase().endsWith(name.toLowerCase()) &&
    /[a-z][A-Z]/.test(name);
  return isName ? rest.join(' ') : title;
}

/** Of the titles of sections only one that begins with a verb tells, as the operation's own title then stands there. */
function senseOfSections(tags: readonly string[]): Sense {
  const said = senseOfChinese(tags.at(-1) ?? '') ?? nothing;
  return isHarm(said) && said.strength === 'hard' ? said : nothing;
}

/** Without what generators add: the method, the controller, numbers. */
function senseOfId(operation: Described): Sense {
  const { operationId = '', path } = operation;
  const bare = operationId.replace(/^(?:GET|HEAD)[_-](?=[A-Za-z])/, '');
  const parts = bare.split(/[/.]|_{2,}|Controller[_-]|Service_|Api[_-]/).filter((part) => part !== '');
  const own = parts.length > 1 && /[/.]/.test(bare) ? (parts.at(-1) ?? '') : (parts.at(-1) ?? bare);
  const words = wordsIn(own);
  if (isMadeOfPath(words, path) || givesBack(words, path) || isTitleFetched(words, operation)) return nothing;
  return senseOfWords(words);
}

/** `returnGoods` at `/goods/return`: what is given back, and no answer. */
function givesBack([first = '', ...rest]: readonly string[], path: string): boolean {
  return first === 'return' && rest.length > 0 && /\/return\/?$/i.test(path);
}

/** `getUsersLogout` for `/users/logout`: method and path, and no word of a person. */
function isMadeOfPath(words: readonly string[], path: string): boolean {
  const [first, ...rest] = words.filter(isNoNumber);
  const parts = fixedParts(path)
    .map((part) => wordsIn(part).filter(isNoNumber))
    .filter((part) => part.length > 0);
  const fixed = parts.flat();
  const text = rest.join(' ');
  // `getMarkRead` for `/message/markRead`: the name of a handler behind its method.
  const handler = parts.at(-1) ?? [];
  const said = senseOfWords(handler);
  if (first === 'get' && parts.length > 1 && text === handler.join(' ') && said.says === 'change')
    return said.strength === 'hard' || !isNoun(handler.at(-1) ?? '');
  return (
    (first === 'get' || first === 'head') &&
    rest.length > 1 &&
    fixed.length > 1 &&
    (isOfPath(rest, path) || text.startsWith(`${fixed.join(' ')} by`))
  );
}

/** `get_tip_driver` for "Tip driver": the method before the title, of which the title tells more. */
function isTitleFetched([first, ...rest]: readonly string[], operation: Described): boolean {
  const words = wordsIn(titleOf(operation));
  const isSame = first === 'get' && words.length > 1 && rest.join(' ') === words.join(' ');
  return isSame && leadingDeed(words.join(' ')).unknown !== undefined;
}
