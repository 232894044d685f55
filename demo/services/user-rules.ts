import type { Json, JsonObject, JsonSchema } from '../../src/model/json.ts';
import { type DemoAnswer, record, text } from '../operation.ts';

export const id: JsonObject = { type: 'integer', format: 'int64', minimum: 1 };

/** Every answer is HTTP 200 with a code of its own, as many systems here do. */
export const envelope = (data: JsonSchema): JsonObject =>
  record({ code: { type: 'integer' }, message: text, data });
export const success = (data: Json): DemoAnswer => ({
  status: 200,
  body: { code: 0, message: 'success', data },
});

export function refuseUsers(status: number, message: string): DemoAnswer {
  return { status, body: { code: status * 100 + 1, message, data: null } };
}

export function role(code: string) {
  return { code, name: { admin: '管理员', operator: '运营' }[code] ?? '访客', permissions: [`${code}:read`] };
}
