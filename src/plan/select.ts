import type { DocumentedResponse, Operation } from '../model/document.ts';
import { isObject } from '../model/json.ts';
import { safeMethods } from '../model/settings.ts';
import type { Candidate, PlanContext } from './candidate.ts';
import { queryOf } from './graphql.ts';
import { operationLines } from './hints.ts';
import { type SkipNote, skip } from './skip.ts';

/** Why an operation must not be called at all; `undefined` when it may. Deprecated ones are called while they last. */
export function refuse(candidate: Candidate, context: PlanContext): SkipNote | undefined {
  const { rules } = candidate;
  if (rules.skip !== false) {
    return skip('configured', typeof rules.skip === 'string' ? rules.skip : 'left out by its settings');
  }
  if (rules.allow === true) return undefined;
  return unsafe(candidate) ?? sunset(candidate, context.now) ?? streaming(candidate) ?? download(candidate);
}

/** By its method, or because it is a query of GraphQL. */
export function isSafe(operation: Operation): boolean {
  return safeMethods.has(operation.method) || queryOf(operation) !== undefined;
}

function unsafe(candidate: Candidate): SkipNote | undefined {
  const { operation, rules } = candidate;
  if (rules.allow === false) {
    return skip('unsafe-method', 'marked as not safe to call', allowLines(candidate));
  }
  if (!isSafe(operation)) {
    return isQueryByName(operation)
      ? skip(
          'unsafe-method',
          `${operation.method} may change data; by its name it only reads`,
          allowLines(candidate),
        )
      : skip('unsafe-method', `${operation.method} is not a safe method`, allowLines(candidate));
  }
  const word = changingWord(operation);
  if (word === undefined) return undefined;
  return skip('unsafe-method', `by its name it changes something (${word})`, allowLines(candidate));
}

function allowLines({ source, operation }: Candidate): string {
  return operationLines(source.name, operation, { allow: true });
}

/** Verbs that change something wherever a name begins with them. */
const changing =
  /^(?:(?:smart|force|auto|batch|bulk|do|async|soft|hard) )?(?:delete|remove|destroy|drop|purge|wipe|truncate|log ?out|log ?off|sign ?out|revoke|disable|deactivate|cancel|unsubscribe|reset|shut ?down|reboot|restart|terminate|kill|send|trigger|reload|refresh|flush|evict|clear|clean|disconnect|uninstall|unpublish|rollback|approve|reject|kick|ban)(?= |$)/;
/** Verbs that are nouns as well: they count when the name goes on (`startJob`, not `/start/{id}`). */
const changingMore =
  /^(?:(?:batch|bulk|do|async) )?(?:add(?! ons?\b)|create|insert|update|modify|save|edit|start|stop|pause|resume|enable|unlock|upload|publish|execute|exec|submit|bind|unbind|register|install|upgrade|retry|sync|rebuild|migrate|assign|rename)(?= \p{L})/u;
const changingSummary =
  /^(?:删除|移除|注销|退出登[录陆]|登出|清空|取消|禁用|停用|重置|重启|关闭|新增|添加|创建|修改|更新|发送)/;

/**
 * Old systems change data by GET. Judged by the last fixed segment of the path, the first word of the operationId
 * and a Chinese summary, which put the verb first; "list deleted" therefore stays callable.
 */
function changingWord({ path, operationId, summary }: Operation): string | undefined {
  const segment = words(path.split('/').findLast((part) => part !== '' && !part.includes('{')) ?? '');
  const found =
    changing.exec(segment) ??
    changingMore.exec(segment) ??
    changing.exec(words(operationId ?? '')) ??
    changingSummary.exec(summary?.trim() ?? '');
  return found?.[0];
}

/** `deleteOrder.do` → `delete order do`: separate lower-case words. */
function words(name: string): string {
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
export function isQueryByName(operation: Operation): boolean {
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

/** RFC 8594's idea in a document: after the date the operation is expected to be gone. */
function sunset(candidate: Candidate, now: number): SkipNote | undefined {
  const { operation } = candidate;
  const written = operation.extensions['x-sunset'];
  const at = typeof written === 'string' ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(at) || at > now) return undefined;
  return skip('deprecated', `its sunset date ${written as string} has passed`, allowLines(candidate));
}

const streamTypes =
  /^(?:text\/event-stream|application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines|stream\+json|json-seq|x-json-stream)|multipart\/x-mixed-replace)$/;

function streaming(candidate: Candidate): SkipNote | undefined {
  const answers = candidate.operation.responses;
  const types = successMedia(answers);
  const endless = types.length > 0 && types.every((type) => streamTypes.test(type));
  const upgrades = answers.some(({ status }) => status === '101');
  if (!endless && !upgrades && !isStreamSchema(answers)) return undefined;
  return skip(
    'streaming',
    upgrades ? 'switches to WebSocket' : 'answers with a stream that does not end',
    allowLines(candidate),
  );
}

/** How grpc-gateway documents a server stream. */
function isStreamSchema(answers: readonly DocumentedResponse[]): boolean {
  const schemas = answers.filter(isSuccess).flatMap(({ media }) => media.map(({ schema }) => schema));
  return schemas.some(
    (schema) =>
      isObject(schema) &&
      typeof schema['title'] === 'string' &&
      schema['title'].startsWith('Stream result of '),
  );
}

const fileTypes =
  /^(?:application\/(?:octet-stream|zip|gzip|x-gzip|x-tar|x-zip-compressed|vnd\.(?:ms-excel|openxmlformats|apache\.parquet)\S*|x-7z\S*|java-archive)|video\/\S+|audio\/\S+)$/;
const fileName = /(?:^|[ ])(?:download|export|backup|dump)(?:$|[ ])/;

/** A whole file every quarter of an hour costs the service much and proves little. */
function download(candidate: Candidate): SkipNote | undefined {
  const { operation } = candidate;
  const media = operation.responses.filter(isSuccess).flatMap(({ media }) => media);
  if (media.some(({ contentType }) => /[/+]json$/.test(contentType))) return undefined;
  const isFile = media.some(({ contentType, schema }) => {
    const file = isObject(schema) && (schema['type'] === 'file' || schema['format'] === 'binary');
    return fileTypes.test(contentType) || (file && !contentType.startsWith('image/'));
  });
  const named = fileName.test(words(operation.path.split('/').at(-1) ?? ''));
  if (!isFile && !named) return undefined;
  return skip('download', 'answers with a file to download', allowLines(candidate));
}

function successMedia(answers: readonly DocumentedResponse[]): readonly string[] {
  return answers.filter(isSuccess).flatMap(({ media }) => media.map(({ contentType }) => contentType));
}

function isSuccess({ status }: DocumentedResponse): boolean {
  return status.startsWith('2') || status === 'default';
}
