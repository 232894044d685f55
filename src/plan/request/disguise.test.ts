import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { anOperation, aParameter, planOf } from '../../../test/support/plan-inputs.ts';
import type { Operation, Parameter } from '../../model/document.ts';
import type { Json } from '../../model/json.ts';
import type { OverrideSettings } from '../../model/settings.ts';

function fate(
  key: string,
  given: Partial<Operation> = {},
  overrides: readonly OverrideSettings[] = [],
): string {
  const { checks, skipped } = planOf(anOperation(key, given), { overrides });
  return skipped[0] === undefined ? `called ${checks[0]?.request.url}` : inEnglish(skipped[0].reason);
}

function query(name: string, example: string): Partial<Operation> {
  return { parameters: [aParameter(name, 'query', { examples: [example] })] };
}

const elsewhere = 'its path has a segment . or .., which leads elsewhere than it says';

describe('what hides in an address', () => {
  it.each([
    'GET /users/1/d%65lete',
    'GET /users/1/d%2565lete',
    'GET /users/1/%64%65%6C%65%74%65',
    'GET /users/1%2fdelete',
    'GET /users/1\\delete',
    'GET /users/1/ｄｅｌｅｔｅ',
    'GET /users/1/delete;v=1',
    'GET /users/1/delete;id={id}',
    'GET /users/1/delete?id={id}',
    'GET /users/1/delete%3Fx=1',
    'GET /users/1/delete%00',
    'GET /users/1/de%0Alete',
  ])('is the word of %s', (key) => {
    expect(fate(key)).toBe('may change something: "delete" in its path');
  });

  it.each<[string, Partial<Operation>?]>([
    ['GET /orders/../admin'],
    ['GET /orders/%2e%2e/admin'],
    ['GET /orders/%252e%252e/admin'],
    ['GET /orders/..;/admin'],
    ['GET /orders/..;a=b/admin'],
    ['GET /orders/..%5cadmin'],
    ['GET /orders/．．/admin'],
    ['GET /orders/./1'],
    ['GET /orders/{id}/x', { parameters: [aParameter('id', 'path', { examples: ['../../admin'] })] }],
  ])('a segment . or .. leads elsewhere: %s', (key, given) => {
    expect(fate(key, given)).toBe(elsewhere);
    expect(fate(key, given, [{ match: '* /**', allow: true }])).toBe(elsewhere);
  });

  it.each(['.', '..', ' .. '])('the example %j is no value of a segment', (example) => {
    const parameters = ['a', 'b'].map((name) => aParameter(name, 'path', { examples: [example] }));
    expect(fate('GET /orders/{a}{b}/x', { parameters })).toBe('called https://orders.internal/orders/aa/x');
  });

  it('is made of the values of two parameters', () => {
    const parameters = [
      aParameter('a', 'path', { examples: ['mo'] }),
      aParameter('b', 'path', { examples: ['dify'] }),
    ];
    expect(fate('GET /orders/1/{a}{b}', { parameters })).toBe(
      'by its address it changes something ("modify")',
    );
  });

  it.each<[string, string, Partial<Operation>?]>([
    ['"delete"', 'GET /orders?action=delete'],
    ['"delete"', 'GET /orders?action=d%65lete'],
    ['"delete"', 'GET /orders;action=delete'],
    ['"delete"', 'GET /orders/1;do=delete/x'],
    [
      '"delete"',
      'GET /orders/1/de{end}',
      { parameters: [aParameter('end', 'path', { examples: ['lete'] })] },
    ],
  ])('is %s in %s', (word, key, given) => {
    expect(fate(key, given)).toBe(`by its address it changes something (${word})`);
  });

  it.each(['d%65lete', 'd%2565lete', 'ｄｅｌｅｔｅ'])('is the value %s of a parameter', (example) => {
    expect(
      fate('GET /orders/1/{verb}', { parameters: [aParameter('verb', 'path', { examples: [example] })] }),
    ).toBe(`by its verb it changes something ("${example}")`);
  });

  it.each([
    'mutation{deleteAll}',
    'mutation Delete($a: Int) {deleteAll(a:$a)}',
    '  mutation,,Delete @x {deleteAll}',
    '# nothing\nmutation #x\n{deleteAll}',
    'query A{a} mutation B{b}',
    'subscription{a}',
    '%6dutation{deleteAll}',
  ])('is the GraphQL %j by GET', (text) => {
    expect(fate('GET /graphql', query('query', text))).toBe('its query holds a GraphQL mutation');
    expect(fate('GET /graphql', query('query', text), [{ match: 'GET /graphql', allow: true }])).toContain(
      'called',
    );
  });

  it.each<[string, string]>([
    ['q', 'mutation{d}'],
    ['batch', '[{"query":"mutation{d}"}]'],
    ['body', '{"query":"mutation A{d}"}'],
    ['payload', '{"a":["{b}","subscription{d}"]}'],
  ])('is the GraphQL in a parameter of any name: %s=%s', (name, text) => {
    const key = `GET /graphql?${name}=${encodeURIComponent(text)}`;
    expect(fate(key)).toBe(`its ${name} holds a GraphQL mutation`);
  });

  it('is the GraphQL in a segment', () => {
    const parameters = [aParameter('q', 'path', { examples: ['mutation{d}'] })];
    expect(fate('GET /graphql/{q}', { parameters })).toBe('its path holds a GraphQL mutation');
  });

  it.each<[string, Partial<Parameter>]>([
    ['a list', { name: 'action', examples: [['delete']] }],
    [
      'a list by its enum',
      { name: 'action', schema: { type: 'array', minItems: 1, items: { enum: ['delete'] } } },
    ],
    ['a list that is named as one', { name: 'action[]', examples: [['delete']] }],
    ['an object, exploded', { name: 'what', examples: [{ action: 'delete' }] }],
    ['a deep object', { name: 'what', style: 'deepObject', explode: true, examples: [{ action: 'delete' }] }],
    ['a member by its name', { name: 'what[action]', examples: ['delete'] }],
    ['JSON', { name: 'what', contentType: 'application/json', examples: [{ a: { action: 'd%65lete' } }] }],
    ['joined values', { name: 'action', examples: ['list,delete'] }],
  ])('is %s that is sent', (_, given) => {
    const parameters = [{ ...aParameter('x'), ...given }];
    expect(fate('GET /orders', { parameters })).toMatch(/^by its .* it changes something/);
  });

  it.each<[string, Json]>([
    ['x/delete', 'x/delete'],
    ['delete/1', 'delete/1'],
    ['x%2Fdelete', 'x%2Fdelete'],
    ['a list', ['delete']],
    ['an object', { a: 'delete' }],
    ['a matrix', 'x;delete'],
  ])('is a segment in the value of one: %s', (_, example) => {
    const parameters = [aParameter('id', 'path', { examples: [example] })];
    expect(fate('GET /seg2/{id}', { parameters })).toMatch(/^no value .* parameter id fits: .* is done$/);
  });

  it('is the GraphQL that the path itself gives', () => {
    expect(fate('GET /graphql?query=mutation%7BdeleteAll%7D')).toBe('its query holds a GraphQL mutation');
  });
});

describe('what hides nothing', () => {
  it.each<[string, Partial<Operation>?]>([
    ['GET /files/a%20b'],
    ['GET /projects/group%2Fproject'],
    ['GET /orders;v=1/{id}'],
    ['GET /库存/{id}'],
    ['GET /.well-known/openid-configuration'],
    ['GET /orders/v1.{format}'],
    ['GET /orders?action=list'],
    ['GET /orders', { parameters: [aParameter('sort', 'query', { examples: [['name', 'update']] })] }],
    ['GET /orders', { parameters: [aParameter('filter', 'query', { examples: [{ state: 'cancel' }] })] }],
    [
      'GET /files/{name}',
      { parameters: [aParameter('name', 'path', { examples: ['how to delete a file'] })] },
    ],
    ['GET /search', query('query', 'mutation analysis (2024)')],
    ['GET /graphql', query('query', '{orders{mutations(first:1){id}}}')],
    ['GET /graphql', query('query', 'query A{mutation{id}}')],
  ])('is called: %s', (key, given) => {
    expect(fate(key, given)).toContain('called');
  });
});

describe('a switch in the query', () => {
  it.each<[Partial<Operation>, string]>([
    [{ sentQuery: [{ name: 'delete', text: 'delete' }] }, 'by its address it changes something ("delete")'],
    [{ sentQuery: [{ name: 'x', text: '%64elete=' }] }, 'by its address it changes something ("delete")'],
    [
      { parameters: [aParameter('delete', 'query', { examples: [true] })] },
      'by its delete it changes something (true)',
    ],
    [
      { parameters: [aParameter('delete', 'query', { examples: [false] })] },
      'called https://orders.internal/files?delete=false',
    ],
    [{ sentQuery: [{ name: 'acl', text: 'acl' }] }, 'called https://orders.internal/files?acl'],
    [
      { parameters: [aParameter('verbose', 'query', { examples: [true] })] },
      'called https://orders.internal/files?verbose=true',
    ],
  ])('%j: %s', (given, expected) => {
    expect(fate('GET /files', given)).toBe(expected);
  });
});
