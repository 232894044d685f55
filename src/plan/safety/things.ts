import type { Operation } from '../../model/document.ts';
import { isHarm, type Sense } from '../../lib/wording/sense.ts';
import { plainDeeds } from '../../lib/wording/english-deeds.ts';
import { fixedParts, wordsIn } from '../../lib/wording/words.ts';

/** Titles that are built of a verb and name what there is: "Lock" at `/locks/{id}`, 充值档位, 取消订单记录. */

/** Nobody does one of these by itself: "Delete" at `/deletes/{id}`. */
const neverThings =
  /^(?:delete|remove|clear|update|create|add|edit|set|send|reset|cancel|stop|start|close|enable|disable)$/;

/** Whether a title or name is the word for one of a collection, at its place: "Refund" at `/refunds/{id}`. */
export function isOneOfThem(name: string, path: string): boolean {
  const [word = '', ...rest] = wordsIn(name);
  if (rest.length > 0 || word.length < 3 || neverThings.test(word) || !/\}\/?$/.test(path)) return false;
  const collection = wordsIn(fixedParts(path).at(-1) ?? '').at(-1);
  return [`${word}s`, `${word}es`, word.replace(/y$/, 'ies')].some(
    (many) => many === collection && many !== word,
  );
}

const views = /^(?:count|counts|status|statistics|stats|total|summary|history|logs?|list)$/;

/** "Restarts count" at `/restarts/count`: the title is the path, which ends in what is looked at. */
export function isViewOfThem(title: string, path: string): boolean {
  const words = wordsIn(title);
  const [first = '', last = ''] = words;
  const parts = fixedParts(path).map((part) => wordsIn(part));
  return (
    words.length === 2 &&
    views.test(last) &&
    /[a-z]{2}s$/.test(first) &&
    words.join(' ') === parts.slice(-2).flat().join(' ')
  );
}

/** Whatever verb these are built of, nobody does it to them. */
const kept = new RegExp(
  '^(?:(?:直播|课程|会议|历史|赛事|比赛|课堂|精彩|节目|往期|录播|监控)回放' +
    '|(?:充值|打赏|提现|捐赠|购买|赠送|话费充值|会员充值|退款|支付)(?:档位|面额|面值|套餐|门槛|档次)' +
    '|(?:我的|文件|商品|文章|订单|笔记|邮件|内容|图片|素材|产品|帖子|资料|系统)?回收站' +
    '|\\p{Script=Han}{0,4}(?:生成|打包|转码|渲染|合成|编译|构建|部署|安装|备份|迁移|扫描|导入|导出|下载|升级)进度' +
    '|(?:我的)?待办(?:的)?(?:审批|审核|签批|审阅)' +
    '|(?:通话|会议|呼叫|电话|客服|会话|坐席)录音|(?:新品|产品|新闻|春季|秋季)?发布会(?:日程|议程|信息|详情)?' +
    '|(?:换货|退货|退款|退票|改签|退订|续租|取消|预约|报名|报销|开票|挂号|还款|提现|兑换|发货|配送)(?:政策|须知|制度|流程|指引|细则|条款|指南)' +
    '|\\p{Script=Han}{2,4}(?:原因|理由)(?:字典|枚举|选项)|预约(?:时段|时间段|号源)' +
    '|取消(?:订单|预约|预订|挂号|报名|派单|交易)(?:记录|流水|历史|明细))(?:列表|分页)?$',
  'u',
);

/** 删除日志列表 as `deleteLogList` at `/deleteLog/list`: the list is of what has been deleted, as all three of them end in it. */
export function listsTraces(
  title: string,
  { operationId = '', path }: Pick<Operation, 'operationId' | 'path'>,
): boolean {
  const last = wordsIn(fixedParts(path).at(-1) ?? '').join(' ');
  return (
    /^(?!批量|一键|手动|全部|强制|定时)\p{Script=Han}{2,8}(?:记录|日志|流水|历史)(?:列表|分页|查询)$/u.test(
      title.trim(),
    ) &&
    ((/^(?:list|page|query|search)$/.test(last) &&
      /\b(?:records?|logs?|history|histories) (?:list|page|query|search)$/.test(
        wordsIn(operationId).join(' '),
      )) ||
      isListAmongTraces(operationId, path))
  );
}

/** `/log/delList` as `delList`: one of the lists that stand below the logs. */
function isListAmongTraces(operationId: string, path: string): boolean {
  const [last = '', before = ''] = fixedParts(path).toReversed();
  const own = wordsIn(last);
  return (
    /^(?:\w+-)?(?:logs?|records?|history|histories|journals?)$/i.test(before) &&
    own.length === 2 &&
    /^(?:list|page)$/.test(own[1] ?? '') &&
    (operationId === '' || wordsIn(operationId).join(' ') === own.join(' '))
  );
}

/** What is told of a deed may as well be what it is done to (删除记录), unless path or operationId list it. */
const traces = /^\p{Script=Han}{2,8}(?:记录|日志|流水|历史)$/u;
const lists = /^(?:records?|logs?|histor(?:y|ies)|lists?|page)$/;

/**
 * Whether a Chinese title that seems to be an order is the name of what is kept.
 *
 * @param path What the path says, which must not say that something is done.
 */
export function namesWhatIsKept(
  title: string,
  { operationId = '', path: written }: Pick<Operation, 'operationId' | 'path'>,
  path: Sense,
): boolean {
  const text = title.trim();
  const lastPart = wordsIn(fixedParts(written).at(-1) ?? '');
  // 回收站 as `recycle`: what is thrown into it.
  const isDone = [lastPart, wordsIn(operationId)].some(
    (words) => words.length === 1 && plainDeeds.has(words[0] ?? ''),
  );
  if (kept.test(text)) return !isHarm(path) && !isDone;
  if (!traces.test(text)) return false;
  const [verb = '', ...rest] = wordsIn(operationId);
  const isListed = /^(?:get|list|query|find|page|select|search)$/.test(verb) && lists.test(rest.at(-1) ?? '');
  const last = lastPart.at(-1) ?? '';
  return isListed || (operationId === '' && !isHarm(path) && path.says === 'reads' && lists.test(last));
}
