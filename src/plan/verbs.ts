import type { Operation, Parameter } from '../model/document.ts';
import type { Json } from '../model/json.ts';

/** What the words in names tell about what an operation does. */

/** Verbs that change something wherever a name begins with them. */
const changing =
  /^(?:(?:smart|force|auto|batch|bulk|do|async|soft|hard) )?(?:delete|remove|destroy|drop|purge|wipe|truncate|log ?out|log ?off|sign ?out|revoke|disable|deactivate|cancel|unsubscribe|reset|shut ?down|reboot|restart|terminate|kill|send|trigger|reload|refresh|flush|evict|clear|clean|disconnect|uninstall|unpublish|rollback|approve|reject|kick|ban)(?= |$)/;
/** Verbs that are nouns as well: they count when the name goes on (`startJob`, not `/start/{id}`). */
const changingMore =
  /^(?:(?:batch|bulk|do|async) )?(?:add(?! ons?\b)|create|insert|update|modify|save|edit|start|stop|pause|resume|enable|unlock|upload|publish|execute|exec|submit|bind|unbind|register|install|upgrade|retry|sync|rebuild|migrate|assign|rename)(?= \p{L})/u;
/** "List the refresh schedules": the verb in the path is a noun after all. */
const readingTitle = /^(?:lists?|gets?|retrieves?|describes?|查询|获取|列出)(?! rid )(?![a-z])/i;
const changingSummary =
  /^(?:删除|移除|注销|退出登[录陆]|登出|清空|取消|禁用|停用|重置|重启|关闭|新增|添加|创建|修改|更新|发送)/;

/**
 * Old systems change data by GET. Judged by the last fixed segment of the path, the first word of the operationId
 * and a Chinese summary, which put the verb first; "list deleted" therefore stays callable.
 */
export function changingWord({ path, operationId, summary }: Operation): string | undefined {
  const segment = words(path.split('/').findLast((part) => part !== '' && !part.includes('{')) ?? '');
  // `GET_DeleteTags`: the method that a generator put in front is not the operation's word.
  const id = words(operationId?.replace(/^GET_(?=[A-Z])/i, '') ?? '');
  const title = summary?.trim() ?? '';
  const named = changing.exec(id) ?? changingSummary.exec(title);
  if (named !== null || readingTitle.test(title)) return named?.[0];
  return (changing.exec(segment) ?? changingMore.exec(segment))?.[0];
}

/** `deleteOrder.do` → `delete order do`: separate lower-case words. */
export function words(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .join(' ')
    .trim();
}

const reading =
  /^(?:batch )?(?:search|query|list|find|get|fetch|page|count|lookup|filter|export|preview|validate|check|describe|read|show|select)(?:$|[^a-z])/;
const readingEnd = /(?:^| )(?:search|query|list|page|count|lookup|filter|aggregate)$/;
const readingSummary = /^(?:查询|查找|搜索|检索|获取|分页|列表|统计)|(?:查询|列表|搜索|检索)$/;

/** A `POST` that reads, as far as names tell. */
export function isQueryByName(
  operation: Pick<Operation, 'method' | 'path' | 'operationId' | 'summary'>,
): boolean {
  if (operation.method === 'QUERY') return true;
  if (operation.method !== 'POST') return false;
  const segment = words(
    operation.path.split(/[/:.]/).findLast((part) => part !== '' && !part.includes('{')) ?? '',
  );
  const id = words(operation.operationId ?? '');
  return (
    reading.test(segment) ||
    readingEnd.test(segment) ||
    reading.test(id) ||
    readingSummary.test(operation.summary?.trim() ?? '')
  );
}

/** Parameters that say what is done rather than to what. */
const actionName = /^(?:action|act|cmd|command|do|op|oper|operation|func|function|method)$/i;
const changingAlone =
  /^(?:add|create|insert|update|modify|save|edit|start|stop|pause|resume|enable|unlock|upload|publish|execute|exec|submit|bind|unbind|register|install|upgrade|retry|sync|rebuild|migrate|assign|rename)$/;
const readingWord =
  /^(?:(?:batch|bulk) )?(?:get|list|describe|query|search|find|read|show|view|fetch|count|check|lookup|head|preview|test|select|ls|info|status)(?: |$)/;

/** Whether a parameter's value makes a read into a write, as in RPC over GET: `?Action=RunInstances`. */
export function changingValue({ name, in: place }: Parameter, value: Json): boolean {
  if (typeof value !== 'string' || (place !== 'query' && place !== 'path')) return false;
  const verb = words(value);
  if (!actionName.test(name)) return place === 'path' && changing.exec(verb)?.[0] === verb;
  const isCall = /^[A-Z][a-z]+[A-Z]/.test(value);
  return (
    changing.test(verb) ||
    changingAlone.test(verb) ||
    changingMore.test(verb) ||
    (isCall && !readingWord.test(verb))
  );
}
