import { createHash, createHmac, createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { credential, harness, never } from '../../../test/support/auth-harness.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { signatureSpec, compileSignatureSpec } from '../signature/signature-spec.ts';
import { signaturePresets } from '../signature/presets.ts';
import { signRequest } from '../signature/sign.ts';

/** Signs with a preset at a given moment; `fixed` replaces what is random. */
function signWith(preset: string, request: OutgoingRequest, given: Record<string, string>, now = 0) {
  const found = signaturePresets.find((one) => one.name === preset);
  const { steps, problems } = compileSignatureSpec(signatureSpec.parse(found?.steps), Object.keys(given));
  expect(problems).toEqual([]);
  return signRequest(request, steps, given, now);
}

const authorization = (request: OutgoingRequest) => request.headers['authorization'];

describe('published examples', () => {
  it('Tencent Cloud API 3.0: CVM DescribeInstances', () => {
    const { request } = signWith(
      'tencent-cloud-tc3',
      {
        method: 'POST',
        url: 'https://cvm.tencentcloudapi.com/',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
      },
      {
        key: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
        secret: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
        service: 'cvm',
      },
      1_551_113_065_000,
    );
    expect(authorization(request)).toBe(
      'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, ' +
        'SignedHeaders=content-type;host, ' +
        'Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
    );
    expect(request.headers['x-tc-timestamp']).toBe('1551113065');
  });

  it('Huawei Cloud: VPC list', () => {
    const { request, values } = signWith(
      'huawei-apig',
      {
        method: 'GET',
        url: 'https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?marker=13551d6b-755d-4757-b956-536f674975c0&limit=2',
        headers: { 'content-type': 'application/json' },
      },
      { key: 'QTWAOYTTINDUT2QVKYUC', secret: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc' },
      Date.UTC(2019, 10, 15, 3, 36, 55),
    );
    expect(values.get('text')).toBe(
      'SDK-HMAC-SHA256\n20191115T033655Z\nb25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a',
    );
    expect(authorization(request)).toBe(
      'SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, ' +
        'Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe',
    );
  });

  it('Taobao: taobao.item.seller.get', () => {
    const { request } = signWith(
      'taobao-top',
      {
        method: 'GET',
        url: 'http://gw.api.taobao.com/router/rest?method=taobao.item.seller.get&session=test&format=json&v=2.0&fields=num_iid,title,nick,price,num&num_iid=11223344',
        headers: {},
      },
      { key: '12345678', secret: 'helloworld' },
      Date.UTC(2016, 0, 1, 4),
    );
    expect(new URL(request.url).searchParams.get('sign')).toBe('66987CB115214E59E6EC978214934FB8');
    expect(request.url).toContain('timestamp=2016-01-01%2012%3A00%3A00');
  });

  it('Alibaba Cloud API Gateway: the text that is signed', () => {
    const { request, values } = signWith(
      'aliyun-api-gateway',
      {
        method: 'POST',
        url: 'http://api.aliyun.com/http2test/test?param1=test',
        headers: {
          accept: 'application/json; charset=utf-8',
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
          date: 'Wed, 09 May 2018 13:30:29 GMT+00:00',
          'user-agent': 'ALIYUN-ANDROID-DEMO',
        },
        body: 'username=xiaoming&password=123456789',
      },
      { key: '203753385', secret: 'app-secret', uuid: 'c9f15cbf-f4ac-4a6c-b54d-f51abf4b5b44' },
      1_525_872_629_832,
    );
    const text = [
      'POST',
      'application/json; charset=utf-8',
      '',
      'application/x-www-form-urlencoded; charset=utf-8',
      'Wed, 09 May 2018 13:30:29 GMT+00:00',
      'x-ca-key:203753385',
      'x-ca-nonce:c9f15cbf-f4ac-4a6c-b54d-f51abf4b5b44',
      'x-ca-signature-method:HmacSHA256',
      'x-ca-timestamp:1525872629832',
      '/http2test/test?param1=test&password=123456789&username=xiaoming',
    ].join('\n');
    expect(values.get('text')).toBe(text);
    expect(request.headers).toMatchObject({
      'x-ca-signature': createHmac('sha256', 'app-secret').update(text).digest('base64'),
      'x-ca-signature-headers': 'x-ca-key,x-ca-nonce,x-ca-signature-method,x-ca-timestamp',
    });
  });

  it('WeChat Pay v3: the text that is signed, and a signature that its public key verifies', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { request, values } = signWith(
      'wechat-pay-v3',
      { method: 'GET', url: 'https://api.mch.weixin.qq.com/v3/certificates?a=1', headers: {} },
      {
        key: '1900009191',
        secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        serial: '1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C',
        uuid: '593bec0c-930b-f1af-eb40-b4a08c8fb242',
      },
      1_554_208_460_000,
    );
    const text = 'GET\n/v3/certificates?a=1\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n';
    expect(values.get('text')).toBe(text);
    expect(authorization(request)).toMatch(
      /^WECHATPAY2-SHA256-RSA2048 mchid="1900009191",nonce_str="593BEC0C930BF1AFEB40B4A08C8FB242",signature="[\w+/=]+",timestamp="1554208460",serial_no="1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C"$/,
    );
    const signature = /signature="([^"]+)"/.exec(authorization(request) ?? '')?.[1] ?? '';
    expect(createVerify('sha256').update(text).verify(publicKey, signature, 'base64')).toBe(true);
  });
});

describe('a signature of one’s own', () => {
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');

  it('is described in steps', async () => {
    const steps = [
      { set: { timestamp: '{{now}}' } },
      { put: { in: 'header', name: 'X-Time', value: '{{timestamp}}' } },
      { put: { in: 'body', name: 'appId', value: '{{key}}' } },
      { join: { as: 'fields', from: ['json', 'query'], drop: ['sign'], empty: 'drop' } },
      { set: { sign: "{{fields | append: '|' | append: timestamp | append: secret | md5}}" } },
      { put: { in: 'body', name: 'sign', value: '{{sign}}' } },
    ];
    const { sign, clock } = harness([credential('c', 'signature', { key: 'app', secret: 's3cr3t', steps })]);
    const signed = await sign('c', {
      method: 'POST',
      url: 'http://h/a?z=%E4%B8%AD&empty=',
      headers: { 'content-type': 'application/json' },
      body: '{"b":{"c":[1,2]},"a":true,"n":null}',
    });
    const text = `a=true&appId=app&b={"c":[1,2]}&z=中|${clock.now()}s3cr3t`;
    expect(signed).toMatchObject({
      ok: true,
      request: {
        url: 'http://h/a?z=%E4%B8%AD&empty=',
        headers: { 'x-time': String(clock.now()) },
        body: JSON.stringify({ b: { c: [1, 2] }, a: true, n: null, appId: 'app', sign: md5(text) }),
      },
    });
  });

  it('may go into a form, leave alone what is there, and keep the order of the request', async () => {
    const steps = [
      { put: { in: 'body', name: 'v', value: '2', unlessPresent: true } },
      { put: { in: 'query', name: 'q', value: 'new', unlessPresent: true } },
      { put: { in: 'header', name: 'H', value: 'new', unlessPresent: true } },
      {
        join: {
          as: 'fields',
          from: ['form'],
          sort: false,
          pair: '{{name}}:{{value}}',
          by: ',',
          only: ['a*', 'v'],
        },
      },
      { put: { in: 'body', name: 'sign', value: '{{fields | base64_encode}}' } },
    ];
    const { sign } = harness([credential('c', 'signature', { key: 'k', secret: 's', steps })]);
    const form = { 'content-type': 'application/x-www-form-urlencoded', h: 'old' };
    expect(await sign('c', { url: 'http://h/?q=old', headers: form, body: 'b=2&a1=x&v=1' })).toMatchObject({
      request: { url: 'http://h/?q=old', headers: { h: 'old' }, body: 'b=2&a1=x&v=1&sign=YTE6eCx2OjE%3D' },
    });
    expect(await sign('c', { url: 'http://h/', headers: { ...form }, body: 'a=1' })).toMatchObject({
      request: { url: 'http://h/?q=new', body: 'a=1&v=2&sign=YToxLHY6Mg%3D%3D' },
    });
    expect(await sign('c', { headers: {}, body: 'text' })).toEqual({
      ok: false,
      message: 'credential "c": "v" can be put only into a form or a JSON object',
    });
    expect(await sign('c', { headers: {}, body: '{"v":1}' })).toMatchObject({
      request: { body: '{"v":1,"sign":""}' },
    });
  });

  it('can use everything of a request', async () => {
    const parts =
      '{{method}} {{host}} {{path}} {{queryString}} {{url}} {{body}} {{header.X-A}} {{query.b}} {{header.none}}';
    const steps = [{ put: { in: 'header', name: 'x', value: parts } }];
    const { sign } = harness([credential('c', 'signature', { key: 'k', secret: 's', steps })]);
    const body = new TextEncoder().encode('bytes');
    expect(await sign('c', { url: 'http://h:81/p?b=1', headers: { 'x-a': 'A' }, body })).toMatchObject({
      request: { headers: { x: 'GET h:81 /p b=1 /p?b=1 bytes A 1 ' } },
    });
  });

  it.each<[object, string]>([
    [{}, 'needs either `preset` or `steps`, and not both'],
    [
      { preset: 'sorted-md5', steps: [{ set: { a: 'b' } }] },
      'needs either `preset` or `steps`, and not both',
    ],
    [{ preset: 'tencent-cloud-tc3' }, 'needs `values.service` for tencent-cloud-tc3: name of the service'],
    [{ steps: [{ set: { a: 'b' }, put: { in: 'query', name: 'a', value: 'b' } }] }, 'must be exactly one of'],
    [{ steps: [{ set: { a: '{{b}}' } }] }, 'there is no value \\"b\\"; known here are now, uuid, method'],
    [{ steps: [{ set: { a: '{{key | md6}}' } }] }, 'there is no filter \\"md6\\"; did you mean md5?'],
  ])('is refused as %j', (written, message) => {
    expect(() => credential('c', 'signature', { key: 'k', secret: 's', ...written })).toThrow(message);
  });
});

describe('a signature', () => {
  const make = () =>
    harness([credential('c', 'signature', { preset: 'sorted-md5', key: 'app', secret: 'an-app-secret' })]);
  const time = (signed: unknown) =>
    Number(new URL((signed as { request: OutgoingRequest }).request.url).searchParams.get('timestamp'));

  it('is made anew for every request', async () => {
    const { sign } = make();
    const urls = await Promise.all([sign('c'), sign('c')]);
    expect(new Set(urls.map((one) => one.ok && one.request.url)).size).toBe(2);
  });

  it('follows the clock of the server that refused it, for all who report it', async () => {
    const { sign, manager, clock, logged } = make();
    const anHourAhead = new Date(clock.now() + 3_600_000).toUTCString();
    const date = (name: string) => (name === 'date' ? anHourAhead : undefined);
    expect(time(await sign('c'))).toBe(clock.now());
    const again = await Promise.all(Array.from({ length: 50 }, () => manager.rejected('c', 0, never, date)));
    expect(new Set(again)).toEqual(new Set([true]));
    expect(time(await sign('c'))).toBe(clock.now() + 3_600_000);
    expect(await manager.rejected('c', 1, never, date)).toBe(false);
    expect(logged).toEqual([
      'the server’s clock differs; signatures follow it {"credential":"c","seconds":3600}',
    ]);
  });

  it('is not repeated when the clocks agree', async () => {
    const { manager, clock } = make();
    expect(await manager.rejected('c', 0, never, () => new Date(clock.now()).toUTCString())).toBe(false);
    expect(await manager.rejected('c', 0, never)).toBe(false);
  });

  it('is explained with its secret masked', async () => {
    const { manager } = make();
    const sample = { method: 'GET' as const, url: 'http://h/orders?b=2&a=1', headers: {} };
    const {
      steps: [step],
    } = await manager.test('c', sample, never);
    expect(step?.details).toEqual([
      expect.saying(/^parameters: a=1&appKey=app&b=2&nonce=[0-9a-f]{32}&timestamp=\d+$/),
      expect.saying(/^text: a=1&appKey=app&b=2&nonce=[0-9a-f]{32}&timestamp=\d+&key=\*\*\*$/),
      'signature: ***',
      expect.saying(/^address: http:\/\/h\/orders\?b=2&a=1&appKey=app&timestamp=\d+&nonce=\w+&sign=\*\*\*$/),
    ]);
  });
});
