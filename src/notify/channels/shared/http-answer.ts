import { jsonOf } from '../../../lib/json/json-of.ts';
import { says, sentence } from '../../../messages/sentence.ts';
import { parseRetryAfter } from '../../../lib/net/backoff.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Failure, PostFailure, PostResponse } from '../channel.ts';

/** `Retry-After` is obeyed between a second and a quarter of an hour: a typo there must not cost a day. */
const retryAfterMinMs = 1000;
const retryAfterMaxMs = 15 * 60_000;
/** Of a server in trouble it is a guess: it may be well again long before. */
const troubleMaxMs = 60_000;

const worthRetrying: ReadonlySet<number> = new Set([408, 425, 429]);

/** What to do after an answer that is not 2xx or none at all; `undefined` for 2xx, whose body decides. */
export function judgeStatus(response: PostResponse | PostFailure, now: number): Failure | undefined {
  if ('failure' in response) {
    const kind = response.arrived === 'maybe' ? 'unclear' : 'retry';
    return { kind, code: 'network', message: response.failure };
  }
  const { status } = response;
  if (status >= 200 && status < 300) return undefined;
  const code = `http-${status}`;
  const message = `HTTP ${status}`;
  if (status >= 500 || worthRetrying.has(status)) {
    const asked = parseRetryAfter(response.headers['retry-after'], now);
    const most = status >= 500 ? troubleMaxMs : retryAfterMaxMs;
    const afterMs = asked === undefined ? {} : { afterMs: clamp(asked, most) };
    return { kind: 'retry', ...afterMs, code, message };
  }
  if (status >= 300 && status < 400) {
    const hint = says(
      'the address redirects: a sign-in page or proxy stands between; use the final address',
      '该地址发生重定向：中间可能有登录页或代理；请填写最终地址',
    );
    return { kind: 'broken', code, message, hint };
  }
  if (status === 413) {
    return {
      kind: 'shrink',
      code,
      message,
      hint: says('the server takes only shorter messages', '对方只接收更短的消息'),
    };
  }
  if (status === 400 || status === 422) {
    return {
      kind: 'rejected',
      code,
      message,
      hint: says(
        'the server does not like this message: look at its log',
        '对方不接受这条消息：请查看其日志',
      ),
    };
  }
  return {
    kind: 'broken',
    code,
    message,
    hint: says('check the address and its key or password in the config', '请检查配置中的地址及其密钥或密码'),
  };
}

/** The body as a JSON object; a proxy's error page is none. */
export function jsonBody(response: PostResponse | PostFailure): JsonObject | undefined {
  if ('failure' in response) return undefined;
  const body = jsonOf(response.body);
  return isObject(body) ? body : undefined;
}

/** The vendor's words for a log, when it is words. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A whole number as vendors write it, and gateways that make texts of numbers. */
export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** There is an answer, and it does not say what became of the message. */
export const notUnderstood: Failure = {
  kind: 'unclear',
  code: 'not-json',
  message: sentence('answerNotJson'),
};

/**
 * HTTP 200 with something that is not the vendor's JSON: a portal, a proxy or a gateway with words of its own answered, or the
 * answer was cut off. Nobody knows whether the message was taken.
 */
export function notTheVendor(response: PostResponse | PostFailure): Failure {
  const body = 'failure' in response ? '' : response.body.trim();
  const isCut = body === '' || (body.startsWith('{') && !body.endsWith('}'));
  return isCut ? { kind: 'unclear', code: 'cut', message: sentence('answerCutOff') } : notUnderstood;
}

/** Of a call that shows nothing to anybody: it can be repeated at will. */
export function withoutTrace(failure: Failure): Failure {
  return failure.kind === 'unclear' ? { ...failure, kind: 'retry' } : failure;
}

function clamp(ms: number, most: number): number {
  return Math.min(most, Math.max(retryAfterMinMs, ms));
}

/** The text of a part whose content stands under one of these names; a title, if it has one, above it. */
export function shownText(part: string, names: readonly string[]): string {
  const body: unknown = JSON.parse(part);
  if (!isObject(body)) return part;
  const inner = names.map((name) => body[name]).find(isObject);
  if (inner === undefined) return part;
  const text = inner['content'] ?? inner['text'];
  return typeof text === 'string' ? text : part;
}
