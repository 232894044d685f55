import { sentence } from '../../../messages/sentence.ts';
import type {
  DocumentedResponse,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
} from '../../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../../model/json.ts';
import { defineFormat } from '../format.ts';
import { asMedia, schemaExamples } from './examples.ts';
import { isIgnoredHeader, mergedParameters, placeOf } from './parameters.ts';
import { findOperations, type FoundOperation, matchTemplate, numberRepeats } from './paths.ts';
import {
  finishReading,
  type Reading,
  startReading,
  withDeclaredSignIn,
  withSignInScheme,
} from './reading.ts';
import { securityOf, securitySchemesOf } from './security.ts';
import { swaggerServers } from './servers.ts';
import { beginningOf, extensionsOf, listOf, mediaTypeOf, objectOf, textOf } from '../shared/text.ts';
import { chosenByQuery } from '../shared/dispatch.ts';
import { step } from '../reference/pointer.ts';
import type { Located } from '../reference/references.ts';

/** Swagger 2.0, put into the words of OpenAPI 3. */
export const swagger = defineFormat({
  kind: 'swagger',
  version: 13,
  detect: (raw) => (/^2(?:\.|$)/.test(textOf(raw.data?.['swagger']) ?? '') ? 1 : 0),
  async read(raw, context) {
    const reading = await startReading(raw, context);
    const { root, references } = reading;
    const paths = references.member(root, 'paths');
    const found = paths === undefined ? [] : [...findOperations(paths, references)];
    const operations = numberRepeats(
      chosenByQuery(found.map((one) => ({ operation: toOperation(one, reading), written: one.written }))),
    );
    const schemes = securitySchemesOf(references.member(root, 'securityDefinitions'), references);
    return finishReading(reading, {
      format: 'swagger-2.0',
      dialect: 'swagger-2.0',
      operations,
      securitySchemes: withSignInScheme(schemes, operations, root),
    });
  },
});

function toOperation(found: FoundOperation, reading: Reading): Operation {
  const { operation, pathItem, method } = found;
  const { value } = operation;
  const root = reading.root.value;
  const all = mergedParameters(pathItem, operation, reading.references);
  const plain = all.flatMap((parameter) => toParameter(parameter, reading));
  const declared = [...plain.filter((parameter) => !isIgnoredHeader(parameter)), ...found.query];
  const { path, parameters } = matchTemplate(found.path, declared);
  const read = {
    key: `${method} ${path}`,
    method,
    path,
    operationId: textOf(value['operationId']),
    summary: textOf(value['summary']),
    description: beginningOf(textOf(value['description'])),
    tags: listOf(value['tags']).filter((tag) => typeof tag === 'string'),
    deprecated: value['deprecated'] === true,
    servers:
      found.origin === undefined
        ? swaggerServers(root, listOf(value['schemes'] ?? root['schemes']), reading.root.file.uri)
        : [{ url: found.origin }],
    parameters,
    body: toBody(all, mediaTypes(value['consumes'] ?? root['consumes']), reading),
    responses: toResponses(operation, mediaTypes(value['produces'] ?? root['produces']), reading),
    security: securityOf(value['security'] ?? root['security']),
    extensions: { ...extensionsOf(pathItem.value), ...extensionsOf(value) },
    pointer: operation.pointer,
  };
  const signsIn = plain.some(({ in: place, name }) => place === 'header' && /^authorization$/i.test(name));
  return withDeclaredSignIn(read, signsIn);
}

function mediaTypes(value: Json | undefined): readonly string[] {
  const named = listOf(value).filter((type) => typeof type === 'string');
  return [...new Set(named.map(mediaTypeOf))];
}

function toParameter(parameter: Located<JsonObject>, reading: Reading): readonly Parameter[] {
  const { value } = parameter;
  const name = textOf(value['name']);
  const place = placeOf(value['in']);
  const inBody = value['in'] === 'body' || value['in'] === 'formData';
  if (name === undefined || place === undefined) {
    if (!inBody)
      reading.references.report(
        'bad-parameter',
        sentence('parameterWithoutName'),
        parameter.file,
        parameter.pointer,
      );
    return [];
  }
  const read = {
    name,
    in: place,
    required: place === 'path' || value['required'] === true,
    schema: parameterSchema(parameter, reading),
    examples: parameterExamples(value),
    description: textOf(value['description']),
    ...serialization(value),
  };
  return [read];
}

/** Members of a Swagger 2 parameter that are not part of its type. */
const notSchema = new Set([
  'name',
  'in',
  'description',
  'required',
  'collectionFormat',
  'allowEmptyValue',
  'schema',
]);

/** The type stands in the parameter itself; some generators write a `schema` all the same. */
function parameterSchema(parameter: Located<JsonObject>, reading: Reading): JsonSchema {
  const { value, file, pointer } = parameter;
  if (isObject(value['schema'])) {
    return reading.schemas.take({ value: value['schema'], file, pointer: step(pointer, 'schema') });
  }
  const type = Object.entries(value).filter(([key]) => !notSchema.has(key) && !key.startsWith('x-'));
  return reading.schemas.take({ value: Object.fromEntries(type), file, pointer });
}

function parameterExamples(value: JsonObject): readonly Json[] {
  const extended = value['x-example'];
  return [...(extended === undefined ? [] : [extended]), ...schemaExamples(value)];
}

/** `collectionFormat` in OpenAPI 3's words; Swagger's default for arrays is `csv`. */
function serialization(value: JsonObject): { readonly style?: string; readonly explode?: boolean } {
  if (value['type'] !== 'array') return {};
  const simple = value['in'] === 'path' || value['in'] === 'header' ? 'simple' : 'form';
  switch (value['collectionFormat']) {
    case 'multi':
      return { style: 'form', explode: true };
    case 'ssv':
      return { style: 'spaceDelimited', explode: false };
    case 'pipes':
      return { style: 'pipeDelimited', explode: false };
    case 'tsv':
      return { style: 'tabDelimited', explode: false };
    default:
      return { style: simple, explode: false };
  }
}

function toBody(
  parameters: readonly Located<JsonObject>[],
  consumes: readonly string[],
  reading: Reading,
): RequestBody | undefined {
  const body = parameters.find(({ value }) => value['in'] === 'body');
  if (body !== undefined) {
    const schema = schemaOf(body, reading);
    const examples = [...parameterExamples(body.value), ...examplesOfSchema(body, reading)];
    const types = consumes.length > 0 ? consumes : ['application/json'];
    return {
      required: body.value['required'] === true,
      media: types.map((contentType) => ({
        contentType,
        schema,
        examples: asMedia(contentType, schema, examples),
      })),
    };
  }
  const fields = parameters.filter(({ value }) => value['in'] === 'formData');
  return fields.length === 0 ? undefined : formBody(fields, consumes, reading);
}

function formBody(
  fields: readonly Located<JsonObject>[],
  consumes: readonly string[],
  reading: Reading,
): RequestBody {
  const required = fields.flatMap(({ value }) =>
    value['required'] === true ? [textOf(value['name']) ?? ''] : [],
  );
  const properties = fields.map(
    (field) => [textOf(field.value['name']) ?? '', fieldSchema(field, reading)] as const,
  );
  const file = fields.some(({ value }) => value['type'] === 'file');
  const forms = consumes.filter((type) => /form/.test(type));
  const usual = file ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  const schema = { type: 'object', properties: Object.fromEntries(properties), required };
  const media = (forms.length > 0 ? forms : [usual]).map((contentType) => ({
    contentType,
    schema,
    examples: [],
  }));
  return { required: required.length > 0, media };
}

function fieldSchema(field: Located<JsonObject>, reading: Reading): JsonSchema {
  if (field.value['type'] === 'file') return { type: 'string', format: 'binary' };
  return parameterSchema(field, reading);
}

function toResponses(
  operation: Located<JsonObject>,
  produces: readonly string[],
  reading: Reading,
): readonly DocumentedResponse[] {
  const responses = reading.references.member(operation, 'responses');
  if (responses === undefined) return [];
  return Object.keys(responses.value).flatMap((status) => {
    if (status.startsWith('x-')) return [];
    const response = reading.references.member(responses, status);
    const description = textOf(response?.value['description']);
    const media = response === undefined ? [] : responseMedia(response, produces, reading);
    return [{ status: status === 'default' ? status : status.toUpperCase(), description, media }];
  });
}

function responseMedia(
  response: Located<JsonObject>,
  produces: readonly string[],
  reading: Reading,
): readonly MediaType[] {
  const byType = Object.fromEntries(
    Object.entries(objectOf(response.value['examples'])).map(([type, example]) => [
      mediaTypeOf(type),
      example,
    ]),
  );
  const hasSchema = isObject(response.value['schema']);
  if (objectOf(response.value['schema'])['type'] === 'file') {
    const types = produces.length > 0 ? produces : ['application/octet-stream'];
    return types.map((contentType) => ({ contentType, examples: [] }));
  }
  const named = Object.keys(byType).filter((type) => type.includes('/'));
  // Without `produces` a document promises no media type at all.
  const usual = hasSchema ? ['*/*'] : [];
  const types = hasSchema && produces.length > 0 ? produces : named.length > 0 ? named : usual;
  const schema = schemaOf(response, reading);
  return types.map((contentType) => {
    const own = byType[contentType];
    const examples = [...(own === undefined ? [] : [own]), ...examplesOfSchema(response, reading)];
    return { contentType, schema, examples: asMedia(contentType, schema, examples) };
  });
}

function examplesOfSchema(holder: Located<JsonObject>, reading: Reading): readonly Json[] {
  const schema = reading.references.member(holder, 'schema');
  return schema === undefined ? [] : schemaExamples(schema.value);
}

function schemaOf(holder: Located<JsonObject>, reading: Reading): JsonSchema | undefined {
  const schema = holder.value['schema'];
  if (schema === undefined || schema === null) return undefined;
  return reading.schemas.take({ value: schema, file: holder.file, pointer: step(holder.pointer, 'schema') });
}
