import { describe, expect, it } from 'vitest';
import { exampleOf } from '../../web/src/pages/settings/example-of.ts';
import { type ApiDocument, curlOf, groupsOf, poolOf } from '../../web/src/pages/settings/api-document.ts';
import { openApiDocument } from './openapi.ts';

const documentIn = (language: 'en' | 'zh', base = '') => openApiDocument({ version: '1', language, base });
const shownIn = (language: 'en' | 'zh') => documentIn(language) as unknown as ApiDocument;
const han = /\p{Script=Han}/u;

describe('the document of the API', () => {
  it('says in Chinese what each endpoint does, who may, its parameters, and what the groups are', () => {
    const { tags, paths } = shownIn('zh');
    const operations = Object.values(paths).flatMap((item) => Object.values(item));
    const said = operations.flatMap(({ operationId, summary, description, parameters = [] }) => [
      [operationId, summary],
      [operationId, description],
      ...parameters.flatMap((one) => (one.description === undefined ? [] : [[one.name, one.description]])),
    ]);
    expect(said.length).toBeGreaterThan(120);
    expect(
      [...said, ...tags.map(({ name, 'x-displayName': title }) => [name, title])].filter(
        ([, text]) => !han.test(text ?? ''),
      ),
    ).toEqual([]);
  });

  it('says in Chinese what each field is, in answers, bodies and parameters', () => {
    const named = /^`[^`]+`$/;
    const descriptionsIn = (one: unknown, isNamed = false): readonly string[] => {
      if (Array.isArray(one)) return one.flatMap((item) => descriptionsIn(item));
      if (typeof one !== 'object' || one === null) return [];
      return Object.entries(one).flatMap(([key, child]) =>
        key === 'description' && typeof child === 'string' && !isNamed
          ? [child]
          : descriptionsIn(child, key === 'properties' && !isNamed),
      );
    };
    const said = descriptionsIn(documentIn('zh'));
    expect(said.length).toBeGreaterThan(300);
    expect(said.filter((text) => !han.test(text) && !named.test(text))).toEqual([]);
  });

  it('says the same in English without a word of Chinese', () => {
    expect(JSON.stringify(documentIn('en'))).not.toMatch(han);
    expect(JSON.stringify(documentIn('en'))).not.toMatch(/"api\.\w/);
  });

  it('gives no bounds that are those of every number', () => {
    expect(JSON.stringify(documentIn('en'))).not.toContain('9007199254740991');
  });

  it('says of each object of a body that it has no other members', () => {
    const { paths, components } = documentIn('en') as unknown as ApiDocument & {
      readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
    };
    const open: string[] = [];
    const walk = (one: unknown, at: string): void => {
      if (typeof one !== 'object' || one === null) return;
      const { $ref, properties, additionalProperties } = one as Readonly<Record<string, unknown>>;
      if (typeof $ref === 'string') walk(components.schemas[$ref.split('/').at(-1) ?? ''], at);
      if (properties !== undefined && additionalProperties !== false) open.push(at);
      for (const [key, child] of Object.entries(one)) walk(child, `${at}/${key}`);
    };
    const bodies = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { requestBody }]) => [`${method} ${path}`, requestBody] as const),
    );
    for (const [at, body] of bodies) walk(body, at);
    expect(bodies.filter(([, body]) => body !== undefined).length).toBeGreaterThan(10);
    expect(open).toEqual([]);
  });

  it('stands below the path at which the server is reached', () => {
    expect(documentIn('en', '/patrol')['servers']).toEqual([{ url: '/patrol/api/v1' }]);
  });
});

describe('its page', () => {
  it('finds endpoints by path, name and what they do, in the language of the page', () => {
    const found = (language: 'en' | 'zh', wanted: string) =>
      groupsOf(shownIn(language), wanted).map(({ title, endpoints }) => [
        title,
        ...endpoints.map(({ operation }) => operation.operationId),
      ]);
    expect(found('zh', '认领')).toEqual([['故障', 'acknowledgeIncident', 'unacknowledgeIncident']]);
    expect(found('en', 'post SILENCES preview')).toEqual([['Silences', 'previewSilence']]);
    expect(found('en', 'nothing of the kind')).toEqual([]);
    expect(found('en', '').flat()).toContain('listenToEvents');
  });

  it('writes lines that a shell takes as they are', () => {
    const document = shownIn('en');
    const curl = (id: string) =>
      groupsOf(document, id)
        .flatMap(({ endpoints }) => endpoints)
        .filter(({ operation }) => operation.operationId === id)
        .map((endpoint) => curlOf(endpoint, 'http://patrol/api/v1', poolOf(document)));
    const token = '-H "Authorization: Bearer $TOKEN"';
    expect(curl('getIncident')).toEqual([`curl ${token} "http://patrol/api/v1/incidents/$ID"`]);
    expect(curl('commentIncident')).toEqual([
      `curl -X POST ${token} -H 'Content-Type: application/json' -d '{"text":"…"}' "http://patrol/api/v1/incidents/$ID/comments"`,
    ]);
    expect(curl('createSilence')).toEqual([
      `curl -X POST ${token} -H 'Content-Type: application/json' -d '{"matcher":{"incident":"…"},"reason":"…"}' "http://patrol/api/v1/silences"`,
    ]);
    expect(curl('getMeta')).toEqual(['curl "http://patrol/api/v1/meta"']);
  });

  it('has an example of every kind of value', () => {
    const pool = {
      '#/a': { type: 'object', properties: { b: { $ref: '#/a' }, c: { enum: ['x', 'y'] } }, required: ['c'] },
    };
    const object = (properties: object) => ({
      type: 'object',
      properties,
      required: Object.keys(properties),
    });
    expect(
      exampleOf(
        object({
          one: { $ref: '#/a' },
          list: { type: 'array', items: { type: 'integer', minimum: 3 } },
          either: { anyOf: [{ const: 'k' }, { type: 'string' }] },
          is: { type: 'boolean' },
          share: { type: 'number', exclusiveMinimum: 0 },
          any: {},
        }),
        pool,
      ),
    ).toEqual({ one: { c: 'x' }, list: [3], either: 'k', is: true, share: 1, any: '…' });
  });
});
