/**
 * Whether a text is Markdown. Headings, lists and bold words count only with a method and a path somewhere: YAML and
 * scripts have comments and lists too.
 */
export function looksLikeMarkdown(text: string): boolean {
  const body = text
    .slice(0, 200_000)
    .replace(/^---\r?\n[^]*?\n---\r?\n/, '')
    .trimStart();
  if (
    /^(?:\{(?!%)|\[(?!!\[|[^\]\n]*\]\(|\[?[\p{L}_]{1,20}\]{1,2}\s*\n)|#!|#%RAML|<(?:!doctype|html|head|body|script|\?xml|[a-z]+:))/iu.test(
      body,
    )
  )
    return false;
  // What should have been OpenAPI but is broken must be reported as that; an example of it in a fence is no such thing.
  const start = body.slice(0, 1000).replace(/(?<=.)^(?:`{3}|~{3})[^]*/ms, '');
  if (/^["']?(?:openapi|swagger|asyncapi|info|paths)["']?\s*:/m.test(start)) return false;
  if (/^(?:\|.*\||```|~~~|\{% (?:api-method|swagger|openapi)|<h[1-6]\b|#{2,6} \S.*\n\s*\n)/im.test(body))
    return true;
  if (
    /(?:请求|调用|访问)(?:方式|方法|类型)/.test(body) &&
    /(?:请求|接口|调用|访问)\s?(?:地址|路径|url|uri)/i.test(body)
  )
    return true;
  if ([...body.matchAll(request)].length > 1) return true;
  const marked = /^(?:>|#{1,6}\s*\S|\s{0,3}[-*+] \S)|\*\*[^*\n]{1,80}\*\*/m.test(body);
  if (marked && labelledAddress.test(body)) return true;
  return (
    marked &&
    /(?:GET|POST|PUT|DELETE|PATCH)\b/i.test(body) &&
    /(?:^|[\s`:：])(?:https?:\/)?\/[\w{:]/m.test(body)
  );
}

/** Method and path as a line of their own, in a text without any marks: exported from an office. */
const request = /^[ \t]*(?:(?:GET|POST|PUT|DELETE|PATCH)[ |/]*){1,3}[ \t]+\/[\w/{}:.[\]?=&-]+[ \t]*$/gm;

/** `接口地址` and below it the address, `url: …` in a list. */
const labelledAddress =
  /(?:接口|请求)(?:地址|路径)\s*[:：]?\s*[`*]*(?:https?:\/)?\/\w|^\s*(?:\d+[.、]|[-*])\s*url\s?[:：]\s*\S*\/?\w+\.?\w+$/im;
