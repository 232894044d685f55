import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { listOf, objectOf, textOf } from '../shared/text.ts';
import type { RecordedAnswer, RecordedBody, RecordedField } from '../shared/recorded-content.ts';
import type { RecordedRequest } from '../shared/recorded-request.ts';
import { type Pair, writtenPair } from '../shared/url-template.ts';

/** What Postman keeps of the URL, the headers and the body of a request. */
export function contentOf(
  request: JsonObject,
): Pick<RecordedRequest, 'method' | 'url' | 'query' | 'pathValues' | 'headers' | 'body'> {
  const url = urlOf(request['url']);
  return {
    ...url,
    method: textOf(request['method']) ?? 'GET',
    headers: headersOf(request['header']),
    body: bodyOf(request['body']),
  };
}

function urlOf(url: Json | undefined): Pick<RecordedRequest, 'url' | 'query' | 'pathValues'> {
  if (!isObject(url)) return { url: textOf(url) ?? '/' };
  const pathValues = pairsOf(url['variable']);
  const written = withWholeSegments(textOf(url['raw']) ?? assembled(url), pathValues);
  if (!Array.isArray(url['query'])) return { url: written, pathValues };
  // The list also has what is switched off; the text then repeats what is on.
  return { url: written.split('?', 1)[0] ?? '', query: queryOf(url['query']), pathValues };
}

/** A variable is all of its segment, `:id.json` too; one that has no value there is read as the name before the dot. */
function withWholeSegments(url: string, pathValues: readonly Pair[]): string {
  const [path = ''] = url.split('?', 1);
  const whole = path.replace(/(?<=\/):([^/{}]+\.[^/{}]+)/g, (segment, name: string) =>
    pathValues.some((pair) => pair.name === name && pair.value !== '') ? `{${name}}` : segment,
  );
  return `${whole}${url.slice(path.length)}`;
}

/** The client sends what stands in its list as it is: encoded or not, and a flag whose value is `null`. */
function queryOf(list: Json | undefined): readonly Pair[] {
  const given = listOf(list).filter(isObject);
  return pairsOf(list).map((pair, index) => {
    const isFlag = given[index]?.['value'] === null;
    const text = isFlag ? pair.name : `${pair.name.replaceAll('=', '%3D')}=${pair.value}`;
    return { ...pair, ...writtenPair(text.replaceAll('&', '%26')) };
  });
}

function assembled(url: JsonObject): string {
  const protocol = textOf(url['protocol'])?.replace(/:?\/*$/, '');
  const host = joined(url['host'], '.');
  const port = textOf(url['port']);
  const path = joined(url['path'], '/').replace(/^\/*/, '/');
  return `${protocol === undefined ? '' : `${protocol}://`}${host}${port === undefined ? '' : `:${port}`}${path}`;
}

/** Segments are texts, or `{ type, value }` in v2.0. */
function joined(parts: Json | undefined, separator: string): string {
  if (!Array.isArray(parts)) return textOf(parts) ?? '';
  return listOf(parts)
    .map((part) => textOf(isObject(part) ? part['value'] : part) ?? '')
    .join(separator);
}

/** `{ key, value, disabled }`; a path variable may be named by `id`, a text is a block of header lines. */
function pairsOf(list: Json | undefined): readonly Pair[] {
  return listOf(list)
    .filter(isObject)
    .map((pair) => ({
      name: textOf(pair['key']) ?? textOf(pair['id']) ?? '',
      value: textOf(pair['value']) ?? (typeof pair['value'] === 'boolean' ? String(pair['value']) : ''),
      ...(isOff(pair) ? { disabled: true } : {}),
    }));
}

function isOff(pair: JsonObject): boolean {
  return pair['disabled'] === true || pair['enabled'] === false;
}

function headersOf(headers: Json | undefined): readonly Pair[] {
  if (typeof headers !== 'string') return pairsOf(headers);
  return headers.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':');
    if (colon < 1 || line.startsWith('//')) return [];
    return [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }];
  });
}

const rawTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
  text: 'text/plain',
};

function bodyOf(body: Json | undefined): RecordedBody | undefined {
  if (!isObject(body) || body['disabled'] === true) return undefined;
  switch (body['mode']) {
    case 'raw': {
      const language = textOf(objectOf(objectOf(body['options'])['raw'])['language']);
      const contentType = language === undefined ? undefined : rawTypes[language];
      return { text: textOf(body['raw']), contentType };
    }
    case 'urlencoded':
      return { contentType: 'application/x-www-form-urlencoded', fields: fieldsOf(body['urlencoded']) };
    case 'formdata':
      return { contentType: 'multipart/form-data', fields: fieldsOf(body['formdata']) };
    case 'graphql':
      return { contentType: 'application/json', text: JSON.stringify(body['graphql'] ?? {}) };
    case 'file':
      return { contentType: 'application/octet-stream' };
    default:
      return undefined;
  }
}

function fieldsOf(list: Json | undefined): readonly RecordedField[] {
  const files = listOf(list)
    .filter(isObject)
    .map((field) => field['type'] === 'file');
  return pairsOf(list).map((pair, index) => (files[index] === true ? { ...pair, file: true } : pair));
}

/** Saved responses, as the author once got them. */
export function answersOf(responses: Json | undefined): readonly RecordedAnswer[] {
  return listOf(responses)
    .filter(isObject)
    .flatMap((response) => {
      const status = Number(response['code'] ?? Number.NaN);
      if (!Number.isInteger(status)) return [];
      const contentType = headersOf(response['header']).find(({ name }) =>
        /^content-type$/i.test(name),
      )?.value;
      return [{ status, contentType, text: textOf(response['body']) }];
    });
}
