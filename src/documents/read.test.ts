import { describe, expect, it } from 'vitest';
import { formatProblem, problemInLanguage } from '../messages/in-language.ts';
import { formats } from './formats/registry.ts';
import type { Problem } from '../model/problem.ts';
import { type FileAccess, readDocument } from './read.ts';

const none: FileAccess = {
  load: (reference) =>
    Promise.resolve({ level: 'error', code: 'file-unreadable', message: 'is not there', file: reference }),
  list: () => Promise.resolve([]),
};

async function problemsOf(text: string, uri = 'http://a.test/v3/api-docs') {
  const bytes = new TextEncoder().encode(text);
  const outcome = await readDocument({ uri, bytes }, formats, none, new AbortController().signal);
  if (outcome.kind === 'read') return { kind: outcome.kind, problems: outcome.document.problems };
  return { kind: outcome.kind, problems: [outcome.problem] };
}

async function toldOf(text: string, uri?: string): Promise<readonly string[]> {
  const { kind, problems } = await problemsOf(text, uri);
  return [kind, ...problems.map((problem) => `${problem.level} ${formatProblem(problem)}`)];
}

const at = 'http://a.test/v3/api-docs';
const wanted =
  '\n  → Set `docsCredential: NAME` of the service, a credential under `credentials` that may read the document.';

describe('what a server answers in place of a document', () => {
  it.each([
    ['{"code":401,"msg":"未登录"}', '未登录'],
    ['{"success":false,"message":"登录已过期，请重新登录","data":null}', '登录已过期，请重新登录'],
    ['{"errcode":40001,"errmsg":"invalid credential"}', 'invalid credential'],
    ['{"code":403,"message":"没有权限"}', '没有权限'],
    ['{"status":401,"error":"Unauthorized","path":"/v3/api-docs"}', 'Unauthorized'],
  ])('wants a sign-in: %s', async (text, said) => {
    expect(await toldOf(text)).toEqual([
      'refused',
      `error ${at}: answers "${said}" and no document: the document wants a sign-in${wanted}`,
    ]);
  });

  it('is a page with a field for a password', async () => {
    const page = '<!doctype html><title>统一认证</title><form><input type="password"></form>';
    expect(await toldOf(page)).toEqual([
      'refused',
      `error ${at}: is a sign-in page ("统一认证"): the document wants a sign-in${wanted}`,
    ]);
    expect(problemInLanguage((await problemsOf(page)).problems[0] as Problem, 'zh')).toBe(
      `${at}: 是登录页（“统一认证”）：读取文档需要登录\n  → 请为该服务设置 \`docsCredential: 凭证名\`，凭证在 \`credentials\` 中配置，且有权读取文档。`,
    );
  });

  it('is another error', async () => {
    expect(await toldOf('{"code":500,"msg":"系统异常"}')).toEqual([
      'refused',
      `error ${at}: answers "系统异常" and no document\n  → Give the address of the document itself, for example …/v3/api-docs or …/openapi.json.`,
    ]);
  });

  it.each(['{"code":401,"msg":"未登录"}', '{"name":"orders","list":[1]}'])(
    'is no answer of a server in a folder: %s',
    async (text) => {
      const { kind, problems } = await problemsOf(text, 'docs/sample.json');
      expect([kind, problems[0]?.code]).toEqual(['unknown', 'unknown-format']);
    },
  );
});

describe('a document of a version that nobody knows', () => {
  it.each([
    ['openapi: 4.0.0\npaths: {}', '1:1 /openapi: says `openapi: 4.0.0`'],
    ['{\n  "swagger": "3.0"\n}', '2:3 /swagger: says `swagger: 3.0`'],
    ['openapi:\npaths: {}', '1:1 /openapi: says `openapi: null`'],
  ])('is told with it: %s', async (text, said) => {
    const [kind, problem] = await toldOf(text);
    expect(kind).toBe('refused');
    expect(problem).toBe(
      `error ${at}:${said}, a version that is not known; known are \`openapi: 3.0\` to \`3.2\` and \`swagger: "2.0"\`\n  → Export it as OpenAPI 3 (JSON or YAML).`,
    );
  });

  it('is read as the newest that is known, of the same kind', async () => {
    const text = 'openapi: 3.9.1\npaths: { /a: { get: { responses: {} } } }\n';
    expect(await toldOf(text)).toEqual([
      'read',
      `warning ${at}:1:1 /openapi: says \`openapi: 3.9.1\`, a version that is not known; read as 3.2`,
    ]);
  });
});

describe('a document without operations', () => {
  it.each([
    ['{"openapi":"3.0.3","info":{},\n"paths":{}}', `${at}:2:1 /paths`],
    ['{"openapi":"3.0.3","info":{},\n"paths":[]}', `${at}:2:1 /paths`],
    ['{"swagger":"2.0","info":{}}', at],
  ])('says so: %s', async (text, where) => {
    const [kind, problem] = await toldOf(text);
    expect(kind).toBe('read');
    expect(problem).toMatch(`warning ${where}: describes no operation\n  → Nothing is patrolled by it.`);
  });

  it.each([
    '{"openapi":"3.1.0","components":{"schemas":{}}}',
    '{"openapi":"3.1.0","webhooks":{}}',
    '{"swagger":"2.0","definitions":{}}',
  ])('is meant to have none: %s', async (text) => {
    expect(await toldOf(text)).toEqual(['read']);
  });

  it.each([
    ['', 'api.json'],
    ['# nothing\n---\n', 'api.yaml'],
  ])('is empty: %j', async (text, uri) => {
    expect((await toldOf(text, uri))[1]).toMatch('is empty');
  });
});

describe('a reference to nothing', () => {
  it('is told with its line in YAML', async () => {
    const text = `openapi: 3.0.3
paths:
  /a:
    get:
      parameters:
        - $ref: '#/components/parameters/Nope'
      responses:
        200:
          $ref: '#/components/responses/Gone'
`;
    expect(await toldOf(text)).toEqual([
      'read',
      `error ${at}:6:11 /paths/~1a/get/parameters/0: refers to "#/components/parameters/Nope", which does not exist`,
      `error ${at}:9:11 /paths/~1a/get/responses/200: refers to "#/components/responses/Gone", which does not exist`,
    ]);
  });

  it('is told with its line in JSON', async () => {
    const text = `{
  "openapi": "3.0.3",
  "info": { "title": "a \\"b\\", {c}", "x": [1, {"y": []}] },
  "paths": {
    "/a/{id}": {
      "get": { "responses": { "200": {
        "description": "",
        "$ref": "#/components/responses/Gone" } } }
    }
  }
}`;
    expect(await toldOf(text)).toEqual([
      'read',
      `error ${at}:8:9 /paths/~1a~1{id}/get/responses/200: refers to "#/components/responses/Gone", which does not exist`,
    ]);
  });

  it('has no line where the document was inside of something else', async () => {
    const inner = '{"openapi":"3.0.3","paths":{"/a":{"get":{"responses":{"200":{"$ref":"#/x"}}}}}}';
    const { problems } = await problemsOf(`{"code":0,"data":${inner}}`);
    expect(problems).toMatchObject([{ code: 'ref-not-found' }]);
    expect(problems[0]?.line).toBeUndefined();
  });
});

describe('a document that is cut off', () => {
  const whole =
    'openapi: 3.0.3\npaths:\n  /a:\n    get: { responses: {} }\n  /b:\n    get:\n      responses: {}\n';

  it.each([
    ['in JSON', '{"openapi":"3.0.3","paths":{"/a":{"ge', ':1:'],
    ['within a flow mapping', whole.slice(0, whole.indexOf('{}') + 1), ':4:'],
    ['after a path', whole.slice(0, whole.indexOf('/b:') + 3), ':5:3'],
    ['in the name of a method', whole.slice(0, whole.indexOf('get:\n') + 2), ':5:3'],
    ['after a method', whole.slice(0, whole.indexOf('get:\n') + 4), ':6:5'],
  ])('is not taken for a shorter one: %s', async (_, text, where) => {
    const [kind, problem] = await toldOf(text);
    expect(kind).toBe('refused');
    expect(problem).toContain(`error ${at}${where}`);
  });

  it('is told from a slip in the middle', async () => {
    const text = whole.replace('get: { responses: {} }', 'soon');
    expect(await toldOf(text)).toEqual([
      'read',
      `warning ${at}:3:3 /paths/~1a: holds "soon", expected a mapping: is the document cut off here?`,
    ]);
  });
});
