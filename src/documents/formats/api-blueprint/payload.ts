import type { DocumentedResponse, MediaType, RequestBody } from '../../../model/document.ts';
import { isObject, type Json, type JsonSchema } from '../../../model/json.ts';
import type { BlueprintItem } from './items.ts';
import { parseLenient } from '../shared/lenient-json.ts';
import { readMember, referenceTo, schemaOf } from './mson.ts';
import { isJson, jsonMedia, mediaTypeName } from '../shared/recorded-content.ts';
import type { Pair } from '../shared/url-template.ts';

/** What the requests and responses of an action carry. `known`: names of the document's own types. */

export function attributesIn(
  items: readonly BlueprintItem[],
): { type: string; items: readonly BlueprintItem[] } | undefined {
  const item = items.find((one) => /^Attributes?\b/i.test(one.text));
  return item === undefined
    ? undefined
    : { type: readMember(item.text.replace(/^Attributes?/i, 'x')).type, items: item.children };
}

export function headersIn(item: BlueprintItem): Pair[] {
  return item.children
    .filter((child) => /^Headers\b/i.test(child.text))
    .flatMap((child) => child.asset.split('\n'))
    .flatMap((line): Pair[] => {
      const header = /^([A-Za-z0-9-]+)\s*:\s*(.*)$/.exec(line.trim());
      return header === null ? [] : [{ name: header[1] ?? '', value: header[2] ?? '' }];
    });
}

export function bodyOf(
  method: string,
  requests: readonly BlueprintItem[],
  items: readonly BlueprintItem[],
  known: ReadonlySet<string>,
): RequestBody | undefined {
  if (/^(?:GET|HEAD)$/.test(method)) return undefined;
  const media = requests.flatMap((request) => mediaOf(request, known));
  const attributes = attributesIn(items);
  const filled = media.map((one) =>
    one.schema === undefined && attributes !== undefined
      ? { ...one, schema: schemaOf(attributes.type, attributes.items, known) }
      : one,
  );
  const byType = filled.filter(
    (one, index) => filled.findIndex((other) => other.contentType === one.contentType) === index,
  );
  return byType.length === 0 ? undefined : { required: true, media: byType };
}

export function responsesOf(
  items: readonly BlueprintItem[],
  known: ReadonlySet<string>,
  resource: string | undefined,
): DocumentedResponse[] {
  const responses = items.flatMap((item) => {
    const status = /^Response(?:\s+(\d{3}))?/i.exec(item.text);
    if (status === null) return [];
    const media = mediaOf(item, known);
    const model = new RegExp(`^\\[([^\\]]+)\\]\\[\\]$`).exec(item.asset)?.[1];
    const modelled =
      model !== undefined && resource !== undefined && model.startsWith(resource) && known.has(resource);
    return [
      {
        status: status[1] ?? '200',
        media: modelled ? media.map((one) => ({ ...one, schema: { $ref: referenceTo(resource) } })) : media,
      },
    ];
  });
  const statuses = [...new Set(responses.map((response) => response.status))];
  return statuses.map((status) => ({
    status,
    media: mergedMedia(responses.filter((one) => one.status === status).flatMap((one) => one.media)),
  }));
}

function mergedMedia(media: readonly MediaType[]): MediaType[] {
  return media.filter(
    (one, index) => media.findIndex((other) => other.contentType === one.contentType) === index,
  );
}

/** The payload of a request or response item: its type in brackets, body, schema, attributes. */
function mediaOf(item: BlueprintItem, known: ReadonlySet<string>): MediaType[] {
  const inner = (name: string): BlueprintItem | undefined =>
    item.children.find((child) => new RegExp(`^${name}\\b`, 'i').test(child.text));
  const text = inner('Body')?.asset ?? (/^\[[^\]]*\]\[\]$/.test(item.asset) ? '' : item.asset);
  const header = headersIn(item).find((one) => /^content-type$/i.test(one.name))?.value;
  const contentType = mediaTypeName(/\(([^()]+)\)\s*$/.exec(item.text)?.[1] ?? header);
  const attributes = attributesIn(item.children);
  if (contentType === undefined && text === '' && attributes === undefined) return [];
  const isData = attributes !== undefined || /^\s*[{[]/.test(text);
  const type = contentType ?? (isData ? 'application/json' : 'text/plain');
  const given = givenSchema(inner('Schema')?.asset ?? '');
  if (given !== undefined || attributes !== undefined) {
    const schema = given ?? schemaOf(attributes?.type ?? '', attributes?.items ?? [], known);
    const example = exampleOf(type, text);
    return [{ contentType: type, schema, examples: example === undefined ? [] : [example] }];
  }
  const example = exampleOf(type, text);
  if (example === undefined) return [{ contentType: type, examples: [] }];
  return isJson(type) && typeof example === 'object'
    ? [jsonMedia(type, [example])]
    : [{ contentType: type, examples: [example] }];
}

function givenSchema(text: string): JsonSchema | undefined {
  const parsed = text === '' ? undefined : parseLenient(text);
  return parsed?.exact === true && isObject(parsed.value) ? parsed.value : undefined;
}

function exampleOf(contentType: string, text: string): Json | undefined {
  if (text === '') return undefined;
  if (!isJson(contentType)) return text;
  const parsed = parseLenient(text);
  return parsed?.exact === true ? parsed.value : undefined;
}
