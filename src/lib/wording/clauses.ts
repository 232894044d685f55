import { beginsWithDeed, deedIn, readsFirst, simplifiedTitle, viewsOnly } from './chinese.ts';
import { isJapaneseOrKorean } from './languages.ts';
import { isHarm, nothing, type Sense, sense } from './sense.ts';

/** What a Chinese title says behind what it reads: "查询过期订单，自动取消", "获取优惠券（领取）", "查询列表，支持分页". */

/** What a later clause does. `unknown`: that it only says more of what is read is not known. */
export interface Beside {
  /** A deed that is known. */
  readonly deed: Sense;
  /** The clause of which nobody knows what it does. */
  readonly unknown?: string;
}

interface Clause {
  readonly text: string;
  /** Behind 并, 自动, 则 and the like something is done; behind a comma one may go on about what is read. */
  readonly isNext: boolean;
}

const none: Beside = { deed: nothing };

/** Characters of a clause that may be a deed; a longer one tells how. */
const longestDeed = 20;

/**
 * What the clauses behind the first one say.
 *
 * @param isMore Whether the first one is only more of what a title has said.
 */
export function besideReading(title: string, isMore = false): Beside {
  if (!/\p{Script=Han}/u.test(title) || isJapaneseOrKorean(title)) return none;
  const [first, ...others] = clausesOf(title);
  const later = isMore && first !== undefined ? [first, ...others] : others;
  const isProse = title.length > longestPlain;
  const judged = later
    .slice(0, mostClauses)
    .map((clause) => (isProse ? judgeProse(clause) : judgeClause(clause)));
  const deed = judged.find(({ deed: said }) => isHarm(said)) ?? setOff(title, isMore);
  const unknown = judged.find((one) => one.unknown !== undefined);
  return deed ?? unknown ?? none;
}

/** What other marks set off says how it is read or belongs to its name, unless it begins with what is done or says that it comes of it. */
function setOff(title: string, isMore: boolean): Beside | undefined {
  const pieces = title
    .slice(0, longestMarked)
    .split(marks)
    .map((piece) => piece.replace(/[)）。.!！]+$/u, '').trim())
    .filter((piece) => piece !== '');
  const later = isMore ? pieces : pieces.slice(1);
  for (const piece of later.filter((one) => one.length >= shortestDeed && /^\p{Script=Han}/u.test(one))) {
    const text = piece.replace(auxiliaries, '').replace(goingFirst, '');
    const deed = deedIn(text);
    const isOrder = isHarm(deed) && (text.startsWith(deed.word) || text !== piece) && beginsWithDeed(text);
    if (isOrder && !ofRelease.test(text) && !meant.test(text) && !answers.test(text))
      return { deed: sense(deed.says, deed.word) };
  }
  return undefined;
}

const marks = /[【】[\]《》〈〉<>「」『』〔〕{}|｜/／\\→⇒➜~～+＋&＆※•·…*_=\s]+/u;
/** Characters. */
const longestMarked = 64;
const shortestDeed = 3;
const goingFirst = /^(?:并且?|然后|同时|顺便|随后|接着|自动)+/u;
/** What was new about the interface in a release, or whom it is for. */
const ofRelease = /^(?:新增|修改|更新|变更|优化|调整|编辑|添加)(?:接口|字段|功能|版|页面?|用|时用?|\d.*)?$/u;

/** Characters. What is longer tells of much that others do. */
const longestPlain = 24;
/** More of them tell how. */
const mostClauses = 12;
/** Characters of a clause of prose that may be an order. */
const longestOrder = 10;

/** Of prose only what goes on, or begins with what is done, is about the call. */
function judgeProse(clause: Clause): Beside {
  const { deed, unknown } = judgeClause(clause);
  if (unknown !== undefined) return clause.isNext ? { deed, unknown } : none;
  const isCalled = clause.isNext || ofTheCall.test(condition.exec(clause.text)?.groups?.['when'] ?? '');
  return isCalled || (clause.text.length <= longestOrder && clause.text.startsWith(deed.word))
    ? { deed }
    : none;
}

/** Behind these somebody goes on to do something. */
const goingOn =
  /((?<![合兼])并(?:且)?(?![发行集列联网购案轨存线排放入单])|然后|同时(?!在线|间)|顺便|顺带|接着|随后|(?<!能|可|可以|支持|是否|不|非|未|开启|已)自动(?!化|机|售|识别|回复|续费(?:的|状态|协议)|驾驶|挡|补全|生成的|登录(?:的|状态))|即(?=[锁扣删焚毁清占领消])|(?<=[无没未空少足期时线中有满到])(?:就|则)(?![近业绪诊医读职是])|(?<=(?:查询|获取|读取|查看|取出|访问|查到|打开))(?:之|以)?后(?!台|端|续|面|缀|\d|[一二三四五六七八九十几天日月年])(?:即|就|将|会)?)/u;

function clausesOf(title: string): readonly Clause[] {
  const pieces = simplifiedTitle(title)
    .replace(/[（(]([^（()）]*)[)）]/gu, '，$1，')
    .split(/[，,；;。！!\n]+/u)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  return pieces.flatMap((piece, index) => {
    const [head = '', ...rest] = piece.split(goingOn);
    // "考试结束后自动计算": when, and no clause of its own.
    const isWhen = head === '' || (index > 0 && rest.length > 0 && /[后时则会将的]$/u.test(head));
    const next: Clause[] = isWhen ? [] : [{ text: head, isNext: false }];
    // Connectives stand between what they join.
    for (let at = 1; at < rest.length; at += 2) {
      const text = (rest[at] ?? '').replace(auxiliaries, '').trim();
      if (text !== '') next.push({ text, isNext: true });
    }
    return next;
  });
}

/** In front of a verb these change nothing in what it does; some of them begin nouns (会员, 地址). */
const auxiliaries =
  /^(?:会(?![员话议计诊签客展场])|将(?![来要])|再|也|还(?![款车书])|去(?![年重向])|就(?![诊业近])|即(?![时将])|便(?!利)|地(?![区址图铁块])|被|立即)+/u;

/** When something is done, or whether: "查到后", "离线则", "不存在时". */
const condition =
  /^(?:如果?|若|当|一旦|每次|首次|第一次)?(?<when>[^，]{0,12}?)(?<joint>(?:之|以)?后(?!台|端|续|面|区|缀|\d|[一二三四五六七八九十几]|[天日月年])|(?<![按实准定临延限届小及])时(?!间|段|候|长|刻|区|效|序|速|钟)|(?<!规|原|准|细|法|守|否)则|的话|(?<!成|造|迁)就|(?<!立|随)即(?!将|可|时|使)|的(?=自动|会|将|立即|[记扣罚转]))/u;

/** What the call itself does: what comes of it is done by calling. */
const ofTheCall =
  /(?:查|获取|取|读|看|访问|浏览|打开|调用|请求|校验|验证|通过|成功|拉取|加载|扫|点击|进入|下载|检测|每次|首次|[无没未空少足有满到够低高超达缺]|期|时|线|中)/u;

function judgeClause({ text, isNext }: Clause): Beside {
  const found = condition.exec(text);
  const { when = '', joint = '' } = found?.groups ?? {};
  const behind = found === null ? '' : text.slice(found[0].length);
  if (behind !== '' && !meant.test(text) && (/^(?:.*[则就]|的话)$/u.test(joint) || !qualifies(text))) {
    // "订单支付后状态会更新": what others do, and when.
    if (/[后时]$/u.test(joint) && (behind.startsWith('才') || !ofTheCall.test(when))) return none;
    return judgeDeed(behind.replace(/^[，,]+/u, '').replace(auxiliaries, ''), true, text);
  }
  return judgeDeed(text.replace(auxiliaries, ''), isNext, text);
}

function judgeDeed(text: string, isNext: boolean, whole: string): Beside {
  // "0未审核 1已审核": what a number stands for.
  if (!/\p{Script=Han}/u.test(text) || /^\d/.test(text) || spansOfTime.test(text) || meant.test(text))
    return none;
  if (counted.test(text)) return { deed: sense('change', text) };
  if (handled.test(text)) return { deed: nothing, unknown: whole };
  if (!isNext && equals.test(text)) return none;
  const answered = answers.exec(text)?.groups?.['before'];
  if (answered !== undefined && deedIn(answered).says !== 'change' && !writes.test(answered)) return none;
  if (readsFirst(text) || startsMore.test(text)) return none;
  if (isNext && writes.test(text)) return { deed: sense('change', writes.exec(text)?.[0] ?? text) };
  if (!isNext && qualifies(text)) return none;
  const deed = deedIn(text);
  if (isHarm(deed)) return { deed: sense(deed.says, deed.word) };
  if (writes.test(text)) return { deed: sense('change', writes.exec(text)?.[0] ?? text) };
  const isKnown = isNext
    ? nextReads.test(text)
    : viewsOnly(text.replace(/[\w\s]+$/u, '')) || ofThings.test(text);
  return isKnown || text.length > longestDeed ? none : { deed: nothing, unknown: whole };
}

/** "编辑用", "下单前调用", "提交时需要原样带回": what it is for. */
const meant =
  /^(?:数据)?每(?:隔|[天日周月]|\d+)|^\p{Script=Han}{1,8}(?:(?<![领占启停禁引借征采通])用|(?:时|前|后)(?:调用|使用|选择|需要?\p{Script=Han}{0,8}|回显|展示))$/u;

const spansOfTime =
  /^(?:[今昨明本上下][日天周月季年]|、)+$|^(?:实时|热门|热销|最热)$|^(?:按|每|近|最近)?\d*(?:分钟?|小时|[天日周月季年]|销售|价格|数量|金额|采购|旧|新)$/u;

/** "把过期的清掉". */
const handled = /^(?:把|将(?![要来]))(?!.*(?:返回|转换|转成|格式化|展示|显示|排序|合计|汇总|放在|排在))/u;
/** "经纬度为GCJ02". */
const equals = /^\p{Script=Han}{1,6}(?<![变置标改设转作视])[为是](?!自动)[\w\p{Script=Han}]{1,10}$/u;

/** What is counted by calling goes up. */
const counted = /^(?:统计|累计|埋点)(?:点击|访问|浏览|曝光|下载|阅读|播放)$/u;

/** "离线返回false": what is answered. */
const answers = /^(?<before>[\p{Script=Han}\d]{0,12}?)(?:返回|报错|抛出?|提示|会?显示)/u;

/** Verbs that write, and are no part of a noun in front of what they write. */
const writes =
  /^(?:记录(?=\p{Script=Han}{2,})(?!数|条|列表|总|详|按|页|的|时间|状态|ID|id)|写[入到回进]?|占[用座位]?|预[留定占]|扣(?!除)|计[费息时]|领|发(?!布|货|票|生|送的|起)|存[入储]|落[地盘库]|累[加计](?=\p{Script=Han}*数)|受理|认领|拉黑|加[入好]|踢|锁|归零|记(?=一|为|入)|校[零准]|换(?=新|一)|抢|派|创建|新建|注册|登记)/u;

/** Which ones, how they are shown and for whom: "仅管理员可见", "按时间倒序", "默认返回前10条", "不含已删除". */
const startsMore =
  /^(?:返回|输出|响应|显示|展示|提示|抛出?|报错|报异常|忽略|按|依据|依照|根据|通过(?=.)(?!后|则|时|就)|支持|包含|包括|含|带|附|不(?!存在|足)|仅|只|默认|分页|过滤|排除|排序|倒序|升序|降序|分组|去重|汇总|合计|计算|统计|组装|封装|拼接|转换(?!为?[失已])|用\p{Script=Han}{1,3}分隔|翻译|格式化|解析|递归|脱敏|关联|查|获取|获得|取(?:出|得|第|最|前|默认|当前|其|全|平)|读|列出|校验|检查|判断|比较|对比|聚合|预览|渲染|回显|用(?=于|来|作)|供|以(?=便|及|树|列|分|\w)|为(?:空|null|0|false|true|\d|了)|空|是|等|无|null|返|用(?:于|作|默认)|使用(?:默认|缓存|当前|系统)|取默认|走缓存|从(?:缓存|库|数据库)|查库)/u;

/** What may stand behind 并, 则 or 自动 and still only reads. */
const nextReads =
  /^(?:以|从|由|与|和|对比|展开|折叠|映射|补全|填充|识别|适配|匹配|定位|切分|截断|换算|压缩|编码|解码|高亮|缩略|续页|翻页|轮询|选取|挑选|筛选|推断|推荐|联想|提示|纠错|完成\p{Script=Han}{0,2}(?:校验|计算)|满足|符合|属于|处于|存在|有效|具有|拥有|可用|未|已|非)/u;

const qualifying =
  /^(?:仅|只|支持|可(?!自动)|能|按|依|根据|基于|通过(?!后|则|时|就|$)|以|默认|包|含|主要|需?注意|不(?!存在|足|够)|除|排除|过滤|剔除已|用于|用来|供|给|需|须|必须|要求|要|无(?!则|时)|未|已|或|如[:：]|例如|比如|格式|单位|来[自源]|数据|分页|最[多近新大小早晚后高低长短]|前|近|共|优先|倒|升|降|升级版|返回|输出|传[入参递]|入参|参数|字段|其中|带|附|另|详|见|参[考见]|注|说明|暂|废弃|已废|过时|弃用|新版|旧版|老版|新$|旧$|前端|后端|管理|移动|小程序|普通|任何|由|适[用合]|针对|对(?=应|外|内)|与|和|及|从(?=缓存|数据|本地|库)|到|至|全[量部局]?|增量|当前|本|我|他|她|该|此|所有|每[个条页天日月人位]|单[个条]|多[个条]|同[一级]|上|下(?=级|属|拉|面|一)|左|右|树|列表|数组|集合|对象|同步返回|启动时加载|不做|非|否|是否|建议|有(?=效|权|关|无|一定)|没有(?!则|时|就)|隐藏|公开|后台|前台|半径|延迟|精确|即(?!将|时|刻|锁|焚|毁)|也(?!会)|将(?=按|以|返)|用户|系统内|结果|查询|条件|时间(?=范围|段|区间|格式|倒|升|降)|创建时间|更新时间|关键字|模糊|精确|商家|平台|公共|私有|内部|换行|逗号|编号|名称|主键|详情)/u;

/** "已删除的也返回", "近期参与的每个活动": a noun and what it is like. */
const ofThings =
  /的(?!自动|话|同时)[\p{Script=Han}\w]{0,10}$|(?:之一|等|们|中|内|外|前|起|用|版|页|条|个|级|在前|在后|优先|不限|为准|可见|可用|可选|必填|使用|查看|有效|无效|为空|除外|以内|以上|以下|左右|有关|无关|区分大小写|倒序|升序|降序|排序|分组|分页|过滤|筛选|展示|返回|汇总)$/u;

function qualifies(text: string): boolean {
  return qualifying.test(text) && !/(?<!非|不)(?:自动|立即)(?!返|识|刷|补|登|化)/u.test(text);
}
