import type { Parameter, ParameterPlace } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { step } from '../reference/pointer.ts';
import type { Located, References } from '../reference/references.ts';
import { textOf } from '../shared/text.ts';

/** The parameters of a path item and its operation, `$ref`s followed; the operation's replace the path item's. */
export function mergedParameters(
  pathItem: Located<JsonObject>,
  operation: Located<JsonObject>,
  references: References,
): readonly Located<JsonObject>[] {
  const merged = new Map<string, Located<JsonObject>>();
  for (const holder of [pathItem, operation]) {
    for (const parameter of ownParameters(holder, references)) {
      merged.set(
        `${textOf(parameter.value['in']) ?? ''} ${textOf(parameter.value['name']) ?? ''}`,
        parameter,
      );
    }
  }
  return [...merged.values()];
}

/** A list, as it should be, or a map by name, as some write it. */
function ownParameters(holder: Located<JsonObject>, references: References): readonly Located<JsonObject>[] {
  const { parameters } = holder.value;
  const pointer = step(holder.pointer, 'parameters');
  const members: readonly (readonly [string | number, Json])[] = Array.isArray(parameters)
    ? [...(parameters as readonly Json[]).entries()]
    : Object.entries(isObject(parameters) ? parameters : {});
  return members.flatMap(([key, value]) => {
    const found = references.follow({ value, file: holder.file, pointer: step(pointer, key) });
    return found === undefined ? [] : [found];
  });
}

export function placeOf(value: Json | undefined): ParameterPlace | undefined {
  const place = textOf(value)?.toLowerCase();
  return place === 'path' || place === 'query' || place === 'header' || place === 'cookie'
    ? place
    : undefined;
}

/**
 * Headers that OpenAPI says to ignore as parameters: media types and security describe them. `Authorization` is
 * reported apart, since documents often declare their sign-in that way.
 */
export function isIgnoredHeader(parameter: Pick<Parameter, 'in' | 'name'>): boolean {
  return parameter.in === 'header' && /^(?:accept|content-type|authorization)$/i.test(parameter.name);
}
