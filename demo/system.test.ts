import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../src/config/load.ts';
import { ManualClock } from '../src/lib/time/clock.ts';
import type { JsonSchema } from '../src/model/json.ts';
import { demoEnvironment, writeDemo } from './config.ts';
import { documentFiles } from './documents.ts';
import { withRefs } from './formats/refs.ts';
import type { DemoOperation } from './operation.ts';
import { orderSchemas } from './services/orders.ts';
import { demoApiKey } from './services/payments.ts';
import { demoAccount, demoClient, userSchemas } from './services/users.ts';
import { type DemoSystem, type ServiceName, startDemoSystem } from './system.ts';

let clock: ManualClock;
let demo: DemoSystem;

beforeEach(async () => {
  clock = new ManualClock();
  demo = await startDemoSystem({ clock });
});

afterEach(() => demo.close());

async function oauthToken(): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: demoClient.id,
    client_secret: demoClient.secret,
  });
  const response = await fetch(`${demo.services.users.url}/oauth/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function loginToken(account: object = demoAccount): Promise<{ code: number; data: { token: string } }> {
  const response = await fetch(`${demo.services.users.url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  return (await response.json()) as { code: number; data: { token: string } };
}

async function headersFor(service: ServiceName): Promise<Record<string, string>> {
  if (service === 'orders') return { authorization: `Bearer ${await oauthToken()}` };
  if (service === 'users') return { 'x-token': (await loginToken()).data.token };
  return { 'x-api-key': demoApiKey };
}

/** A call as the operation's own examples make it. */
function call(
  service: ServiceName,
  operation: DemoOperation,
  headers: Record<string, string> = {},
): Promise<Response> {
  const parameters = operation.parameters ?? [];
  const value = (name: string) => {
    const parameter = parameters.find((one) => one.name === name)!;
    return String(parameter.example ?? (parameter.schema['enum'] as string[])[0]);
  };
  const url = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => value(name));
  const init = { method: operation.method, headers: { 'content-type': 'application/json', ...headers } };
  const body = operation.body === undefined ? {} : { body: JSON.stringify(operation.body.example) };
  return fetch(`${demo.services[service].url}${url}`, { ...init, ...body });
}

const operation = (service: ServiceName, id: string): DemoOperation =>
  demo.operations[service].find((one) => one.id === id)!;

const getOrder = async () => call('orders', operation('orders', 'getOrder'), await headersFor('orders'));

describe('the demo system', () => {
  it('has about forty operations in three services', () => {
    const counts = Object.values(demo.operations).map((one) => one.length);
    expect(counts).toEqual([17, 16, 11]);
  });

  it.each(['orders', 'users', 'payments'] as const)(
    'answers every operation of %s as its document says',
    async (service) => {
      const schemas = { orders: orderSchemas, users: userSchemas, payments: {} }[service];
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      const definitions = Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, withRefs(schema as JsonSchema, '#/$defs/')]),
      );
      for (const one of demo.operations[service]) {
        if (one.id === 'oauthToken') continue;
        const response = await call(service, one, await headersFor(service));
        expect([one.id, response.status]).toEqual([one.id, one.status ?? 200]);
        if (one.answer === undefined || one.id === 'login') continue;
        const shape = { $defs: definitions, allOf: [withRefs(one.answer, '#/$defs/')] };
        ajv.validate(shape, await response.json());
        expect([one.id, ajv.errors]).toEqual([one.id, null]);
      }
    },
  );

  it.each(['orders', 'users', 'payments'] as const)(
    'lets nobody into %s who has not signed in',
    async (service) => {
      for (const one of demo.operations[service].filter(({ secured }) => secured)) {
        expect((await call(service, one)).status).toBe(401);
      }
    },
  );

  it('gives tokens that end after half an hour, and none for a wrong password', async () => {
    const headers = await headersFor('orders');
    await clock.advance(29 * 60_000);
    expect((await call('orders', operation('orders', 'listOrders'), headers)).status).toBe(200);
    await clock.advance(60_000);
    expect((await call('orders', operation('orders', 'listOrders'), headers)).status).toBe(401);
    expect(await loginToken({ username: 'patrol', password: 'guess' })).toMatchObject({
      code: 40001,
      data: null,
    });
    const refused = await fetch(`${demo.services.users.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      headers: { authorization: `Basic ${btoa('patrol:guess')}` },
    });
    expect(refused.status).toBe(401);
  });

  it('counts what it was asked', async () => {
    await getOrder();
    await fetch(`${demo.services.orders.url}/nothing`);
    expect(demo.services.orders.requests).toEqual(
      new Map([
        ['GET /orders/{orderId}', 1],
        ['unknown', 1],
      ]),
    );
  });
});

describe('a fault', () => {
  it('is an error, a wrong type or an envelope that says no', async () => {
    await demo.faults.set('orders-500', true);
    await demo.faults.set('orders-wrong-type', true);
    await demo.faults.set('payments-envelope', true);
    const items = await call('orders', operation('orders', 'listOrderItems'), await headersFor('orders'));
    expect(items.status).toBe(500);
    expect(await (await getOrder()).json()).toMatchObject({ total: '99 元' });
    const payment = await call('payments', operation('payments', '支付详情'), await headersFor('payments'));
    expect([payment.status, await payment.json()]).toMatchObject([200, { code: 50001 }]);
    await demo.faults.set('orders-wrong-type', false);
    expect(await (await getOrder()).json()).toMatchObject({ total: 99 });
  });

  it('is an answer that takes two and a half seconds', async () => {
    await demo.faults.set('orders-slow', true);
    const answer = call('orders', operation('orders', 'listOrders'), await headersFor('orders'));
    await expect.poll(() => clock.sleeping).toBe(1);
    await clock.advance(2500);
    expect((await answer).status).toBe(200);
  });

  it('is a token that is refused, once or always, or not given', async () => {
    const headers = await headersFor('users');
    const me = (with_ = headers) => call('users', operation('users', 'currentUser'), with_);
    expect((await me()).status).toBe(200);
    await demo.faults.set('tokens-revoked', true);
    expect((await me()).status).toBe(401);
    expect((await me(await headersFor('users'))).status).toBe(200);
    await demo.faults.set('tokens-expired', true);
    expect((await me(await headersFor('users'))).status).toBe(401);
    await demo.faults.set('login-broken', true);
    expect(await loginToken()).toMatchObject({ code: 50301 });
  });

  it('is a service that refuses connections, until it is back at the same address', async () => {
    const { url } = demo.services.payments;
    await demo.faults.set('payments-down', true);
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
    await demo.faults.set('payments-down', false);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('can be switched from another process', async () => {
    const states = await (await fetch(`${demo.controlUrl}/faults`)).json();
    expect(states).toContainEqual({ fault: 'users-down', effect: expect.any(String), on: false });
    await fetch(`${demo.controlUrl}/faults/orders-500`, { method: 'PUT' });
    expect(demo.faults.list()).toEqual(['orders-500']);
    await fetch(`${demo.controlUrl}/faults/orders-500`, { method: 'DELETE' });
    expect(demo.faults.list()).toEqual([]);
    expect((await fetch(`${demo.controlUrl}/faults/nothing`, { method: 'PUT' })).status).toBe(404);
  });
});

describe('what it writes for the patrol', () => {
  it('is three documents in three formats and a configuration without complaint', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-demo-'));
    try {
      const file = await writeDemo(demo, folder, {
        webhook: 'http://127.0.0.1:1/cgi-bin/webhook/send?key=demo',
        more: { interval: '1m' },
      });
      const loaded = await loadConfig(file, { env: demoEnvironment });
      expect(loaded.ok ? [] : loaded.problems).toEqual([]);
      const read = (name: keyof typeof documentFiles) =>
        readFile(path.join(folder, 'docs', documentFiles[name]), 'utf8');
      expect(parse(await read('orders'))).toMatchObject({
        openapi: '3.1.0',
        servers: [{ url: demo.services.orders.url }],
      });
      expect(JSON.parse(await read('users'))).toMatchObject({
        swagger: '2.0',
        host: new URL(demo.services.users.url).host,
      });
      expect(JSON.parse(await read('payments'))).toMatchObject({ info: { name: '支付中心' } });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
