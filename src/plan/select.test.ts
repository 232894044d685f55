import { inEnglish, inLanguage } from '../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { anOperation, planOf } from '../../test/support/plan-inputs.ts';
import type { DocumentedResponse, Operation, Parameter, RequestBody } from '../model/document.ts';
import type { Json, JsonSchema } from '../model/json.ts';

function fate(key: string, given: Partial<Operation> = {}): string {
  const { checks, skipped } = planOf(anOperation(key, given));
  const left = skipped[0];
  return left === undefined ? `called ${checks.length}` : `${left.code}: ${inEnglish(left.reason)}`;
}

function answers(
  contentType: string,
  schema: JsonSchema = {},
  status = '200',
): readonly DocumentedResponse[] {
  return [{ status, media: [{ contentType, schema, examples: [] }] }];
}

function queryParameter(name: string, value: string): Parameter {
  return { name, in: 'query', required: true, schema: { type: 'string' }, examples: [value] };
}

function jsonBody(example: Json): RequestBody {
  return { required: true, media: [{ contentType: 'application/json', examples: [example] }] };
}

describe('what may be called', () => {
  it.each([
    ['GET /orders', 'called 1'],
    ['HEAD /orders', 'called 1'],
    ['OPTIONS /orders', 'called 1'],
    ['PUT /orders', 'unsafe-method: PUT may change data'],
    ['PATCH /orders', 'unsafe-method: PATCH may change data'],
    ['DELETE /orders', 'unsafe-method: DELETE may change data'],
    ['TRACE /orders', 'unsafe-method: TRACE may change data'],
    ['POST /orders', 'unsafe-method: POST may change data'],
    ['POST /orders/search', 'reads-by-name: POST may change data; by its name it only reads'],
    ['POST /orders:batchGet', 'reads-by-name: POST may change data; by its name it only reads'],
    ['POST /orders:search', 'reads-by-name: POST may change data; by its name it only reads'],
    ['POST /orderList', 'reads-by-name: POST may change data; by its name it only reads'],
    ['POST /listOrders', 'reads-by-name: POST may change data; by its name it only reads'],
    ['POST /listeners', 'unsafe-method: POST may change data'],
    ['QUERY /orders', 'reads-by-name: QUERY may change data; by its name it only reads'],
    ['GET /users/logout', 'session: signs in or out, or has a code sent: "logout" in its path'],
    ['GET /user/deleteUser.do', 'side-effect: may change something: "delete" in its path'],
    ['GET /orders/{id}/cancel', 'side-effect: may change something: "cancel" in its path'],
    ['GET /loader/reloadClient', 'side-effect: may change something: "reload" in its path'],
    ['GET /current/smartReloadCluster', 'side-effect: may change something: "reload" in its path'],
    ['GET /user/sign-out', 'session: signs in or out, or has a code sent: "signout" in its path'],
    ['GET /token/refresh', 'side-effect: may change something: "refresh" in its path'],
    ['GET /job/startJob', 'side-effect: may change something: "start" in its path'],
    ['GET /start/{id}', 'side-effect: may change something: "start" in its path'],
    ['GET /transfer', 'side-effect: may change something: "transfer" in its path'],
    ['GET /update.json', 'side-effect: may change something: "update" in its path'],
    ['GET /settings', 'called 1'],
    ['GET /cancelled-orders', 'called 1'],
    ['GET /resets', 'called 1'],
  ])('%s is %s', (key, expected) => {
    expect(fate(key)).toBe(expected);
  });

  it.each<[string, string, Partial<Operation>]>([
    ['its title', 'POST /query', { summary: 'Create database' }],
    ['its Chinese title', 'POST /search', { summary: '删除索引' }],
    ['a title that adds', 'POST /list', { summary: '新增名单' }],
    ['the second verb of its title', 'POST /find', { summary: 'Find and remove stale' }],
    ['the second verb of its path', 'POST /getAndReset', {}],
    ['its operationId', 'POST /search', { operationId: 'deleteIndex' }],
    [
      'a statement in its query',
      'POST /query',
      { parameters: [queryParameter('q', 'CREATE DATABASE mydb')] },
    ],
    ['a statement in its body', 'POST /query', { body: jsonBody({ q: 'DROP TABLE users' }) }],
    ['a deed in its body', 'POST /search', { body: jsonBody({ action: 'delete', id: 1 }) }],
  ])('does not advise to allow a POST that changes something by %s', (_, key, given) => {
    expect(fate(key, given)).toBe('unsafe-method: POST may change data');
  });

  it.each<[string, Partial<Operation>]>([
    ['POST /query', { parameters: [queryParameter('q', 'SELECT 1')] }],
    ['POST /search', { summary: '搜索删除记录', body: jsonBody({ keyword: 'delete', status: 'cancel' }) }],
    ['POST /list', { summary: '审批记录' }],
    ['POST /export', {}],
  ])('offers %s whose title, query and body only read', (key, given) => {
    expect(fate(key, given)).toBe('reads-by-name: POST may change data; by its name it only reads');
  });

  it.each<[string, string, string, string]>([
    ['/device/power', 'state', 'off', 'side-effect'],
    ['/order/check', 'pass', '1', 'side-effect'],
    ['/verify', 'code', '8842', 'side-effect'],
    ['/sys/log/page', 'operType', 'delete', 'called 1'],
    ['/goods/page', 'onShelf', '1', 'called 1'],
    ['/device/lights', 'state', 'on', 'called 1'],
    ['/orders', 'code', '8842', 'called 1'],
    ['/audit-logs', 'action', 'update', 'called 1'],
    ['/logs', 'action', 'clear', 'side-effect'],
    ['/tasks', 'action', 'update', 'side-effect'],
    ['/relays/{id}', 'power', 'off', 'side-effect'],
    ['/relays', 'power', 'off', 'called 1'],
    ['/pump', 'on', '1', 'side-effect'],
    ['/pump', 'on', 'a', 'side-effect'],
    ['/led', 'value', '1', 'side-effect'],
    ['/led', 'value', 'red', 'called 1'],
    ['/relays/{id}', 'state', '1', 'side-effect'],
    ['/relay', 'status', '1', 'called 1'],
    ['/gpio/4', 'value', 'true', 'side-effect'],
    ['/alarm', 'set', '1', 'side-effect'],
    ['/alarm', 'value', '1', 'called 1'],
    ['/alarm', 'status', '1', 'called 1'],
    ['/alarms', 'on', '1', 'called 1'],
    ['/light', 'turn', 'on', 'side-effect'],
    ['/fan/speed', 'value', '3', 'side-effect'],
    ['/fan/speed', 'unit', 'rpm', 'called 1'],
    ['/fans', 'level', '3', 'called 1'],
    ['/device/config', 'set', 'mode=on', 'side-effect'],
    ['/stock/check', 'doIt', 'true', 'side-effect'],
    ['/stock/check', 'doIt', 'false', 'called 1'],
    ['/things/1', 'status', 'toggle', 'side-effect'],
    ['/widgets', 'type', 'toggle', 'called 1'],
    ['/tickets/1', 'transition', 'close', 'side-effect'],
    ['/orders/1', 'event', 'SUBMIT', 'side-effect'],
    ['/webhooks', 'event', 'SUBMIT', 'called 1'],
    ['/orders/1', 'event', 'submit', 'called 1'],
    ['/db/rows', 'procedure', 'sp_close_period', 'side-effect'],
    ['/db/rows', 'procedure', 'sp_get_users', 'called 1'],
    ['/card/{id}/limit', 'value', '5000', 'side-effect'],
    ['/limits', 'value', '5000', 'called 1'],
    ['/aml/screen', 'save', 'true', 'side-effect'],
    ['/aml/screen', 'save', 'false', 'called 1'],
    ['/batch', 'mode', 'commit', 'side-effect'],
    ['/batch', 'mode', 'dry-run', 'called 1'],
    ['/task/handle', 'operType', 'delete', 'side-effect'],
    ['/record/handle', 'operType', 'delete', 'side-effect'],
    ['/log/handle', 'operType', 'delete', 'side-effect'],
  ])('judges GET %s by what its %s is (%s)', (path, name, value, expected) => {
    const id: Parameter = { name: 'id', in: 'path', required: true, schema: {}, examples: ['7'] };
    const parameters = [queryParameter(name, value), ...(path.includes('{id}') ? [id] : [])];
    expect(fate(`GET ${path}`, { parameters })).toContain(expected);
  });

  it.each([
    ['/sys/operlog/list', 'operType', 'delete'],
    ['/audit-logs', 'action', 'update'],
    ['/history/page', 'operation', 'approve'],
    ['/users', 'deleted', 'true'],
  ])('calls GET %s though its optional %s may be %s', (path, name, value) => {
    expect(fate(`GET ${path}`, { parameters: [{ ...queryParameter(name, value), required: false }] })).toBe(
      'called 1',
    );
  });

  it('does not send an order as a part of the path, whatever the title says', () => {
    const op: Parameter = { name: 'op', in: 'path', required: true, schema: {}, examples: ['off'] };
    expect(fate('GET /o/8/{op}', { summary: 'Read thing', parameters: [op] })).toContain('side-effect');
  });

  it.each<[string, Partial<Operation>, string]>([
    [
      'a summary that says it queries',
      { summary: '分页查询订单' },
      'reads-by-name: POST may change data; by its name it only reads',
    ],
    [
      'an operationId that says it queries',
      { operationId: 'queryOrders' },
      'reads-by-name: POST may change data; by its name it only reads',
    ],
    ['neither', { summary: '创建订单', operationId: 'createOrder' }, 'unsafe-method: POST may change data'],
  ])('offers a POST by %s', (_, given, expected) => {
    expect(fate('POST /orders/p', given)).toBe(expected);
  });

  it.each([
    ['删除订单', 'side-effect: may change something: "删除" in its title'],
    ['已删除订单列表', 'called 1'],
    ['查询删除记录', 'called 1'],
  ])('reads the Chinese summary %s', (summary, expected) => {
    expect(fate('GET /orders/x', { summary })).toBe(expected);
  });

  it.each([
    ['en', '# CAREFUL, it is then called every cycle: POST may change data; by its name it only reads'],
    ['zh', '# 注意：允许后每轮巡检都会调用它：POST 可能修改数据；从名称看只是查询'],
  ] as const)('hints in %s at the lines that allow what it does not dare', (language, remark) => {
    const { skipped } = planOf(anOperation('POST /orders/search'));
    expect(inLanguage(skipped[0]?.hint ?? '', language)).toBe(
      [
        'services:',
        '  - name: orders',
        '    operations:',
        `      ${remark}`,
        '      - match: POST /orders/search',
        '        allow: true',
      ].join('\n'),
    );
  });

  it('calls what the config allows, and sends it again only when it is safe, not when its name sounds so', () => {
    const allowed = { overrides: [{ match: 'POST /**', allow: true }] };
    expect(planOf(anOperation('POST /orders'), allowed).checks[0]?.repeatable).toBe(false);
    expect(planOf(anOperation('POST /orders/search'), allowed).checks[0]?.repeatable).toBe(false);
    const allowedQuery = { overrides: [{ match: 'QUERY /orders', allow: true }] };
    expect(planOf(anOperation('QUERY /orders'), allowedQuery).checks[0]?.repeatable).toBe(true);
    expect(
      planOf(anOperation('GET /logout'), { overrides: [{ match: 'GET /logout', allow: true }] }).checks,
    ).toHaveLength(1);
  });

  it('leaves out what the config leaves out, with the reason given there', () => {
    const by = (skip: boolean | string) =>
      planOf(anOperation('GET /a'), { overrides: [{ match: 'GET /a', skip }] }).skipped[0]?.reason;
    expect(inEnglish(by('broken until March') ?? '')).toBe('broken until March');
    expect(inEnglish(by(true) ?? '')).toBe('left out by its settings');
  });

  it('calls deprecated operations as long as they exist', () => {
    expect(fate('GET /a', { deprecated: true })).toBe('called 1');
    expect(fate('GET /a', { deprecated: true, extensions: { 'x-sunset': '2026-06-30' } })).toBe('called 1');
    expect(fate('GET /a', { deprecated: true, extensions: { 'x-sunset': '2025-12-31' } })).toBe(
      'deprecated: its sunset date 2025-12-31 has passed',
    );
    expect(fate('GET /a', { extensions: { 'x-sunset': 'some day' } })).toBe('called 1');
  });

  it.each<[string, readonly DocumentedResponse[], string]>([
    [
      'server-sent events',
      answers('text/event-stream'),
      'streaming: answers with a stream that does not end',
    ],
    ['events or JSON', [...answers('text/event-stream'), ...answers('application/json')], 'called 1'],
    ['a WebSocket', [{ status: '101', media: [] }], 'streaming: switches to WebSocket'],
    [
      "grpc-gateway's stream",
      answers('application/json', { title: 'Stream result of Event' }),
      'streaming: answers with a stream that does not end',
    ],
    ['an archive', answers('application/zip'), 'download: answers with a file to download'],
    [
      'a spreadsheet',
      answers('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
      'download: answers with a file to download',
    ],
    [
      'a file of no known kind',
      answers('text/plain', { type: 'string', format: 'binary' }),
      'download: answers with a file to download',
    ],
    ['a picture', answers('image/png', { type: 'string', format: 'binary' }), 'called 1'],
    ['a file or JSON', [...answers('application/zip'), ...answers('application/json')], 'called 1'],
    ['a page', answers('text/html'), 'called 1'],
    [
      'only errors of a kind',
      [...answers('application/json'), ...answers('application/octet-stream', {}, '404')],
      'called 1',
    ],
  ])('judges an answer that is %s', (_, responses, expected) => {
    expect(fate('GET /a', { responses })).toBe(expected);
  });

  it('takes an export for a download whatever media type its document has', () => {
    const reason = 'download: exports or downloads: "export" in its path';
    expect(fate('GET /orders/export', { responses: answers('text/csv') })).toBe(reason);
    expect(fate('GET /orders/export', { responses: answers('application/json') })).toBe(reason);
    expect(fate('GET /orders/x', { summary: '导出订单' })).toBe(
      'download: exports or downloads: "导出" in its title',
    );
  });
});
