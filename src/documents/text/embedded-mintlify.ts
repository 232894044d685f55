import { isObject, type Json, type JsonObject } from '../../model/json.ts';

/**
 * What Mintlify wrote below its pages before it wrote OpenAPI: one interface, with `path` and `method` below `paths`
 * and its schemas in `schemaArray`. As OpenAPI; `undefined` when it is something else.
 */
export function fromMintlify(page: JsonObject): JsonObject | undefined {
  const paths = objectIn(page, 'paths');
  const { path, method } = paths;
  if (typeof path !== 'string' || typeof method !== 'string') return undefined;
  const request = objectIn(paths, 'request');
  const content = contentOf(objectIn(request, 'body'));
  const security = objectsIn(request['security']).map(requirementOf);
  const operation: JsonObject = {
    deprecated: paths['deprecated'] === true,
    parameters: parametersOf(objectIn(request, 'parameters')),
    ...(Object.keys(content).length === 0 ? {} : { requestBody: { required: true, content } }),
    responses: Object.fromEntries(
      Object.entries(objectIn(paths, 'response')).map(([status, media]) => [
        status,
        { content: contentOf(isObject(media) ? media : {}) },
      ]),
    ),
    security: security.map(({ names }) => Object.fromEntries(names.map((name) => [name, []]))),
  };
  return {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    servers: objectsIn(paths['servers']),
    paths: { [path]: { [method.toLowerCase()]: operation } },
    components: {
      ...objectIn(page, 'components'),
      securitySchemes: Object.assign({}, ...security.map(({ schemes }) => schemes)) as JsonObject,
    },
  };
}

function objectIn(node: JsonObject, key: string): JsonObject {
  const value = node[key];
  return isObject(value) ? value : {};
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((one): one is JsonObject => isObject(one)) : [];
}

function parametersOf(groups: JsonObject): JsonObject[] {
  return ['path', 'query', 'header'].flatMap((place) =>
    Object.entries(objectIn(groups, place)).map(([name, parameter]): JsonObject => {
      const [schema = {}] = objectsIn(isObject(parameter) ? parameter['schema'] : undefined);
      return {
        name,
        in: place,
        required: place === 'path' || schema['required'] === true,
        schema: plain(schema),
      };
    }),
  );
}

function contentOf(media: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(media).flatMap(([type, node]) => {
      if (type.startsWith('_') || !isObject(node)) return [];
      const [schema, ...others] = objectsIn(node['schemaArray']).map(plain);
      if (schema === undefined) return [[type, {}]];
      return [[type, { schema: others.length === 0 ? schema : { anyOf: [schema, ...others] } }]];
    }),
  ) as JsonObject;
}

function plain(schema: JsonObject): JsonObject {
  const { required, requiredProperties, refIdentifier, ...rest } = schema;
  const listed = Array.isArray(required) ? required : requiredProperties;
  return {
    ...(rest['type'] === 'any'
      ? { ...rest, type: ['object', 'array', 'string', 'number', 'boolean', 'null'] }
      : rest),
    ...(Array.isArray(listed) ? { required: listed } : {}),
    ...(typeof refIdentifier === 'string' ? { title: refIdentifier.replace(/^.*\//, '') } : {}),
  };
}

function requirementOf(alternative: JsonObject): { names: string[]; schemes: JsonObject } {
  const groups = objectIn(alternative, 'parameters');
  const entries = ['header', 'query', 'cookie'].flatMap((place) =>
    Object.entries(objectIn(groups, place)).map(([name, scheme]): [string, Json] => {
      const type = isObject(scheme) ? scheme['type'] : undefined;
      return [
        name,
        type === 'http' && isObject(scheme)
          ? { type, scheme: scheme['scheme'] ?? 'bearer' }
          : { type: 'apiKey', in: place, name },
      ];
    }),
  );
  return { names: entries.map(([name]) => name), schemes: Object.fromEntries(entries) };
}
