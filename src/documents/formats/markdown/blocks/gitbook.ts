import type { Block } from './block.ts';

/** Of the headings that stand for an operation: below all that an author writes. */
const operationLevel = 6;

const places: Readonly<Record<string, string>> = {
  path: 'Path parameters',
  query: 'Query parameters',
  header: 'Headers',
  headers: 'Headers',
  body: 'Body parameters',
  'form-data': 'Body parameters',
  formData: 'Body parameters',
};

/**
 * A tag of GitBook (`{% api-method method="get" path="/orders" %}` and its successor `{% swagger … %}`) as the heading,
 * label or list item that it is shown as. None for tags that only close one or say nothing about an operation.
 * https://gitbook.com/docs/creating-content/blocks
 */
export function gitbookBlocks(tag: string, line: number): Block[] {
  const name = /^\{%-?\s*([\w-]+)/.exec(tag)?.[1] ?? '';
  const given = attributesOf(tag);
  switch (name) {
    case 'api-method':
    case 'swagger':
    case 'openapi':
    case 'openapi-operation':
      return operationBlocks(given, line);
    case 'api-method-response-example':
    case 'swagger-response':
      return [
        label(`Response (${/^\d{3}/.exec(given['httpCode'] ?? given['status'] ?? '')?.[0] ?? '200'})`, line),
      ];
    case 'api-method-parameter':
      return [parameter(given, line)];
    case 'swagger-parameter': {
      const place = places[given['in'] ?? ''];
      return place === undefined ? [] : [label(place, line), parameter(given, line)];
    }
    default: {
      const place = /^api-method-([\w-]+?)(?:-parameters)?$/.exec(name)?.[1];
      const words = places[place ?? ''];
      return words === undefined ? [] : [label(words, line)];
    }
  }
}

function operationBlocks(given: Readonly<Record<string, string>>, line: number): Block[] {
  const { method, path } = given;
  if (method === undefined || path === undefined) return [];
  const base = (given['host'] ?? given['baseUrl'] ?? '').trim().replace(/\/+$/, '');
  const url = `${base}${path.startsWith('/') || path.includes('://') ? '' : '/'}${path}`;
  const text = `${given['summary'] ?? ''} ${method.toUpperCase()} ${url}`.trim();
  return [{ kind: 'heading', level: operationLevel, text, line }];
}

function label(words: string, line: number): Block {
  return { kind: 'text', text: `${words}:`, line, item: false };
}

function parameter(given: Readonly<Record<string, string>>, line: number): Block {
  const required = given['required'] === 'true' ? 'required' : 'optional';
  const text = `\`${given['name'] ?? ''}\` (${given['type'] ?? 'string'}, ${required})`;
  return { kind: 'text', text, line, item: true };
}

/** `name="page\_size" required=true` → unescaped values by name. */
function attributesOf(tag: string): Readonly<Record<string, string>> {
  const found = tag.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'%]+))/g);
  return Object.fromEntries(
    [...found].map(([, name = '', double, single, bare]) => [
      name,
      (double ?? single ?? bare ?? '').replace(/\\([_*[\]()-])/g, '$1'),
    ]),
  );
}
