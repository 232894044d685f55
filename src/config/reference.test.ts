import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Shape } from './validation/conform.ts';
import { builtIn } from './registries.ts';
import { configReference, jsonSchema, referenceFiles, withChannels } from './reference.ts';

const ajv = new Ajv({ strict: false, allErrors: true });

describe('the reference', () => {
  it.each(Object.keys(referenceFiles()))('in docs/reference/%s is up to date (npm run docs)', (name) => {
    const file = new URL(`../../docs/reference/${name}`, import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(referenceFiles()[name]);
  });

  it('and the table of channels in the guide are up to date (npm run docs)', () => {
    const page = readFileSync(new URL('../../docs/guide/messages.md', import.meta.url), 'utf8');
    expect(page).toBe(withChannels(page));
    for (const { kind } of builtIn.channels) expect(page).toContain(`| [\`${kind}\`](`);
  });

  it('describes every key but those that the registries own', () => {
    const [own = ''] = configReference().split('## `expect`');
    const undescribed = own.split('\n').filter((line) => line.startsWith('| `') && line.endsWith('|  |'));
    expect(undescribed).toEqual([]);
  });

  it('has a section for every scheme and channel', () => {
    const page = configReference();
    for (const { kind, summary } of [...builtIn.schemes, ...builtIn.channels]) {
      expect(page).toMatch(new RegExp(`^### .(scheme|kind): ${kind}.$`, 'm'));
      expect(page).toContain(summary);
    }
  });
});

describe('the JSON Schema for editors', () => {
  const validate = ajv.compile(jsonSchema());
  const errors = (config: unknown) => {
    validate(config);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  it('accepts what loading accepts, expressions included', () => {
    expect(
      errors({
        'x-common': { any: 'thing' },
        interval: '${env:I}',
        retries: '${env:N}',
        limits: { ratePerOrigin: '${file:r}', body: '2MiB' },
        services: [
          {
            docs: ['a', 'b'],
            baseUrl: '${env:BASE}/x',
            timeout: { total: '5s' },
            operations: [{ match: 'GET /a', allow: '${env:A}', expect: { status: ['2xx', 304] } }],
          },
        ],
        credentials: { a: { scheme: 'login', url: 'https://x', json: { a: [1] }, token: '$.t' } },
        channels: { a: { kind: 'wecom-robot', webhook: '${env:W}', language: 'en' } },
      }),
    ).toEqual([]);
  });

  it('refuses unknown keys and wrong values', () => {
    expect(errors({ intervall: '5m' })).toEqual([' must NOT have additional properties']);
    expect(errors({ interval: 'soon' })[0]).toContain('/interval must match pattern');
    expect(errors({ retries: 9 })).toEqual(['/retries must be <= 5']);
    expect(errors({ credentials: { a: { scheme: 'bearer', tokn: 'x' } } })).not.toEqual([]);
  });

  it('needs nothing but itself', () => {
    expect(JSON.stringify(jsonSchema())).not.toContain('$ref');
  });

  it('describes what the tags choose', () => {
    const credentials = (jsonSchema() as unknown as Shape).properties?.['credentials']
      ?.additionalProperties as Shape;
    expect(credentials.oneOf?.map(({ title, description }) => [title, typeof description])).toContainEqual([
      'bearer',
      'string',
    ]);
  });
});
