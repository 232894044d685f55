import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../src/lib/time/clock.ts';
import { isObject } from '../src/model/json.ts';
import { type FaultName, Faults, faults as faultTexts, isFaultName } from './faults.ts';
import type { DemoAnswer, DemoOperation } from './operation.ts';
import { DemoService } from './service.ts';
import { refuseOrders } from './services/order-rules.ts';
import { orderOperations } from './services/orders.ts';
import { demoApiKey, paymentOperations, refusePayments } from './services/payments.ts';
import { refuseUsers } from './services/user-rules.ts';
import { userOperations } from './services/users.ts';
import { TokenIssuer } from './tokens.ts';

export type ServiceName = 'orders' | 'users' | 'payments';

/** The watched system: three services with a port each, and a control server that switches faults. */
export interface DemoSystem {
  readonly services: Readonly<Record<ServiceName, DemoService>>;
  readonly operations: Readonly<Record<ServiceName, readonly DemoOperation[]>>;
  readonly faults: Faults;
  /** `GET /faults`; `PUT /faults/NAME` switches on, `DELETE /faults/NAME` off. */
  readonly controlUrl: string;
  close(): Promise<void>;
}

/** `port` is the order service's, the others take the next ones; 0 lets the machine choose. */
export async function startDemoSystem(
  options: { readonly clock?: Clock; readonly port?: number } = {},
): Promise<DemoSystem> {
  const { clock = systemClock, port = 0 } = options;
  const tokens = new TokenIssuer(clock);
  const faults = new Faults(async (name, on) => {
    const service = /^(orders|users|payments)-down$/.exec(name)?.[1];
    if (service !== undefined)
      await (on ? services[service as ServiceName].down() : services[service as ServiceName].up());
    if ((name === 'tokens-revoked' || name === 'login-broken') && on) tokens.revokeAll();
  });
  const isFresh = (token: string | undefined) => !faults.isOn('tokens-expired') && tokens.accepts(token);
  const operations = {
    orders: orderOperations(clock),
    users: userOperations(clock, tokens),
    payments: paymentOperations(clock),
  };
  const interfere = (operation: DemoOperation, answer: DemoAnswer) => spoil(operation, answer, faults, clock);
  const start = (
    name: ServiceName,
    offset: number,
    own: Pick<Parameters<typeof DemoService.start>[0], 'isSignedIn' | 'refuse'>,
  ) => DemoService.start({ operations: operations[name], interfere, ...own }, port === 0 ? 0 : port + offset);
  const services = {
    orders: await start('orders', 0, {
      isSignedIn: (request) => isFresh(bearerOf(request)),
      refuse: refuseOrders,
    }),
    users: await start('users', 1, {
      isSignedIn: (request) => isFresh(request.headers['x-token']?.toString()),
      refuse: refuseUsers,
    }),
    payments: await start('payments', 2, {
      isSignedIn: (request) => request.headers['x-api-key'] === demoApiKey,
      refuse: refusePayments,
    }),
  };
  const control = await startControl(faults, port === 0 ? 0 : port + 3);
  return {
    services,
    operations,
    faults,
    controlUrl: control.url,
    close: async () => {
      await Promise.all([...Object.values(services).map((service) => service.down()), control.close()]);
    },
  };
}

function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

const slowMs = 2500;

/** The faults that show in an answer. */
async function spoil(
  operation: DemoOperation,
  answer: DemoAnswer,
  faults: Faults,
  clock: Clock,
): Promise<DemoAnswer> {
  const hits = (fault: FaultName, ...ids: readonly string[]) =>
    ids.includes(operation.id) && faults.isOn(fault);
  if (hits('orders-500', 'listOrderItems')) {
    return {
      status: 500,
      body: { error: 'internal', message: 'java.lang.NullPointerException: order.items is null' },
    };
  }
  if (hits('login-broken', 'login', 'oauthToken')) {
    return { status: 503, body: { code: 50301, message: '认证服务暂不可用', data: null } };
  }
  if (hits('payments-envelope', '支付详情')) {
    return { status: 200, body: { code: 50001, message: '系统繁忙，请稍后再试' } };
  }
  if (hits('orders-wrong-type', 'getOrder') && isObject(answer.body)) {
    return { ...answer, body: { ...answer.body, total: `${JSON.stringify(answer.body['total'])} 元` } };
  }
  if (hits('orders-slow', 'listOrders')) await clock.sleep(slowMs);
  return answer;
}

async function startControl(faults: Faults, port: number) {
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '').replace(/^\/faults\/?/, ''));
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const states = () =>
      Object.entries(faultTexts).map(([fault, effect]) => ({
        fault,
        effect,
        on: faults.isOn(fault as FaultName),
      }));
    if (request.method === 'GET') return answer(200, states());
    if (!isFaultName(name))
      return answer(404, { message: `no fault ${name}`, known: Object.keys(faultTexts) });
    faults.set(name, request.method === 'PUT').then(
      () => answer(200, states()),
      (error: unknown) => answer(500, { message: String(error) }),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
