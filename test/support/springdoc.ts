import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Spring Boot service with the document that springdoc makes of it: a login, envelopes, and no example anywhere. */

export const account = { username: 'patrol', password: 'p4tr0l-Secret!' } as const;

export interface Springdoc {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** `POST /auth/login`, in order. */
  readonly requests: readonly string[];
  /** Bodies that the login got, with their media types. */
  readonly logins: readonly { readonly type: string; readonly body: string }[];
  close(): Promise<void>;
}

export interface SpringdocOptions {
  /** `bearer`: in `components.securitySchemes`; `none`: the document does not say that one signs in. Default: `bearer`. */
  readonly says?: 'bearer' | 'none';
  /** The document shows what the login answers with. Default: as springdoc does for `R<LoginVO>`. */
  readonly showsAnswer?: boolean;
  /** Whom the document is shown to: who brings name and password with each request, or the token of the login. Default: everybody. */
  readonly shownTo?: 'basic' | 'login';
  /** What the login takes. Default: JSON. */
  readonly takes?: 'application/json' | 'application/x-www-form-urlencoded';
}

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwYXRyb2wifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg';
const at = '2026-11-29T08:00:00+08:00';
const orders = [7001, 7002, 7003].map((id) => ({ id, status: 'PAID', amount: 99.5, createdAt: at }));
const products = [31, 32].map((id) => ({ id, name: `product ${id}`, price: 12.5 }));

export async function startSpringdoc(options: SpringdocOptions = {}): Promise<Springdoc> {
  const requests: string[] = [];
  const logins: { type: string; body: string }[] = [];
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', url);
    requests.push(`${request.method} ${pathname}`);
    const body = await textOf(request);
    if (pathname === '/auth/login' && request.method === 'POST') {
      const type = request.headers['content-type'] ?? '';
      logins.push({ type, body });
      return send(response, loginAnswer(body, type));
    }
    const page = pages(pathname, documentOf(port, options));
    if (page !== undefined) return send(response, mayRead(request, options) ? page : unread);
    if (request.headers.authorization !== `Bearer ${token}`) return send(response, unread);
    return send(response, operation(request.method ?? 'GET', pathname));
  }

  return {
    url,
    port,
    requests,
    logins,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Reply {
  readonly status?: number;
  readonly type?: string;
  readonly body: unknown;
}

const unread: Reply = { status: 401, body: { code: 401, msg: '未登录或登录已过期', data: null } };

function mayRead({ headers: { authorization } }: IncomingMessage, { shownTo }: SpringdocOptions): boolean {
  if (shownTo === undefined) return true;
  const { username, password } = account;
  return (
    authorization === (shownTo === 'basic' ? `Basic ${btoa(`${username}:${password}`)}` : `Bearer ${token}`)
  );
}

function loginAnswer(body: string, type: string): Reply {
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  const sent: unknown = isForm ? Object.fromEntries(new URLSearchParams(body)) : parsed(body);
  const { username, password } = (typeof sent === 'object' && sent !== null ? sent : {}) as Partial<
    typeof account
  >;
  const isRight = username === account.username && password === account.password;
  if (!isRight) return { body: { code: 401, msg: '用户名或密码错误', data: null } };
  return { body: { code: 200, msg: '操作成功', data: { token, userId: 42, nickName: '巡检' } } };
}

function operation(method: string, pathname: string): Reply {
  const [, id] = /^\/(?:orders|products)\/(\d+)$/.exec(pathname) ?? [];
  const known = [...orders, ...products].find((one) => String(one.id) === id);
  switch (`${method} ${id === undefined ? pathname : pathname.replace(id, '{id}')}`) {
    case 'GET /users/me':
      return ok({ userId: 42, nickName: '巡检' });
    case 'GET /orders':
      return ok({ records: orders, total: orders.length });
    case 'POST /orders/search':
      return ok({ records: orders, total: orders.length });
    case 'GET /products':
      return ok(products);
    case 'GET /orders/{id}':
    case 'GET /products/{id}':
      return known === undefined
        ? { status: 404, body: { code: 404, msg: '不存在', data: null } }
        : ok(known);
    case 'GET /admin/statistics':
      return { status: 403, body: { code: 403, msg: '没有权限', data: null } };
    case 'GET /stores/{storeCode}/stock':
    default:
      return { status: 400, body: { code: 400, msg: '门店编码不存在', data: null } };
  }
}

const ok = (data: unknown): Reply => ({ body: { code: 200, msg: '操作成功', data } });

function pages(pathname: string, document: unknown): Reply | undefined {
  switch (pathname) {
    case '/':
      return { type: 'text/html', body: '<!doctype html><title>Welcome</title><p>It works</p>' };
    case '/doc.html':
      return { type: 'text/html', body: '<!doctype html><title>knife4j</title><div id="app"></div>' };
    case '/swagger-ui/index.html':
      return {
        type: 'text/html',
        body: '<!doctype html><title>Swagger UI</title><script src="./swagger-initializer.js"></script>',
      };
    case '/swagger-ui/swagger-initializer.js':
      return {
        type: 'text/javascript',
        body: 'window.ui = SwaggerUIBundle({ url: "", configUrl: "/v3/api-docs/swagger-config" });',
      };
    case '/v3/api-docs/swagger-config':
      return { body: { configUrl: '/v3/api-docs/swagger-config', url: '/v3/api-docs' } };
    case '/v3/api-docs':
      return { body: document };
    default:
      return undefined;
  }
}

function send(response: ServerResponse, { status = 200, type = 'application/json', body }: Reply): void {
  response.writeHead(status, { 'content-type': type });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const answerWith = (schema: unknown) => ({
  responses: { 200: { description: 'OK', content: { '*/*': { schema } } } },
});
const idInPath = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', format: 'int64' } }];
const enveloped = (data: unknown) => ({
  type: 'object',
  properties: { code: { type: 'integer', format: 'int32' }, msg: { type: 'string' }, data },
});

function documentOf(
  port: number,
  { says = 'bearer', showsAnswer = true, takes = 'application/json' }: SpringdocOptions,
): unknown {
  return {
    openapi: '3.0.1',
    info: { title: 'Order Center', version: '1.4.0' },
    // As springdoc fills it in: by the name that its own machine has.
    servers: [{ url: `http://localhost:${port}`, description: 'Generated server url' }],
    ...(says === 'bearer' ? { security: [{ Authorization: [] }] } : {}),
    paths: {
      '/auth/login': {
        post: {
          tags: ['auth-controller'],
          operationId: 'login',
          requestBody: { required: true, content: { [takes]: { schema: ref('LoginDTO') } } },
          ...answerWith(showsAnswer ? ref('RLoginVO') : { type: 'object' }),
        },
      },
      '/users/me': { get: { tags: ['user-controller'], operationId: 'me', ...answerWith(ref('RUser')) } },
      '/orders': {
        get: {
          tags: ['order-controller'],
          operationId: 'page',
          parameters: [
            { name: 'pageNum', in: 'query', required: false, schema: { type: 'integer' } },
            { name: 'pageSize', in: 'query', required: false, schema: { type: 'integer' } },
          ],
          ...answerWith(ref('RPageOrder')),
        },
        post: {
          tags: ['order-controller'],
          operationId: 'create',
          requestBody: { required: true, content: { 'application/json': { schema: ref('Order') } } },
          ...answerWith(ref('ROrder')),
        },
      },
      '/orders/{id}': {
        get: {
          tags: ['order-controller'],
          operationId: 'detail',
          parameters: idInPath,
          ...answerWith(ref('ROrder')),
        },
        delete: {
          tags: ['order-controller'],
          operationId: 'remove',
          parameters: idInPath,
          ...answerWith(ref('RUser')),
        },
      },
      '/orders/search': {
        post: {
          tags: ['order-controller'],
          operationId: 'search',
          requestBody: { required: true, content: { 'application/json': { schema: ref('OrderQuery') } } },
          ...answerWith(ref('RPageOrder')),
        },
      },
      '/products': {
        get: { tags: ['product-controller'], operationId: 'list', ...answerWith(ref('RProducts')) },
      },
      '/products/{id}': {
        get: {
          tags: ['product-controller'],
          operationId: 'one',
          parameters: idInPath,
          ...answerWith(ref('RProduct')),
        },
      },
      '/admin/statistics': {
        get: {
          tags: ['admin-controller'],
          operationId: 'statistics',
          ...answerWith(enveloped({ type: 'object' })),
        },
      },
      '/stores/{storeCode}/stock': {
        get: {
          tags: ['store-controller'],
          operationId: 'stock',
          parameters: [{ name: 'storeCode', in: 'path', required: true, schema: { type: 'string' } }],
          ...answerWith(enveloped({ type: 'object' })),
        },
      },
    },
    components: {
      ...(says === 'bearer'
        ? { securitySchemes: { Authorization: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } }
        : {}),
      schemas: {
        LoginDTO: {
          type: 'object',
          required: ['password', 'username'],
          properties: { username: { type: 'string' }, password: { type: 'string' } },
        },
        LoginVO: {
          type: 'object',
          properties: {
            token: { type: 'string' },
            userId: { type: 'integer' },
            nickName: { type: 'string' },
          },
        },
        OrderQuery: {
          type: 'object',
          properties: { status: { type: 'string' }, pageNum: { type: 'integer' } },
        },
        Order: {
          type: 'object',
          properties: {
            id: { type: 'integer', format: 'int64' },
            status: { type: 'string' },
            amount: { type: 'number' },
            createdAt: { type: 'string', format: 'date-time' },
          },
        },
        Product: {
          type: 'object',
          properties: { id: { type: 'integer' }, name: { type: 'string' }, price: { type: 'number' } },
        },
        PageOrder: {
          type: 'object',
          properties: { records: { type: 'array', items: ref('Order') }, total: { type: 'integer' } },
        },
        RLoginVO: enveloped(ref('LoginVO')),
        RUser: enveloped({
          type: 'object',
          properties: { userId: { type: 'integer' }, nickName: { type: 'string' } },
        }),
        ROrder: enveloped(ref('Order')),
        RPageOrder: enveloped(ref('PageOrder')),
        RProducts: enveloped({ type: 'array', items: ref('Product') }),
        RProduct: enveloped(ref('Product')),
      },
    },
  };
}
