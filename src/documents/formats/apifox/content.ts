import type { DocumentedResponse, MediaType, Parameter, RequestBody } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../../model/json.ts';
import { cleanSchema, type KnownSchemas } from './schema.ts';
import { objectAt, objectsAt, textAt } from '../shared/text.ts';
import { parseLenient } from '../shared/lenient-json.ts';
import { jsonMedia, mediaTypeName, withoutSecrets } from '../shared/recorded-content.ts';
import { hasPlaceholder, pathNames } from '../shared/url-template.ts';

/** What an interface of an Apifox export sends and promises. `known`: the `$ref`s that lead somewhere. */

export function parametersIn(api: JsonObject, path: string, known: KnownSchemas): Parameter[] {
  const groups = objectAt(api, 'parameters');
  const own = (['path', 'query', 'header', 'cookie'] as const).flatMap((place) =>
    objectsAt(groups, place)
      .filter((one) => one['enable'] !== false && (textAt(one, 'name') ?? '') !== '')
      .map((one) => parameterOf(place, one, known)),
  );
  const inPath = pathNames(path);
  const missing = inPath
    .filter((name) => !own.some((one) => one.in === 'path' && one.name === name))
    .map(
      (name): Parameter => ({ name, in: 'path', required: true, schema: { type: 'string' }, examples: [] }),
    );
  return [...own.filter((one) => one.in !== 'path' || inPath.includes(one.name)), ...missing];
}

function parameterOf(place: Parameter['in'], node: JsonObject, known: KnownSchemas): Parameter {
  const given = node['schema'];
  const schema: JsonSchema = isObject(given)
    ? cleanSchema(given, known)
    : { type: textAt(node, 'type') ?? 'string' };
  const description = textAt(node, 'description') ?? '';
  return {
    name: textAt(node, 'name') ?? '',
    in: place,
    required: place === 'path' || node['required'] === true,
    schema,
    examples: exampleOf(node['example'], schema),
    ...(description === '' ? {} : { description }),
  };
}

function exampleOf(example: Json | undefined, schema: JsonSchema): Json[] {
  if (example === undefined || example === null || example === '') return [];
  if (typeof example !== 'string') return [example];
  if (hasPlaceholder(example)) return [];
  const type = typeof schema === 'boolean' ? undefined : schema['type'];
  if (type === 'integer' || type === 'number')
    return Number.isFinite(Number(example)) ? [Number(example)] : [];
  if (type === 'boolean') return /^(?:true|false)$/.test(example) ? [example === 'true'] : [];
  return [example];
}

export function bodyIn(api: JsonObject, known: KnownSchemas): RequestBody | undefined {
  const body = objectAt(api, 'requestBody');
  const contentType = mediaTypeName(textAt(body, 'type'));
  if (contentType === undefined || /^(?:GET|HEAD)$/i.test(textAt(api, 'method') ?? '')) return undefined;
  const fields = objectsAt(body, 'parameters').filter(
    (one) => one['enable'] !== false && (textAt(one, 'name') ?? '') !== '',
  );
  if (fields.length > 0) return { required: true, media: [formMedia(contentType, fields, known)] };
  const given = body['jsonSchema'];
  const schema = isObject(given) ? cleanSchema(given, known) : undefined;
  const texts = [
    textAt(body, 'example') ?? '',
    ...objectsAt(body, 'examples').map((one) => textAt(one, 'value') ?? ''),
  ];
  const examples = texts.flatMap((text) => {
    const parsed = text === '' || hasPlaceholder(text) ? undefined : parseLenient(text);
    return parsed?.exact === true ? [withoutSecrets(parsed.value)] : [];
  });
  return {
    required: true,
    media: [{ contentType, schema, examples: examples.slice(0, 3) }],
  };
}

function formMedia(contentType: string, fields: readonly JsonObject[], known: KnownSchemas): MediaType {
  const parameters = fields.map((field) => parameterOf('query', field, known));
  const properties = Object.fromEntries(
    parameters.map((one, index): [string, JsonSchema] => [
      one.name,
      fields[index]?.['type'] === 'file' ? { type: 'string', format: 'binary' } : one.schema,
    ]),
  );
  const required = parameters.filter((one) => one.required).map((one) => one.name);
  const complete =
    required.length > 0 && parameters.filter((one) => one.required).every((one) => one.examples.length > 0);
  const example = Object.fromEntries(
    parameters.flatMap((one): [string, Json][] =>
      one.examples[0] === undefined ? [] : [[one.name, one.examples[0]]],
    ),
  );
  return {
    contentType,
    schema: { type: 'object', properties, ...(required.length === 0 ? {} : { required }) },
    examples: complete ? [withoutSecrets(example)] : [],
  };
}

const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  raw: 'text/plain',
  binary: 'application/octet-stream',
};

export function responsesIn(api: JsonObject, known: KnownSchemas): DocumentedResponse[] {
  const examples = objectsAt(api, 'responseExamples');
  const responses = objectsAt(api, 'responses').map((node): DocumentedResponse => {
    const kind = textAt(node, 'contentType') ?? 'json';
    const contentType = contentTypes[kind] ?? mediaTypeName(kind);
    const name = textAt(node, 'name') ?? '';
    const samples = examples
      .filter((one) => textAt(one, 'responseId') === textAt(node, 'id'))
      .flatMap((one) => sampleOf(textAt(one, 'data') ?? ''));
    return {
      status: textAt(node, 'code') ?? '200',
      ...(name === '' ? {} : { description: name }),
      media:
        contentType === undefined ? [] : [responseMedia(contentType, node['jsonSchema'], samples, known)],
    };
  });
  return responses.filter(
    (one, index) =>
      /^[1-5]\d\d$/.test(one.status) && responses.findIndex((other) => other.status === one.status) === index,
  );
}

function sampleOf(text: string): Json[] {
  const parsed = text === '' ? undefined : parseLenient(text);
  return parsed?.exact === true ? [parsed.value] : [];
}

/** A schema that says nothing gives way to what the samples teach. */
function responseMedia(
  contentType: string,
  given: Json | undefined,
  samples: readonly Json[],
  known: KnownSchemas,
): MediaType {
  const schema = isObject(given) ? cleanSchema(given, known) : {};
  const silent = Object.keys(schema).every(
    (key) =>
      key === 'type' || (key === 'properties' && Object.keys(objectAt(schema, 'properties')).length === 0),
  );
  if (silent && samples.length > 0) return jsonMedia(contentType, samples);
  return {
    contentType,
    ...(silent && schema['type'] === undefined ? {} : { schema }),
    examples: samples.map((one) => withoutSecrets(one)).slice(0, 3),
  };
}
