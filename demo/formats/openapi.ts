import type { Json, JsonObject } from '../../src/model/json.ts';
import type { DemoOperation } from '../operation.ts';
import { orderSchemas } from '../services/orders.ts';
import { pathItems, withRefs } from './refs.ts';

const prefix = '#/components/schemas/';

/** The order service as OpenAPI 3.1. */
export function openApiDocument(
  operations: readonly DemoOperation[],
  url: string,
  tokenUrl: string,
): JsonObject {
  const schemas = Object.entries(orderSchemas).map(
    ([name, schema]) => [name, withRefs(schema, prefix)] as const,
  );
  return {
    openapi: '3.1.0',
    info: { title: 'Order service', version: '2.4.0', description: 'Orders, products and shipments.' },
    servers: [{ url, description: 'demo' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ sso: ['orders:read'] }],
    paths: pathItems(operations, operationObject),
    components: {
      securitySchemes: {
        sso: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl, scopes: { 'orders:read': 'Read orders' } } },
        },
      },
      responses: {
        Unauthorized: {
          description: 'Token missing, invalid or expired',
          content: json({ $ref: `${prefix}Error` }),
        },
      },
      schemas: Object.fromEntries(schemas),
    },
  };
}

function operationObject(operation: DemoOperation): JsonObject {
  const { id, summary, tag, secured, parameters = [], body, others = {} } = operation;
  const errors = Object.entries(others).map(([status, description]): [string, Json] => [
    status,
    { description, content: json({ $ref: `${prefix}Error` }) },
  ]);
  return {
    operationId: id,
    summary,
    tags: [tag],
    ...(secured ? {} : { security: [] }),
    ...(parameters.length === 0
      ? {}
      : { parameters: parameters.map((one) => ({ ...one, schema: withRefs(one.schema, prefix) })) }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: json(withRefs(body.schema, prefix), body.example) } }),
    responses: {
      [operation.status ?? 200]: {
        description: 'OK',
        ...(operation.answer === undefined ? {} : { content: json(withRefs(operation.answer, prefix)) }),
      },
      ...(secured ? { 401: { $ref: '#/components/responses/Unauthorized' } } : {}),
      ...Object.fromEntries(errors),
    },
  };
}

function json(schema: Json, example?: Json): JsonObject {
  return { 'application/json': { schema, ...(example === undefined ? {} : { example }) } };
}
