import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from '../../test/support/served.ts';
import { acknowledgement } from './api/incidents.ts';
import { endpoints } from './api/endpoints.ts';

let served: Served;
let items: { id: string; path: string; method: string; state: string; incident?: string }[];

const operation = (method: string, path: string) =>
  items.find((one) => one.method === method && one.path === path)!;

beforeAll(async () => {
  served = await serve();
  await served.system.faults.set('orders-500', true);
  await served.cycle();
  items = (await served.get('/operations')).body.items;
}, 90_000);
afterAll(() => served.close());

describe('reading', () => {
  it.each([
    ['getOverview', '/overview'],
    ['listOperations', '/operations'],
    ['listIncidents', '/incidents?state=all'],
    ['listSilences', '/silences'],
    ['listDocuments', '/documents'],
    ['listChanges', '/changes'],
    ['listChannels', '/channels'],
    ['listMessages', '/channels/wecom/messages'],
    ['listAudit', '/audit'],
    ['getReport', '/reports'],
    ['getSlo', '/slo'],
    ['getConfig', '/config'],
  ] as const)('%s answers as its schema says', async (id, path) => {
    const answer = await served.get(path);
    expect(answer.status).toBe(200);
    const { answer: schema } = endpoints[id];
    expect(schema.parse(answer.body)).toEqual(answer.body);
  });

  it('tells what is wrong, and since when', async () => {
    const { body } = await served.get('/overview');
    expect(body).toMatchObject({
      state: 'failing',
      counts: { fail: 1, skipped: 11 },
      open: [{ label: 'GET /orders/{orderId}/items', state: 'firing', reason: { code: 'status' } }],
      openCount: 1,
      running: false,
      lastCycle: { counts: { fail: 1 } },
    });
    expect(body.nextCycles).toHaveLength(3);
    // It begins with a half hour, and ends with the quarter that goes on.
    expect([95, 96]).toContain(body.lastDay.length);
    expect(body.lastDay.at(-1).counts.fail + body.lastDay.at(-2).counts.fail).toBe(1);
  });

  it('tells what has to be set up, of all services or of one', async () => {
    const namesOf = async (path: string) =>
      ((await served.get(path)).body.items as { service: string }[]).map(({ service }) => service);
    expect((await namesOf('/set-up')).length).toBeGreaterThan(1);
    expect(await namesOf('/set-up?service=users')).toEqual(['users']);
  });

  it('lists operations in the order of the documents, called or not', () => {
    expect(items.slice(0, 3).map(({ method, path, state }) => [method, path, state])).toEqual([
      ['GET', '/orders', 'pass'],
      ['HEAD', '/orders', 'pass'],
      ['POST', '/orders', 'skipped'],
    ]);
    expect(operation('GET', '/orders/{orderId}/items')).toMatchObject({
      state: 'fail',
      reason: 'HTTP 500, expected: 200',
      strip: expect.stringMatching(/^\.{46}(?:[.pf]f|f\.)$/),
      incident: expect.stringMatching(/^[0-9A-Z]{4}$/),
    });
  });

  it('shows an operation with what is documented, asked, expected and received', async () => {
    const { id, incident } = operation('GET', '/orders/{orderId}/items');
    const { status, body } = await served.get(`/operations/${id}`);
    expect(status).toBe(200);
    expect(endpoints.getOperation.answer.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      file: { title: expect.any(String), format: 'openapi-3.1' },
      documented: { responses: expect.arrayContaining([expect.objectContaining({ status: '200' })]) },
      promise: { statuses: ['200', '401', '404'], p95Ms: 2000 },
      incidents: [{ id: incident }],
      curl: expect.stringContaining("-H 'authorization: ***'"),
    });
    expect(Object.keys(body.documented.schemas)).not.toEqual([]);
    // Its document has been read once: that is no change of it.
    expect((await served.get('/changes')).body.items).not.toEqual([]);
    expect(body).not.toHaveProperty('change');
    expect(body.results[0]).toMatchObject({
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      verdict: 'fail',
      status: 500,
      evidence: { excerpt: expect.any(String) },
    });
    const results = await served.get(`/operations/${id}/results?limit=1`);
    expect(endpoints.listResults.answer.parse(results.body)).toEqual(results.body);
    expect(results.body).toMatchObject({ items: [{ verdict: 'fail' }], next: '1' });
    expect((await served.get(`/operations/${id}/results?limit=1&cursor=1`)).body).toMatchObject({
      items: [{ verdict: 'pass' }],
    });
  });

  it('says of a captured value from which answer it comes', async () => {
    const { body } = await served.get(`/operations/${operation('GET', '/orders/{orderId}').id}`);
    expect(endpoints.getOperation.answer.parse(body)).toEqual(body);
    expect(body.request.values).toContainEqual(
      expect.objectContaining({ name: 'orderId', origin: 'captured', from: 'GET /orders' }),
    );
  });

  it('says why an operation is not called, and what would change that', async () => {
    const { body } = await served.get(`/operations/${operation('POST', '/orders').id}`);
    expect(body).toMatchObject({
      state: 'skipped',
      skip: {
        code: 'unsafe-method',
        reason: 'POST may change data',
        hint: expect.stringContaining('allow'),
      },
      results: [],
    });
  });
});

describe('HTTP', () => {
  it('does not send again what the caller has', async () => {
    const first = await served.get('/documents');
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^W\/"/);
    const again = await served.get('/documents', { 'if-none-match': etag });
    expect(again).toMatchObject({ status: 304, body: '' });
    expect((await served.get('/documents', { 'if-none-match': 'W/"other"' })).status).toBe(200);
  });

  it.each([
    ['GET', '/nowhere', undefined, 404, 'there is nothing at /api/v1/nowhere'],
    ['GET', '/operations/0000', undefined, 404, 'there is no operation 0000'],
    ['GET', '/incidents/ZZZZ', undefined, 404, 'there is no incident #ZZZZ'],
    ['GET', '/channels/none/messages', undefined, 404, 'there is no channel none'],
    ['DELETE', '/silences/999', undefined, 404, 'there is no silence 999 that has not ended'],
    ['GET', '/audit?limit=x', undefined, 422, '/query/limit: is not a number'],
    ['GET', '/audit?cursor=abc', undefined, 400, 'the cursor is not one that a page has given as `next`'],
    ['GET', '/audit?from=5&to=4', undefined, 400, '`from` is after `to`'],
    ['GET', '/audit?form=5', undefined, 400, 'the query has an unknown parameter "form"'],
    ['GET', '/overview?x', undefined, 400, 'the query has an unknown parameter "x"'],
    [
      'GET',
      '/set-up?service=nobody',
      undefined,
      422,
      'there is no service "nobody"; there are orders, users, payments',
    ],
    ['POST', '/silences', '{', 400, expect.stringMatching(/^the body is not JSON/)],
    [
      'POST',
      '/silences',
      { matcher: {}, reason: 'x' },
      422,
      expect.stringContaining('/body/matcher: says nothing'),
    ],
    [
      'POST',
      '/silences',
      { matcher: { services: ['nobody'] }, reason: 'x' },
      422,
      'there is no service "nobody"; there are orders, users, payments',
    ],
    ['POST', '/messages/requeue', { ids: [7] }, 409, 'message 7 was not given up; none was given up'],
    ['POST', '/cycles', { services: ['orders'] }, 422, '/body: has the unknown key "services"'],
    ['POST', '/channels/wecom/test', { to: 'x' }, 422, '/body: has the unknown key "to"'],
    ['DELETE', '/silences/1', { at: 1 }, 422, '/body: has the unknown key "at"'],
    [
      'POST',
      '/silences/preview',
      { matcher: { incident: 'A7F3', service: 'orders' } },
      422,
      '/body/matcher: has the unknown key "service"',
    ],
    ['POST', '/credentials/forget', { name: 'login' }, 422, '/body: has the unknown key "name"'],
    ['POST', '/credentials/forget', { credential: 'sos' }, 404, 'there is no credential "sos"'],
  ])('%s %s answers with a problem', async (method, path, body, status, detail) => {
    const answer = await served.call(method, path, body === undefined ? {} : { body });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      type: 'about:blank',
      title: expect.any(String),
      status,
      detail,
      instance: `/api/v1${path.split('?')[0]}`,
    });
  });

  it('says what is wrong in the language of whoever asks', async () => {
    const answer = await served.call('POST', '/silences', {
      body: { matcher: {}, reason: 'x', forMs: 60_000 },
      headers: { 'accept-language': 'zh-CN,zh;q=0.9' },
    });
    const message = '没有任何条件；请至少给出 incident、services、tags、levels、subject 之一';
    expect(answer.body).toMatchObject({
      title: '内容无效',
      detail: `/body/matcher：${message}`,
      errors: [{ pointer: '/body/matcher', message }],
    });
  });

  it('takes JSON alone, and no more than 256 KiB of it', async () => {
    const form = await served.call('POST', '/silences', {
      body: 'reason=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(form.status).toBe(415);
    const large = await served.call('POST', '/silences', { body: { reason: 'x'.repeat(300_000) } });
    expect(large.status).toBe(413);
  });

  it('does the same thing once for one Idempotency-Key', async () => {
    const body = { matcher: { subject: 'nothing' }, reason: 'twice', forMs: 60_000 };
    const headers = { 'idempotency-key': 'k1' };
    const [one, two] = [
      await served.call('POST', '/silences', { body, headers }),
      await served.call('POST', '/silences', { body, headers }),
    ];
    expect(one.status).toBe(201);
    expect(two.body).toEqual(one.body);
    const other = await served.call('POST', '/silences', { body: { ...body, reason: 'other' }, headers });
    expect(other.status).toBe(422);
    expect((await served.call('DELETE', `/silences/${one.body.id}`)).status).toBe(204);
    expect((await served.call('DELETE', `/silences/${one.body.id}`)).status).toBe(404);
  });
});

describe('steering', () => {
  it('looks after an incident, with everybody watching', async () => {
    const { incident: id } = operation('GET', '/orders/{orderId}/items');
    const told = served.next('incidents');
    const acknowledged = await served.call('POST', `/incidents/${id}/ack`, { body: { note: 'on it' } });
    expect(acknowledged.status).toBe(200);
    expect(endpoints.getIncident.answer.parse(acknowledged.body)).toEqual(acknowledged.body);
    expect(acknowledgement.parse(acknowledged.body.acknowledged)).toMatchObject({
      by: 'page',
      note: 'on it',
    });
    expect(await told).toMatchObject({ kind: 'incidents', ids: [id] });
    const commented = await served.call('POST', `/incidents/${id}/comments`, { body: { text: 'a release' } });
    expect(commented.status).toBe(201);
    const back = await served.call('POST', `/incidents/${id}/unack`);
    expect(back.body.acknowledged).toBeUndefined();
    expect(back.body.audit.map(({ action }: { action: string }) => action)).toEqual([
      'acknowledge',
      'comment',
      'unacknowledge',
    ]);
    expect((await served.get('/audit')).body.items[0]).toMatchObject({ action: 'unacknowledge', by: 'page' });
  });

  it('silences it', async () => {
    const { incident: id } = operation('GET', '/orders/{orderId}/items');
    const silence = await served.call('POST', '/silences', {
      body: { matcher: { incident: id }, reason: 'known' },
    });
    expect(silence.status).toBe(201);
    expect(endpoints.createSilence.answer.parse(silence.body)).toEqual(silence.body);
    expect(silence.body.incidents).toEqual([
      { id, label: 'GET /orders/{orderId}/items', services: ['orders'] },
    ]);
    const { body } = await served.get(`/incidents/${id}`);
    expect(body).toMatchObject({ silenced: true, silences: [{ id: silence.body.id, by: 'page' }] });
    expect(body.audit).toContainEqual(
      expect.objectContaining({ action: 'silence', note: silence.body.reason }),
    );
    await served.call('DELETE', `/silences/${silence.body.id}`);
    const { body: after } = await served.get(`/incidents/${id}`);
    expect(after.silenced).toBe(false);
    expect(after.audit.at(-1)).toMatchObject({ action: 'end-silence', by: 'page' });
  });

  it('calls an operation at once', async () => {
    const { id } = operation('GET', '/orders/{orderId}/items');
    await served.system.faults.set('orders-500', false);
    const told = served.next('operations');
    const { status, body } = await served.call('POST', `/operations/${id}/check`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ verdict: 'pass', status: 200 });
    expect(await told).toMatchObject({ ids: [id] });
    expect((await served.get(`/operations/${id}`)).body.state).toBe('pass');
    const skipped = await served.call('POST', `/operations/${operation('POST', '/orders').id}/check`);
    expect(skipped.status).toBe(409);
  });

  it('forgets tokens, so that the next call signs in anew', async () => {
    const signIns = () => served.system.services.users.requests.get('POST /auth/login') ?? 0;
    const before = signIns();
    expect(
      (await served.call('POST', '/credentials/forget', { body: { credential: 'login' } })).body,
    ).toEqual({
      cleared: 1,
    });
    const { id } = items.find(({ path }) => path === '/users')!;
    await served.call('POST', `/operations/${id}/check`);
    expect(signIns()).toBe(before + 1);
  });

  it('has nothing to send again while nothing was given up', async () => {
    expect((await served.call('POST', '/messages/requeue', { body: {} })).body).toEqual({ requeued: [] });
  });

  it('says what channels are called', async () => {
    const { body } = await served.get('/channels');
    expect(body.items).toMatchObject([{ name: 'wecom', kind: 'wecom-robot', title: 'WeCom robot' }]);
  });

  it('tries a channel', async () => {
    const before = served.wecom.messages.length;
    const { body } = await served.call('POST', '/channels/wecom/test');
    expect(body).toMatchObject({ ok: true });
    expect(served.wecom.messages).toHaveLength(before + 1);
  });

  it('starts a cycle', async () => {
    const closed = served.next('cycle-closed');
    expect((await served.call('POST', '/cycles')).status).toBe(202);
    expect(await closed).toMatchObject({ cycle: { outcome: 'complete' } });
  });
});
