import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { FoundOperation } from '../shared/assemble.ts';
import { listOf, textOf } from '../shared/text.ts';
import { operationOf } from '../shared/recorded-request.ts';
import { step } from '../reference/pointer.ts';
import type { Environment } from '../shared/variables.ts';
import { contentOf } from './request.ts';

/** The flat list of requests of a v1 collection, in the author's order, with folders as tags. */
export function legacyRequests(
  data: JsonObject,
  environments: readonly Environment[],
): readonly FoundOperation[] {
  const folders = folderNames(data['folders']);
  const order = new Map(listOf(data['order']).map((id, index) => [id, index]));
  const rank = (request: JsonObject): number => order.get(request['id'] ?? null) ?? order.size;
  return listOf(data['requests'])
    .map((request, index) => ({ request, pointer: step('/requests', index) }))
    .filter((entry): entry is { request: JsonObject; pointer: string } => isObject(entry.request))
    .toSorted((a, b) => rank(a.request) - rank(b.request))
    .map(({ request, pointer }) =>
      operationOf({
        ...contentOf({ ...request, header: request['headers'] ?? null, body: bodyOf(request) }),
        name: textOf(request['name']),
        description: textOf(request['description']),
        tags: [folders.get(textOf(request['id']) ?? '')].filter((name) => name !== undefined),
        environments,
        pointer,
      }),
    );
}

/** Request id → the folder that lists it. */
function folderNames(folders: Json | undefined): ReadonlyMap<string, string> {
  return new Map(
    listOf(folders)
      .filter(isObject)
      .flatMap((folder) =>
        listOf(folder['order']).map((id): [string, string] => [
          textOf(id) ?? '',
          textOf(folder['name']) ?? '',
        ]),
      ),
  );
}

/** v1 keeps the body beside the request; in the words of v2. */
function bodyOf(request: JsonObject): JsonObject {
  const modes: Readonly<Record<string, string>> = {
    raw: 'raw',
    urlencoded: 'urlencoded',
    params: 'formdata',
  };
  const mode = modes[textOf(request['dataMode']) ?? ''];
  if (mode === undefined) return {};
  return { mode, [mode]: (mode === 'raw' ? request['rawModeData'] : request['data']) ?? null };
}
