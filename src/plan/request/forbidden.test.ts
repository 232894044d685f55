import { describe, expect, it } from 'vitest';
import { anOperation, aParameter, planOf } from '../../../test/support/plan-inputs.ts';
import type { Operation } from '../../model/document.ts';
import type { ServiceSettings } from '../../model/settings.ts';

function planWith(given: Partial<Operation>, service: Partial<ServiceSettings> = {}, key = 'GET /orders/1') {
  return planOf(anOperation(key, given), service);
}

function header(name: string, example = 'DELETE') {
  return { parameters: [aParameter(name, 'header', { examples: [example] })] };
}

describe('what makes another method of a request', () => {
  it.each([
    'X-HTTP-Method-Override',
    'x-http-method-override',
    'X_HTTP_METHOD_OVERRIDE',
    'X-HTTP-Method',
    'X-Method-Override',
    'HTTP-Method-Override',
    'X-HTTP-Verb-Override',
    'X-Original-Method',
    'X-Forwarded-Method',
    'X-Tunneled-Method',
    'X-Verb-Tunnel',
    '_method',
  ])('as the header %s of a document leaves the operation uncalled', (name) => {
    const { checks, skipped } = planWith(header(name));
    expect(checks).toEqual([]);
    expect(skipped[0]).toMatchObject({
      code: 'unsafe-method',
      reason: `its document has ${name} sent, which makes another method of it`,
    });
    expect(skipped[0]?.hint).toContain('params:');
  });

  it.each<[string, Partial<Operation>, string?]>([
    ['in the query', { parameters: [aParameter('_method', 'query', { examples: ['DELETE'] })] }],
    ['in the query by another name', { parameters: [aParameter('X-HTTP-Method-Override', 'query')] }],
    ['as OData writes it', { parameters: [aParameter('$httpMethod', 'query', { examples: ['DELETE'] })] }],
    ['inside an object', { parameters: [aParameter('q', 'query', { examples: [{ _method: 'DELETE' }] })] }],
    ['in the path', {}, 'GET /orders/1?_method=DELETE'],
    ['encoded in the path', {}, 'GET /orders/1?%5Fmethod=DELETE'],
    ['as a matrix parameter', {}, 'GET /orders/1;_method=DELETE'],
    ['encoded twice in the path', {}, 'GET /orders/1?%255Fmethod=DELETE'],
    ['in wide letters', {}, 'GET /orders/1?＿ｍethod=DELETE'],
    ['as a list', { parameters: [aParameter('_method[]', 'query', { examples: ['DELETE'] })] }],
    ['as a cookie', { parameters: [aParameter('_method', 'cookie', { examples: ['DELETE'] })] }],
  ])('%s leaves it uncalled', (_, given, key) => {
    expect(planWith(given, {}, key).checks).toEqual([]);
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data', 'application/json'])(
    'in a body (%s) leaves a write uncalled that is allowed',
    (contentType) => {
      const body = { required: true, media: [{ contentType, examples: [{ _method: 'DELETE', a: 1 }] }] };
      const overrides = [{ match: 'POST /orders', allow: true }];
      expect(planWith({ body }, { overrides }, 'POST /orders').checks).toEqual([]);
    },
  );

  it('is sent when the configuration asks for it', () => {
    const overrides = [
      { match: 'GET /orders/1', params: { 'X-HTTP-Method-Override': 'GET', _method: 'GET' } },
    ];
    const [check] = planWith(header('X-HTTP-Method-Override'), { overrides }).checks;
    expect(check?.request).toMatchObject({
      url: 'https://orders.internal/orders/1?_method=GET',
      headers: { 'x-http-method-override': 'GET' },
    });
  });

  it.each(['method', 'payment_method', 'httpStatus', 'methods', 'verb'])('is not what %s says', (name) => {
    const parameters = [aParameter(name, 'query', { examples: ['card'] })];
    expect(planWith({ parameters }).checks).toHaveLength(1);
  });
});

describe('headers that are not for a document to set', () => {
  it.each([
    ['Host', 'it belongs to the connection, not to the document'],
    ['Connection', 'it belongs to the connection, not to the document'],
    ['Transfer-Encoding', 'it belongs to the connection, not to the document'],
    ['Content-Length', 'it belongs to the connection, not to the document'],
    ['Proxy-Authorization', 'it belongs to the connection, not to the document'],
    ['X-Forwarded-For', 'it says for whom or through which host the request comes'],
    ['X_Forwarded_Host', 'it says for whom or through which host the request comes'],
    ['X-Real-IP', 'it says for whom or through which host the request comes'],
    ['Forwarded', 'it says for whom or through which host the request comes'],
    ['X-Original-URL', 'it says which address is meant'],
    ['X-Rewrite-URL', 'it says which address is meant'],
    ['X-Envoy-Original-Path', 'it says which address is meant'],
    ['X-Original-Anything', 'it says which address is meant'],
    ['X-Middleware-Subrequest', 'it says which address is meant'],
    ['Dapr-App-Id', 'it says which address is meant'],
    ['Destination', 'it says which address is meant'],
    ['X-Custom-IP-Authorization', 'it says for whom or through which host the request comes'],
    ['X-ClientIP', 'it says for whom or through which host the request comes'],
    ['X-Host', 'it belongs to the connection, not to the document'],
    ['X-Remote-User', 'it says who asks'],
    ['Remote-User', 'it says who asks'],
    ['X-SSL-Client-Verify', 'it says who asks'],
    ['X-Client-Cert', 'it says who asks'],
    ['X-ARR-ClientCert', 'it says who asks'],
    ['X-Auth-Request-Email', 'it says who asks'],
    ['X-MS-CLIENT-PRINCIPAL-NAME', 'it says who asks'],
    ['Impersonate-User', 'it says who asks'],
    ['X-Amz-Date', 'it is a part of a signature, which is for a credential to make'],
    ['traceparent', 'each call has a trace of its own'],
    ['tracestate', 'each call has a trace of its own'],
    ['X-B3-TraceId', 'each call has a trace of its own'],
    ['Range', 'it asks for a part of the answer'],
    ['Expect', 'it belongs to the connection, not to the document'],
    ['TE', 'it belongs to the connection, not to the document'],
    ['Upgrade', 'it belongs to the connection, not to the document'],
    ['Accept-Encoding', 'it belongs to the connection, not to the document'],
  ])('%s is left out, and told', (name, why) => {
    const { checks, problems } = planWith(header(name, 'evil.example'));
    expect(JSON.stringify(checks[0]?.request)).not.toContain('evil.example');
    expect(problems).toMatchObject([
      {
        level: 'info',
        code: 'header-left-out',
        message: `GET /orders/1: the header ${name} is not sent: ${why}`,
      },
    ]);
  });

  it.each(['Cookie', 'Authorization'])('the example of %s is not sent', (name) => {
    const { checks } = planWith(header(name, 'session=evil'), { credential: 'none' });
    expect(JSON.stringify(checks)).not.toContain('session=evil');
  });

  it.each([
    'X-User',
    'X-Username',
    'X-User-Name',
    'X-Auth-User',
    'X-Login',
    'X-Role',
    'X-Roles',
    'X-Is-Admin',
    'X-Groups',
    'X-Account-Id',
    'X-Uid',
    'userId',
    'login-user',
    'X-JWT-Payload',
    'X-Endpoint-API-UserInfo',
    'X-Authorization',
    'Authentication',
    'X-HTTP-DestinationURL',
    'Http-Url',
    'X-Upstream',
    'X-Url',
    'X-Uri',
    'X-Rewrite',
    'Origin',
    'Referer',
    'Method',
    'X-Method-Real',
    'X-Real-Method',
    'X-Principal-Type',
    'x_user_id',
    'X-Userid',
    'X-Current-User',
    'X-Effective-Roles',
    'X-Subject',
    'X-Identity',
    'X-Callback-Url',
    'X-Act-As',
    'X-On-Behalf-Of',
    'X-Run-As',
    'X-Assume',
    'X-Delegate',
    'X-As',
    'X-Scopes',
    'X-Rights',
    'X-Perm',
    'X-Authority',
    'X-Owner',
    'X-Operator',
    'operatorId',
    'X-Staff-No',
    'x-employee-id',
    'X-Is-Staff',
    'X-Uname',
    'X-Email',
    'X-Auth-Level',
    'X-Skip-Auth',
    'X-Bypass',
    'X-Trusted',
    'X-Privileged',
    'X-Route-To',
    'X-Forward-To',
    'X-Dest',
    'X-Path',
    'X-Action',
    'X-Command',
    'SOAPAction',
    'X-Delete',
    'X-Staff-Tenant-Id',
    'X-Tenant-Role',
    'X-App-Secret',
    'X-Frobnicate',
    'X-Client-As',
    'X-User-Version',
    'X-Node-User-Version',
    'X-Skip-Red-Version',
    'X-Node-Red-Id',
    'X-Version-Admin',
  ])('%s is for the configuration to give, and asked for', (name) => {
    const { checks, skipped } = planWith(header(name, 'root'));
    expect(checks).toEqual([]);
    expect(skipped[0]).toMatchObject({ code: 'no-value', needs: `header ${name}` });
    expect(skipped[0]?.hint).toContain(`${name}:`);
    const given = planWith(header(name, 'root'), { params: { [name]: 'patrol' } });
    expect(given.checks[0]?.request.headers[name.toLowerCase()]).toBe('patrol');
    const optional = { parameters: [aParameter(name, 'header', { required: false, examples: ['root'] })] };
    expect(JSON.stringify(planWith(optional).checks[0]?.request)).not.toContain('root');
  });

  it.each(['satoken', 'X-Ticket', 'X-Auth', 'blade-auth', 'Admin-Token'])(
    '%s is what signing in gives, and asked for as that',
    (name) => {
      const { checks, skipped } = planWith(header(name, 'root'));
      expect(checks).toEqual([]);
      expect(skipped[0]).toMatchObject({ code: 'no-credential' });
      expect(skipped[0]?.hint).toContain(`name: ${name}`);
    },
  );

  it('are asked for together', () => {
    const parameters = ['X-Staff-No', 'X-Act-As'].map((name) => aParameter(name, 'header'));
    expect(planWith({ parameters }).skipped[0]?.hint).toMatch(/X-Staff-No: …\n\s+X-Act-As: …/);
  });

  it.each(['role', 'isAdmin', 'uid', 'session', 'JSESSIONID', 'acting_as', 'satoken'])(
    'the cookie %s is for the configuration to give, and asked for',
    (name) => {
      const cookie = (required: boolean) => ({
        parameters: [aParameter(name, 'cookie', { required, examples: ['stolen'] })],
      });
      const { checks, skipped } = planWith(cookie(true), { credential: 'none' });
      expect(checks).toEqual([]);
      expect(skipped[0]?.hint).toContain('GET /orders/1');
      const given = planWith(cookie(true), { credential: 'none', params: { [name]: 'patrol' } });
      expect(given.checks[0]?.request.headers['cookie']).toBe(`${name}=patrol`);
      expect(JSON.stringify(planWith(cookie(false)).checks[0]?.request)).not.toContain('stolen');
    },
  );

  it('is sent as the configuration gives it', () => {
    const { checks, problems } = planWith(header('X-Forwarded-For', 'evil'), {
      params: { 'X-Forwarded-For': '192.0.2.1' },
    });
    expect(checks[0]?.request.headers['x-forwarded-for']).toBe('192.0.2.1');
    expect(problems).toEqual([]);
  });

  it.each([
    'X-Request-Id',
    'X-Tenant-Id',
    'X-Correlation-Id',
    'X-Trace-Id',
    'Accept-Language',
    'Accept-Version',
    'X-API-Version',
    'X-MS-Version',
    'X-GitHub-Api-Version',
    'Node-RED-API-Version',
    'Accept',
    'X-Client-Id',
    'X-Client-Version',
    'X-Source',
    'X-Region',
    'X-Zip-Code',
    'X-App-Id',
    'X-Device-Id',
    'X-Merchant-Id',
    'X-Org-Id',
    'X-Ms-Client-Request-Id',
    'xero-tenant-id',
    'tenantId',
    'X-Timezone',
    'X-Locale',
    'X-Platform',
    'X-Requested-With',
    'contentType',
    'If-None-Match',
    'Idempotency-Key',
    'Prefer',
  ])('says nothing of %s, which services ask for', (name) => {
    const { checks, problems } = planWith(header(name, 'a'));
    expect(checks[0]?.request.headers[name.toLowerCase()]).toBe('a');
    expect(problems).toEqual([]);
  });
});

it('a query of GraphQL is one only when the reader of GraphQL says so', () => {
  const allowed = planWith({ extensions: { 'x-graphql': { query: 'query { a }' } } }, {}, 'DELETE /orders/1');
  expect(allowed.checks).toEqual([]);
});
