import type { Operation } from '../../model/document.ts';
import { fixedParts, wordsIn } from '../../lib/wording/words.ts';

const reading =
  /^(?:batch )?(?:search|query|list|find|get|fetch|page|count|lookup|filter|export|preview|validate|check|describe|read|show|select)(?:$| )/;
const readingEnd = /(?:^| )(?:search|query|list|page|count|lookup|filter|aggregate)$/;
const readingSummary = /^(?:查询|查找|搜索|检索|获取|分页|列表|统计)|(?:查询|列表|搜索|检索)$/;

/** A `POST` that reads, as far as names tell: it is offered, and not called. */
export function isQueryByName(
  operation: Pick<Operation, 'method' | 'path' | 'operationId' | 'summary'>,
): boolean {
  if (operation.method === 'QUERY') return true;
  if (operation.method !== 'POST') return false;
  const last = fixedParts(operation.path).at(-1)?.split('.').at(-1) ?? '';
  const part = wordsIn(last).join(' ');
  const id = wordsIn(operation.operationId ?? '').join(' ');
  return (
    reading.test(part) ||
    readingEnd.test(part) ||
    reading.test(id) ||
    readingSummary.test(operation.summary?.trim() ?? '')
  );
}
