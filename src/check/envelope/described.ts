import type { Json } from '../../model/json.ts';

/** Longer texts describe something else as well. */
const longest = 400;

const value = String.raw`(-?\d{1,8}|true|false|[A-Z][A-Z_]{1,20})`;
const good = String.raw`(?:成功|正常|ok\b|success\w*|succe[es]d\w*|normal\b)`;
const bad = String.raw`(?:失败|错误|异常|fail\w*|error\w*)`;
const edge = String.raw`(?<![\w.非])`;
const before = new RegExp(
  String.raw`${edge}["'“‘\x60]?${value}["'”’\x60]?\s*(?:[-–—:：=＝,，、>(（.]+|代表|表示|则?为|是|即|时|means|is|if|on|for|when|(?:the|call|request|it)\s)*\s*(?:请求|操作|调用|处理|查询|返回|响应|the |call |request |it |was |is ){0,3}${good}`,
  'gi',
);
const after = new RegExp(
  String.raw`${good}(?:时|的?返回码?|状态码|的?代码|的?值|码)?\s*(?:则?为|是|返回|[:：=＝]|is|\s)\s*["'“]?${value}(?![\w.]|["'”]?\s*[-–—:：=＝]?\s*${bad})`,
  'gi',
);

/** The values that a description names as success: `0 成功`, `200-成功，其他失败`, `成功返回 0`, `0 on success`. */
export function successesIn(description: string): readonly Json[] {
  const text = description.slice(0, longest);
  const found = valuesOf(text, before);
  return found.length > 0 ? found : valuesOf(text, after);
}

function valuesOf(text: string, pattern: RegExp): readonly Json[] {
  return [...new Set([...text.matchAll(pattern)].flatMap(([, found]) => meant(found ?? '')))];
}

function meant(text: string): readonly Json[] {
  if (/^(?:true|false)$/i.test(text)) return [text.toLowerCase() === 'true'];
  if (/^-?(?:0|[1-9]\d*)$/.test(text)) return [Number(text)];
  // A word in capitals is a value, a word of the sentence is none.
  return /^[A-Z]/.test(text) || /^\d/.test(text) ? [text] : [];
}
