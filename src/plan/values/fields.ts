import { normalForm } from '../../lib/text/normal-form.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { isObject, type Json } from '../../model/json.ts';

export interface Field {
  readonly name: string;
  /** As it was written; empty for parts of a form, whose values nobody asks for. */
  readonly value: string;
}

/** Everything that a server could take for a field, names in normal form: query, matrix parameters, cookies, a form, JSON. */
export function fieldsOf({ url, body: bytes = '', headers }: OutgoingRequest): readonly Field[] {
  const body = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
  const type = headers['content-type'] ?? '';
  const form = type.startsWith('application/x-www-form-urlencoded') ? body : '';
  const cookies = (headers['cookie'] ?? '').replaceAll('; ', '&');
  const end = url.search(/[?#]/);
  const query = end === -1 ? '' : url.slice(end + 1);
  const path = normalForm(end === -1 ? url : url.slice(0, end));
  const matrix = path.split('/').flatMap((segment) => segment.split(';').slice(1));
  const pairs = [...matrix, ...`${query}&${form}&${cookies}`.split(/[?&;#]/)].map(field);
  const parts = type.startsWith('multipart/') ? body.matchAll(/; name="([^"]*)"/g) : [];
  const names = [...[...parts].map(([, name = '']) => name), ...membersOf(type, body)];
  return [...pairs, ...names.map((name) => ({ name: normalForm(name), value: '' }))].filter(
    ({ name }) => name !== '',
  );
}

function field(pair: string): Field {
  const plain = pair.replaceAll('+', ' ');
  const end = plain.indexOf('=');
  const name = normalForm(end === -1 ? plain : plain.slice(0, end));
  return { name, value: end === -1 ? '' : plain.slice(end + 1) };
}

/** Frameworks take the members of a JSON body for fields as well. */
function membersOf(type: string, body: string): readonly string[] {
  if (!/[/+]json\b/i.test(type)) return [];
  try {
    const value = JSON.parse(body) as Json;
    return isObject(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}
