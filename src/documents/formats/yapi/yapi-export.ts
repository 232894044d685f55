import { isObject, type JsonObject } from '../../../model/json.ts';
import type { RawDocument } from '../format.ts';
import { objectAt, objectsAt, objectsIn, textAt } from '../shared/data-access.ts';

/** One interface of an export. */
export interface Entry {
  readonly node: JsonObject;
  readonly category: string;
  readonly pointer: string;
}

export function interfacesIn(raw: RawDocument): Entry[] {
  const items = raw.items ?? (Array.isArray(raw.data?.['data']) ? raw.data['data'] : undefined);
  const start = raw.items === undefined ? '/data' : '';
  if (items !== undefined) {
    return items.flatMap((category, index) =>
      isObject(category) ? entriesOf(category, `${start}/${index}`) : [],
    );
  }
  const single = objectAt(raw.data ?? {}, 'data');
  return isInterface(single) && single['req_query'] !== undefined
    ? [{ node: single, category: '', pointer: '/data' }]
    : [];
}

function entriesOf(category: JsonObject, pointer: string): Entry[] {
  return objectsAt(category, 'list').flatMap((node, index) =>
    isInterface(node)
      ? [{ node, category: textAt(category, 'name') ?? '', pointer: `${pointer}/list/${index}` }]
      : [],
  );
}

function isInterface(node: JsonObject): boolean {
  const marks = [
    'req_query',
    'req_headers',
    'req_body_type',
    'res_body_type',
    'res_body',
    'catid',
    'query_path',
  ];
  return (
    textAt(node, 'path') !== undefined &&
    textAt(node, 'method') !== undefined &&
    marks.some((mark) => mark in node)
  );
}

/** Categories without interfaces are an export of a new project. */
export function isEmptyExport(raw: RawDocument): boolean {
  return (
    (raw.items?.length ?? 0) > 0 &&
    objectsIn(raw.items).every((item) => Array.isArray(item['list']) && 'add_time' in item)
  );
}

/** Epoch s of a time that can be shown. */
const latest = 32_503_680_000;

/** When an interface was last saved, epoch ms; the export has times, but of people only their numbers. */
export function lastChangeIn(entries: readonly Entry[]): number | undefined {
  const times = entries.map(({ node }) => node['up_time']).filter((time) => typeof time === 'number');
  const last = times.reduce((a, b) => Math.max(a, b), 0);
  return last > 0 && last < latest ? last * 1000 : undefined;
}
