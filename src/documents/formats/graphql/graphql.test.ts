import { buildSchema, introspectionFromSchema } from 'graphql';
import { expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';

const sdl = `
"The roots"
type Query {
  "An order by its id"
  order(id: ID!, expand: Boolean = false): Order
  orders(first: Int!, state: State, filter: Filter!): [Order!]!
  version: String!
  node: Node
  old: String @deprecated(reason: "gone")
}
type Mutation { pay(id: ID!): Order }
type Subscription { changed: Order }
interface Node { id: ID! }
enum State { OPEN CLOSED }
input Filter { since: DateTime!, state: State!, inner: Filter }
scalar DateTime
type Order implements Node {
  id: ID!
  total: Float
  lines(first: Int): [Line]
  history(page: Int!): String
}
type Line { sku: String }
`;

test('query fields become operations; mutations and subscriptions are left out', async () => {
  const document = await readText(sdl, {}, 'schema.graphql');
  expect(document.problems.map(({ message }) => message)).toEqual([
    '1 mutations and 1 subscriptions are left out: only queries are called',
  ]);
  expect(
    document.operations.map(({ key, deprecated, extensions }) => [
      key,
      deprecated,
      (extensions['x-graphql'] as { query: string }).query,
    ]),
  ).toEqual([
    ['QUERY order', false, 'query order($id: ID!) { order(id: $id) { id total } }'],
    [
      'QUERY orders',
      false,
      'query orders($first: Int!, $filter: Filter!) { orders(first: $first, filter: $filter) { id total } }',
    ],
    ['QUERY version', false, 'query version { version }'],
    ['QUERY node', false, 'query node { node { id } }'],
    ['QUERY old', true, 'query old { old }'],
  ]);
  expect(document.operations[0]).toEqual({
    key: 'QUERY order',
    method: 'POST',
    path: '/graphql',
    operationId: 'order',
    summary: 'An order by its id',
    tags: [],
    deprecated: false,
    servers: [],
    parameters: [],
    body: {
      required: true,
      media: [
        {
          contentType: 'application/json',
          schema: {
            type: 'object',
            properties: {
              query: { type: 'string', const: 'query order($id: ID!) { order(id: $id) { id total } }' },
              variables: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
            },
            required: ['query', 'variables'],
          },
          examples: [],
        },
      ],
    },
    responses: [
      {
        status: '200',
        media: [
          {
            contentType: 'application/json',
            schema: {
              type: 'object',
              properties: {
                data: {
                  type: 'object',
                  properties: { order: { type: ['object', 'null'] } },
                  required: ['order'],
                },
                errors: { type: 'array', maxItems: 0 },
              },
              required: ['data'],
            },
            examples: [],
          },
        ],
      },
    ],
    extensions: {
      'x-graphql': {
        query: 'query order($id: ID!) { order(id: $id) { id total } }',
        variables: [{ name: 'id', type: 'ID!', schema: { type: 'string' } }],
      },
    },
    pointer: 'Query.order',
  });
});

test('a query without required arguments is ready to be sent', async () => {
  const { operations } = await readText(sdl, {}, 'schema.graphql');
  expect(operations[2]?.body?.media[0]?.examples).toEqual([{ query: 'query version { version }' }]);
});

test('required arguments are described down to the fields that an input needs', async () => {
  const { operations } = await readText(sdl, {}, 'schema.graphql');
  const notes = operations[1]?.extensions['x-graphql'] as { variables: readonly unknown[] };
  expect(notes.variables).toEqual([
    { name: 'first', type: 'Int!', schema: { type: 'integer' } },
    {
      name: 'filter',
      type: 'Filter!',
      schema: {
        type: 'object',
        properties: {
          since: { type: 'string', format: 'date-time' },
          state: { type: 'string', enum: ['OPEN', 'CLOSED'] },
        },
        required: ['since', 'state'],
      },
    },
  ]);
});

test.each([
  ['as the answer of the server', (schema: object) => ({ data: schema })],
  ['as a file', (schema: object) => schema],
])('an introspection %s says the same', async (_, wrap) => {
  const schema = introspectionFromSchema(buildSchema(sdl));
  const document = await readText(JSON.stringify(wrap(schema)));
  const expected = await readText(sdl, {}, 'schema.graphql');
  expect(document.operations).toEqual(expected.operations);
});

test('a part of a schema: an extension of what stands elsewhere, types that are unknown here', async () => {
  const { operations } = await readText(
    'extend type Query {\n  cart(user: UserId!): Cart\n}\n\ntype Line {\n  sku: String\n}\n',
    {},
    'cart.graphqls',
  );
  expect(operations.map(({ key, extensions }) => [key, extensions['x-graphql']])).toEqual([
    [
      'QUERY cart',
      {
        query: 'query cart($user: UserId!) { cart(user: $user) }',
        variables: [{ name: 'user', type: 'UserId!', schema: { type: 'string' } }],
      },
    ],
  ]);
});

test.each([
  ['a syntax error', 'type Query {\n  a: \n}\n', ['graphql-syntax']],
  ['a query type that is none', 'schema {\n  query: Q\n}\ninput Q {\n  a: Int\n}\n', ['no-operations']],
  ['a mutation type that is none', 'schema {\n  query: Q\n  mutation: M\n}\nscalar M\n', ['no-operations']],
  ['a query type that is nowhere', 'schema {\n  query: Q\n}\n', ['no-operations']],
  ['no query type', 'type Line {\n  sku: String\n}\n', ['no-operations']],
])('%s is a problem', async (_, text, codes) => {
  const { operations, problems } = await readText(text, {}, 'schema.graphql');
  expect([operations, problems.map(({ code }) => code)]).toEqual([[], codes]);
});

test('objects that only hold objects are asked for what is inside, within bounds', async () => {
  const { operations } = await readText(
    'type Query {\n  a: A\n  loop: Loop\n  hard: Hard\n}\ntype A {\n  b: B\n}\ntype B {\n  c: Int\n}\ntype Loop {\n  loop: Loop\n}\ntype Hard {\n  x(y: Int!): Int\n}\n',
    {},
    'schema.graphql',
  );
  expect(operations.map(({ extensions }) => (extensions['x-graphql'] as { query: string }).query)).toEqual([
    'query a { a { b { c } } }',
    'query loop { loop { loop { loop { loop { __typename } } } } }',
    'query hard { hard { __typename } }',
  ]);
});
