import { sentence } from '../../../messages/sentence.ts';
import type {
  DocumentedResponse,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
} from '../../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { defineFormat } from '../format.ts';
import { asMedia, examplesOf } from './examples.ts';
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
import { serversOf } from './servers.ts';
import { beginningOf, extensionsOf, listOf, mediaTypeOf, textOf } from '../shared/text.ts';
import { chosenByQuery } from '../shared/dispatch.ts';
import { step } from '../reference/pointer.ts';
import type { Located } from '../reference/references.ts';

/** OpenAPI 3.0, 3.1 and 3.2. Webhooks and callbacks are calls that the service makes, so they are left out. */
export const openapi = defineFormat({
  kind: 'openapi',
  version: 12,
  detect: (raw) => (/^3(?:\.|$)/.test(textOf(raw.data?.['openapi']) ?? '') ? 1 : 0),
  async read(raw, context) {
    const reading = await startReading(raw, context);
    const { root, references } = reading;
    const paths = references.member(root, 'paths');
    const found = paths === undefined ? [] : [...findOperations(paths, references)];
    const operations = numberRepeats(
      chosenByQuery(found.map((one) => ({ operation: toOperation(one, reading), written: one.written }))),
    );
    reportNewerVersion(reading);
    const components = references.member(root, 'components');
    const schemes = components === undefined ? undefined : references.member(components, 'securitySchemes');
    return finishReading(reading, {
      format: `openapi-${versionOf(root.value)}`,
      dialect: dialectOf(root.value),
      operations,
      securitySchemes: withSignInScheme(securitySchemesOf(schemes, references), operations, root),
    });
  },
});

/** `3.1.0` → `3.1`; a YAML number `3.0` has lost its fraction. */
function versionOf(root: JsonObject): string {
  return /^3\.\d+/.exec(textOf(root['openapi']) ?? '')?.[0] ?? '3.0';
}

const newestMinor = 2;

/** A newer one says what this one does not know; what is known of it is read. */
function reportNewerVersion({ root, references }: Reading): void {
  const version = textOf(root.value['openapi']) ?? '';
  const minor = Number(/^3\.(\d{1,9})/.exec(version)?.[1] ?? '0');
  if (minor <= newestMinor) return;
  const message = sentence('readAsVersion', { version: version.slice(0, 40), as: `3.${newestMinor}` });
  references.report('unknown-version', message, root.file, '/openapi', { level: 'warning' });
}

function dialectOf(root: JsonObject): 'openapi-3.0' | 'draft-04' | 'draft-07' | '2020-12' {
  const named = textOf(root['jsonSchemaDialect']) ?? '';
  if (named.includes('draft-07') || named.includes('draft-06')) return 'draft-07';
  if (named.includes('draft-04')) return 'draft-04';
  return versionOf(root) === '3.0' ? 'openapi-3.0' : '2020-12';
}

function toOperation(found: FoundOperation, reading: Reading): Operation {
  const { operation, pathItem, method } = found;
  const { value } = operation;
  const root = reading.root.value;
  const all = mergedParameters(pathItem, operation, reading.references).flatMap((parameter) =>
    toParameters(parameter, reading),
  );
  const declared = [...all.filter((parameter) => !isIgnoredHeader(parameter)), ...found.query];
  const { path, parameters } = matchTemplate(found.path, declared);
  const read = {
    key: `${method} ${path}`,
    method,
    path,
    operationId: textOf(value['operationId']),
    summary: textOf(value['summary']) ?? textOf(pathItem.value['summary']),
    description: beginningOf(textOf(value['description']) ?? textOf(pathItem.value['description'])),
    tags: listOf(value['tags']).filter((tag) => typeof tag === 'string'),
    deprecated: value['deprecated'] === true,
    servers:
      found.origin === undefined
        ? serversOf(value['servers'] ?? pathItem.value['servers'] ?? root['servers'])
        : [{ url: found.origin }],
    parameters,
    body: toBody(operation, reading),
    responses: toResponses(operation, reading),
    security: securityOf(value['security'] ?? root['security']),
    extensions: { ...extensionsOf(pathItem.value), ...extensionsOf(value) },
    pointer: operation.pointer,
  };
  const signsIn = all.some(({ in: place, name }) => place === 'header' && /^authorization$/i.test(name));
  return withDeclaredSignIn(read, signsIn);
}

function toParameters(parameter: Located<JsonObject>, reading: Reading): readonly Parameter[] {
  const { value } = parameter;
  const name = textOf(value['name']);
  const place = placeOf(value['in']);
  if (textOf(value['in']) === 'querystring') return querystringParameters(parameter, reading);
  if (name === undefined || place === undefined) {
    reading.references.report(
      'bad-parameter',
      sentence('parameterWithoutName'),
      parameter.file,
      parameter.pointer,
    );
    return [];
  }
  const content = firstMedia(parameter, reading);
  const holder = content?.holder ?? parameter;
  const read = {
    name,
    in: place,
    required: place === 'path' || value['required'] === true,
    schema: schemaOf(holder, reading) ?? true,
    examples: [
      ...examplesOf(parameter, reading.references),
      ...(content === undefined ? [] : examplesOf(content.holder, reading.references)),
    ],
    description: textOf(value['description']),
    style: textOf(value['style']),
    explode: typeof value['explode'] === 'boolean' ? value['explode'] : undefined,
    allowReserved: value['allowReserved'] === true ? true : undefined,
    contentType: content?.contentType,
  };
  return [read];
}

/** OpenAPI 3.2's whole query string as one form: its properties are query parameters. */
function querystringParameters(parameter: Located<JsonObject>, reading: Reading): readonly Parameter[] {
  const content = firstMedia(parameter, reading);
  const schema = content === undefined ? undefined : reading.references.member(content.holder, 'schema');
  const properties = schema === undefined ? undefined : reading.references.member(schema, 'properties');
  if (schema === undefined || properties === undefined) {
    const message = sentence('querystringNotRead');
    reading.references.report('unsupported-querystring', message, parameter.file, parameter.pointer, {
      level: 'warning',
    });
    return [];
  }
  const required = new Set(listOf(schema.value['required']));
  const sample = examplesOf(content?.holder ?? parameter, reading.references).find(isObject);
  return Object.keys(properties.value).map((name) => {
    const value = properties.value[name];
    const given = sample?.[name];
    return {
      name,
      in: 'query',
      required: parameter.value['required'] === true && required.has(name),
      schema: reading.schemas.take({ value, file: properties.file, pointer: step(properties.pointer, name) }),
      examples: given === undefined ? [] : [given],
    };
  });
}

function firstMedia(holder: Located<JsonObject>, reading: Reading) {
  const content = reading.references.member(holder, 'content');
  const name = Object.keys(content?.value ?? {})[0];
  const media =
    content === undefined || name === undefined ? undefined : reading.references.member(content, name);
  return media === undefined || name === undefined
    ? undefined
    : { contentType: mediaTypeOf(name), holder: media };
}

function toBody(operation: Located<JsonObject>, reading: Reading): RequestBody | undefined {
  const body = reading.references.member(operation, 'requestBody');
  if (body === undefined) return undefined;
  return { required: body.value['required'] === true, media: mediaOf(body, reading) };
}

function toResponses(operation: Located<JsonObject>, reading: Reading): readonly DocumentedResponse[] {
  const responses = reading.references.member(operation, 'responses');
  if (responses === undefined) return [];
  return Object.keys(responses.value).flatMap((status) => {
    if (status.startsWith('x-')) return [];
    const response = reading.references.member(responses, status);
    const media = response === undefined ? [] : mediaOf(response, reading);
    const description = textOf(response?.value['description']);
    return [{ status: status === 'default' ? status : status.toUpperCase(), description, media }];
  });
}

function mediaOf(holder: Located<JsonObject>, reading: Reading): readonly MediaType[] {
  const content = reading.references.member(holder, 'content');
  if (content === undefined) return [];
  return Object.keys(content.value).map((name) => {
    const media = reading.references.member(content, name);
    if (media === undefined) return { contentType: mediaTypeOf(name), examples: [] };
    const schema = schemaOf(media, reading);
    const contentType = mediaTypeOf(name);
    const examples = asMedia(contentType, schema, examplesOf(media, reading.references));
    return { contentType, schema, examples };
  });
}

function schemaOf(holder: Located<JsonObject>, reading: Reading) {
  const schema: Json | undefined = holder.value['schema'];
  if (schema === undefined || schema === null) return undefined;
  return reading.schemas.take({ value: schema, file: holder.file, pointer: step(holder.pointer, 'schema') });
}
