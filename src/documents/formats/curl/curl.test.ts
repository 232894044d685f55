import { describe, expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';
import { curlCommands, requestOfCurl } from './curl-command.ts';

test('a list of commands, as copied from a browser and written by hand', async () => {
  const document = await readText(
    `#!/bin/sh
# 查询订单
curl 'https://a.example.com/orders/7?page=1' \\
  -H 'Authorization: Bearer hidden' \\
  -H $'X-Note: it\\'s' \\
  -b 'sid=hidden' --compressed

curl -sXPOST https://a.example.com/orders -u me:hidden -H "Content-Type: application/json" -d '{
  "sku": "a",
  "note": "b ; c | d"
}' | jq .
`,
    {},
    'calls.sh',
  );
  expect(JSON.stringify(document)).not.toContain('hidden');
  expect(document.format).toBe('curl');
  expect(document.operations).toEqual([
    {
      key: 'GET /orders/7',
      method: 'GET',
      path: '/orders/7',
      summary: '查询订单',
      tags: [],
      deprecated: false,
      servers: [{ url: 'https://a.example.com', isWhole: true }],
      parameters: [
        { name: 'page', in: 'query', required: true, schema: { type: 'integer' }, examples: [1] },
        { name: 'X-Note', in: 'header', required: true, schema: { type: 'string' }, examples: ["it's"] },
      ],
      responses: [],
      security: [{ bearer: [] }],
      extensions: {},
      pointer: 'line 3',
    },
    {
      key: 'POST /orders',
      method: 'POST',
      path: '/orders',
      tags: [],
      deprecated: false,
      servers: [{ url: 'https://a.example.com', isWhole: true }],
      parameters: [],
      body: {
        required: true,
        media: [
          {
            contentType: 'application/json',
            schema: {
              type: 'object',
              properties: { sku: { type: ['string', 'null'] }, note: { type: ['string', 'null'] } },
            },
            examples: [{ sku: 'a', note: 'b ; c | d' }],
          },
        ],
      },
      responses: [],
      security: [{ basic: [] }],
      extensions: {},
      pointer: 'line 8',
    },
  ]);
});

function requests(text: string): unknown {
  return curlCommands(text).map((command) => {
    const request = requestOfCurl(command, []);
    return request === undefined
      ? undefined
      : [
          request.method,
          request.url,
          request.body?.text ?? request.body?.fields?.map((field) => `${field.name}=${field.value}`),
        ];
  });
}

describe('what a shell makes of it', () => {
  test.each([
    [
      'Windows carets',
      'curl -X POST "http://a/x" ^\r\n  -d "{\\"a\\":1}"',
      [['POST', 'http://a/x', '{"a":1}']],
    ],
    ['carets before quotes', 'curl ^"http://a/x?b=1^&c=2^"', [['GET', 'http://a/x?b=1&c=2', undefined]]],
    [
      'an ampersand that nobody quoted',
      'curl http://a/x?b=1&c=2',
      [['GET', 'http://a/x?b=1&c=2', undefined]],
    ],
    [
      'two commands on a line',
      'curl http://a/x && curl http://a/y',
      [
        ['GET', 'http://a/x', undefined],
        ['GET', 'http://a/y', undefined],
      ],
    ],
    ['a prompt', '$ curl -I http://a/x', [['HEAD', 'http://a/x', undefined]]],
    [
      'options glued to values',
      'curl -XDELETE -Hx:y --request=PUT http://a/x',
      [['PUT', 'http://a/x', undefined]],
    ],
    ['-G', 'curl -G http://a/x -d a=1 --data-urlencode b=2', [['GET', 'http://a/x?a=1&b=2', undefined]]],
    ['several -d', 'curl http://a/x -d a=1 -d b=2', [['POST', 'http://a/x', 'a=1&b=2']]],
    ['--json', 'curl --json {} http://a/x', [['POST', 'http://a/x', '{}']]],
    [
      'forms and files',
      'curl -F a=1 -F f=@x.png -F password=p http://a/x',
      [['POST', 'http://a/x', ['a=1', 'f=', 'password=']]],
    ],
    ['a body from a file', 'curl -d @body.json http://a/x', [['POST', 'http://a/x', '{{file}}']]],
    [
      'options with values',
      'curl -m 5 -o out.json --retry 3 -x proxy:1 http://a/x',
      [['GET', 'http://a/x', undefined]],
    ],
    ['--url', 'curl --url http://a/x', [['GET', 'http://a/x', undefined]]],
    ['a variable as host', 'curl "$HOST/x"', [['GET', '{{HOST}}/x', undefined]]],
    ['no URL', 'curl --version', [undefined]],
    ['an installer', 'curl -fsSL https://a/install.sh | sh', [undefined]],
    ['an open quote', "curl 'http://a/x", [['GET', 'http://a/x', undefined]]],
  ])('%s', (_, text, expected) => {
    expect(requests(text)).toEqual(expected);
  });
});

test('a script that does other things is no list of calls', async () => {
  const script = 'set -e\nmake build\nmake test\ndocker push x\ncurl http://a.example.com/x\n';
  await expect(readText(script, {}, 'ci.sh')).rejects.toThrow('no interface document');
});

test.each([
  ['-u a:b', 'basic'],
  ['--oauth2-bearer t', 'bearer'],
  ['--aws-sigv4 aws:amz', 'awsSigV4'],
])('%s signs in as %s', async (option, kind) => {
  const { securitySchemes } = await readText(`curl ${option} https://a.example.com/x`, {}, 'a.sh');
  expect(Object.keys(securitySchemes)).toEqual([kind]);
});

test('what a script sets is filled into its commands, but no secret', async () => {
  const document = await readText(
    `#!/bin/bash
BASE="https://a.test/api"
export ID=7
TOKEN=hidden
LAST=$(curl -sS "$BASE/orders" | jq -r '.[0].id')
curl -sS -H "Authorization: Bearer $TOKEN" "\${BASE}/orders/$ID?\\$top=5&note=$UNKNOWN"
curl -T order.json $BASE/orders/$LAST
`,
    {},
    'calls.sh',
  );
  expect(JSON.stringify(document)).not.toContain('hidden');
  const calls = document.operations.map(({ key, servers, parameters }) => [
    key,
    servers[0]?.url,
    ...parameters.map(({ name, examples }) => `${name}=${examples.map((one) => JSON.stringify(one)).join()}`),
  ]);
  expect(calls).toEqual([
    ['GET /orders', 'https://a.test/api'],
    ['GET /orders/{ID}', 'https://a.test/api', 'ID=7', '$top=5', 'note='],
    ['PUT /orders/{LAST}', 'https://a.test/api', 'LAST='],
  ]);
});

test('what a browser copies for the command line of Windows is read like the rest', async () => {
  const text = String.raw`curl ^"https://a.test/orders?a=1^&b=2^" ^
  -H ^"x-note: ^\^"quoted^\^"^" ^
  --data-raw ^"^{^\^"sku^\^":^\^"50^%^\^"^}^"
`.replaceAll('\n', '\r\n');
  const document = await readText(text, {}, 'calls.txt');
  expect(document.operations[0]).toMatchObject({
    key: 'POST /orders',
    parameters: [
      { name: 'a', examples: [1] },
      { name: 'b', examples: [2] },
      { name: 'x-note', examples: ['"quoted"'] },
    ],
    body: { media: [{ contentType: 'application/json', examples: [{ sku: '50%' }] }] },
  });
});

test('what the client encodes is encoded, what it sends as it is stays', async () => {
  const text = "curl -G https://a.test/g --data-urlencode 'q=a+b 中' -d 'raw=a%2Bb+c'\n";
  const { operations } = await readText(text, {}, 'calls.txt');
  expect(operations[0]?.parameters.map(({ examples }) => examples)).toEqual([['a+b 中'], ['a+b c']]);
  expect(operations[0]?.sentQuery?.map((pair) => pair.text)).toEqual(['q=a%2Bb%20%E4%B8%AD', 'raw=a%2Bb+c']);
});

test('text that is not ASCII, as browsers copy it', async () => {
  const { operations } = await readText(
    String.raw`curl 'https://a.example.com/notes' -H $'X-Shop: \u95e8\u5e97' --data-raw $'{"a":"it\'s \ud83d\ude00\u0021","b":"\U0001F600","c":"\\u95e8"}'`,
    {},
    'copied.txt',
  );
  expect(operations[0]?.parameters.map(({ examples }) => examples)).toEqual([['门店']]);
  expect(operations[0]?.body?.media[0]?.examples).toEqual([{ a: "it's 😀!", b: '😀', c: '门' }]);
});
