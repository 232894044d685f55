import type { JsonObject } from '../../src/model/json.ts';
import type { DemoOperation } from '../operation.ts';

/** The payment service as a Postman collection, saved examples included. */
export function postmanCollection(operations: readonly DemoOperation[], url: string): JsonObject {
  const folders = [...new Set(operations.map(({ tag }) => tag))];
  return {
    info: {
      name: '支付中心',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'X-Api-Key', type: 'string' },
        { key: 'value', value: '{{apiKey}}', type: 'string' },
        { key: 'in', value: 'header', type: 'string' },
      ],
    },
    variable: [
      { key: 'baseUrl', value: url },
      { key: 'apiKey', value: '' },
    ],
    item: folders.map((name) => ({
      name,
      item: operations.filter(({ tag }) => tag === name).map(item),
    })),
  };
}

function item(operation: DemoOperation): JsonObject {
  const request = requestObject(operation);
  return { name: operation.summary, request, response: [savedExample(operation, request)] };
}

function requestObject(operation: DemoOperation): JsonObject {
  const { method, secured, parameters = [], body } = operation;
  const variable = parameters
    .filter((one) => one.in === 'path')
    .map(({ name, example }) => ({ key: name, value: example ?? '' }));
  const query = parameters
    .filter((one) => one.in === 'query')
    .map(({ name, example }) => ({
      key: name,
      value: String(example ?? ''),
      disabled: example === undefined,
    }));
  const path = operation.path.slice(1).replaceAll('{', ':').replaceAll('}', '');
  const search = query.map(({ key, value }) => `${key}=${value}`).join('&');
  return {
    method,
    ...(secured ? {} : { auth: { type: 'noauth' } }),
    header: [{ key: 'Accept', value: 'application/json' }],
    url: {
      raw: `{{baseUrl}}/${path}${search === '' ? '' : `?${search}`}`,
      host: ['{{baseUrl}}'],
      path: path.split('/'),
      ...(query.length === 0 ? {} : { query }),
      ...(variable.length === 0 ? {} : { variable }),
    },
    ...(body === undefined
      ? {}
      : {
          body: {
            mode: 'raw',
            raw: JSON.stringify(body.example, null, 2),
            options: { raw: { language: 'json' } },
          },
        }),
  };
}

/** What the service answers to its own example. */
function savedExample(operation: DemoOperation, originalRequest: JsonObject): JsonObject {
  const parameters = operation.parameters ?? [];
  const path = Object.fromEntries(parameters.map(({ name, example }) => [name, String(example ?? '')]));
  const answer = operation.handle({ path, query: new URLSearchParams(), headers: {}, body: undefined });
  return {
    name: '成功',
    originalRequest,
    status: 'OK',
    code: answer.status,
    _postman_previewlanguage: 'json',
    header: [{ key: 'Content-Type', value: 'application/json; charset=utf-8' }],
    body: JSON.stringify(answer.body, null, 2),
  };
}
