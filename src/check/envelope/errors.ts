import { isObject, type Json } from '../../model/json.ts';
import { codeNames, isStrongCode } from './names.ts';
import { isErrorCode, type Unsuccessful } from './usual.ts';
import { errorTextOf, type Field, type Fields, hasPayload, isHollow, isPure, messageOf } from './view.ts';
import { isFailingCode, saysRefusal } from './words.ts';

/**
 * An error in place of what was asked for: `{ "error": { "code": 500 } }`, `{ "data": null, "errors": [ … ] }`, a problem of RFC 9457,
 * `{ "detail": "Not found." }`; `undefined` where a body holds no such thing, or something beside it.
 *
 * @param isAsked Whether a field of that loose name is what the operation answers when it succeeds.
 */
export function errorIn(view: Fields<Json>, isAsked: (loose: string) => boolean): Unsuccessful | undefined {
  if (!isPure(view) || !isHollow(view)) return undefined;
  return namedError(view, isAsked) ?? problem(view, isAsked) ?? detailOnly(view, isAsked);
}

const usualCodes = [0, 200];

function namedError(view: Fields<Json>, isAsked: (loose: string) => boolean): Unsuccessful | undefined {
  const told = errorTextOf(view);
  if (told === undefined || isAsked(looseTop(told.field))) return undefined;
  const { about, field, text } = told;
  const code = codeIn(about) ?? failingCodeOf(view);
  if (code !== undefined) return { field: code, expected: usualCodes, text };
  const isOfList = field.path.length > 1 && !isObject(field.value);
  // What is wrong with something may be what was asked for: only an envelope has a place for data beside it.
  if (text === undefined || (isOfList && !hasPayload(view) && !isNamedMessages(field))) return undefined;
  const shown = isObject(field.value) ? [...about.values()].find(({ value }) => value === text) : undefined;
  return { field: shown ?? field, expected: [] };
}

function isNamedMessages({ path }: Field<Json>): boolean {
  return /messages|msgs$/i.test(path[0] ?? '');
}

/** The code of an error. */
function codeIn(about: Fields<Json>): Field<Json> | undefined {
  const name = codeNames.find((one) => isErrorCode(about.get(one)?.value));
  return name === undefined ? undefined : about.get(name);
}

/** Beside it: of a platform, or of HTTP as frameworks write it down: `{ "status": 500, "error": "Internal Server Error", "path": … }`. */
function failingCodeOf(view: Fields<Json>): Field<Json> | undefined {
  const name = codeNames.find((one) => {
    const value = view.get(one)?.value;
    return isStrongCode(one) ? isErrorCode(value) : typeof value === 'number' && isFailingCode(value);
  });
  return name === undefined ? undefined : view.get(name);
}

/** RFC 9457, and what was made after it. */
function problem(view: Fields<Json>, isAsked: (loose: string) => boolean): Unsuccessful | undefined {
  const status = view.get('status');
  const isOne = view.has('title') && (view.has('detail') || view.has('type') || view.has('instance'));
  if (!isOne || isAsked('title') || status === undefined || !isFailingCode(status.value)) return undefined;
  return typeof status.value === 'number'
    ? { field: status, expected: usualCodes, text: messageOf(view) }
    : undefined;
}

/** All that DRF and FastAPI say. */
function detailOnly(view: Fields<Json>, isAsked: (loose: string) => boolean): Unsuccessful | undefined {
  const field = view.get('detail');
  if (field === undefined || isAsked('detail') || hasPayload(view)) return undefined;
  const { value } = field;
  if (typeof value === 'string') return saysRefusal(value) ? { field, expected: [] } : undefined;
  const [first] = Array.isArray(value) ? (value as readonly Json[]) : [];
  if (!isObject(first) || first['loc'] === undefined || typeof first['msg'] !== 'string') return undefined;
  return { field: { path: [...field.path, '0', 'msg'], value: first['msg'] }, expected: [] };
}

function looseTop({ path }: Field<Json>): string {
  return (path[0] ?? '').replaceAll(/[_-]/g, '').toLowerCase();
}
