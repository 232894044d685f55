import { isObject, type Json, type JsonObject } from '../../../model/json.ts';

/** What a token endpoint gives. */
export interface Granted {
  readonly accessToken: string;
  readonly idToken: string | undefined;
  readonly refreshToken: string | undefined;
  /** As it stands there. */
  readonly expiresIn: Json | undefined;
}

/** As RFC 6749 has it, and what systems call it that have heard of it. */
const tokenNames = ['access_token', 'accessToken', 'token', 'ticket', 'jwt'] as const;
const deepest = 3;

/**
 * The token in an answer: at its top, or inside of an envelope (`{"code":0,"data":{…}}`), where the other values then
 * stand beside it.
 */
export function grantIn(answer: Json): Granted | undefined {
  const objects = objectsIn(answer, 1);
  for (const name of tokenNames) {
    for (const object of objects) {
      const accessToken = textOf(object[name]);
      if (accessToken === undefined) continue;
      return {
        accessToken,
        idToken: textOf(object['id_token']),
        refreshToken: textOf(object['refresh_token'] ?? object['refreshToken']),
        expiresIn: object['expires_in'] ?? object['expiresIn'],
      };
    }
  }
  return undefined;
}

/** From the outside in. */
function objectsIn(value: Json, depth: number): readonly JsonObject[] {
  if (!isObject(value)) return [];
  const inside = depth < deepest ? Object.values(value).flatMap((item) => objectsIn(item, depth + 1)) : [];
  return [value, ...inside];
}

function textOf(value: Json | undefined): string | undefined {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number'
    ? String(value)
    : undefined;
}
