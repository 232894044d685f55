import type { Json, JsonObject } from '../../src/model/json.ts';
import type { DemoOperation } from '../operation.ts';
import { userSchemas } from '../services/users.ts';
import { pathItems, withRefs } from './refs.ts';

const prefix = '#/definitions/';

/** The user service as Swagger 2.0, as Springfox writes it. */
export function swaggerDocument(operations: readonly DemoOperation[], url: string): JsonObject {
  const schemas = Object.entries(userSchemas).map(
    ([name, schema]) => [name, withRefs(schema, prefix)] as const,
  );
  return {
    swagger: '2.0',
    info: { title: '用户中心', version: '1.0', description: '用户、角色、部门与登录' },
    host: new URL(url).host,
    basePath: '/',
    schemes: ['http'],
    consumes: ['application/json'],
    produces: ['application/json'],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    securityDefinitions: { token: { type: 'apiKey', name: 'X-Token', in: 'header' } },
    security: [{ token: [] }],
    paths: pathItems(operations, operationObject),
    definitions: Object.fromEntries(schemas),
  };
}

function operationObject(operation: DemoOperation): JsonObject {
  const {
    id,
    summary,
    tag,
    secured,
    parameters = [],
    body,
    answer = {},
    deprecated,
    others = {},
  } = operation;
  const described = parameters.map(({ schema, example, ...place }): JsonObject => {
    return { ...place, ...schema, ...(example === undefined ? {} : { 'x-example': example }) };
  });
  const payload: readonly JsonObject[] =
    body === undefined
      ? []
      : [
          {
            name: 'body',
            in: 'body',
            required: true,
            schema: { ...asObject(withRefs(body.schema, prefix)), example: body.example },
          },
        ];
  return {
    operationId: id,
    summary,
    tags: [tag],
    ...(secured ? {} : { security: [] }),
    ...(deprecated === true ? { deprecated } : {}),
    parameters: [...described, ...payload],
    responses: {
      200: { description: '成功', schema: withRefs(answer, prefix) },
      ...(secured ? { 401: { description: '未登录或登录已过期' } } : {}),
      ...Object.fromEntries(
        Object.entries(others).map(([status, description]): [string, Json] => [status, { description }]),
      ),
    },
  };
}

function asObject(schema: Json): JsonObject {
  return schema as JsonObject;
}
