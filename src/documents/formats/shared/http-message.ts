import type { RecordedAnswer, RecordedBody } from './recorded-content.ts';
import type { Pair } from './url-template.ts';

export interface HttpRequestText {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Pair[];
  readonly body?: RecordedBody;
}

const requestLine = /^([A-Za-z]{3,7})\s+(\S.*)$/;
const headerLine = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*:\s*(.*)$/;
const verbs = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|TRACE|CONNECT|QUERY)$/;

/**
 * An HTTP request as text: request line (also over several lines, as `?a=1` and `&b=2` below it), headers, an empty
 * line, the body. `undefined` when the first line is no request line.
 */
export function parseHttpRequest(text: string): HttpRequestText | undefined {
  const lines = text.split(/\r?\n/);
  const first = requestLine.exec(lines[0]?.trim() ?? '');
  const method = first?.[1]?.toUpperCase() ?? '';
  if (first === null || !verbs.test(method)) return undefined;
  let url = first[2] ?? '';
  let at = 1;
  for (; /^\s*[?&/]\S/.test(lines[at] ?? '') && !/^\s*\/\//.test(lines[at] ?? ''); at++)
    url += (lines[at] ?? '').trim();
  const head = parseHeaders(lines, at);
  const body = lines.slice(head.end).join('\n').trim();
  url = url.replace(/\s+HTTP\/[\d.]+\s*$/, '').trim();
  return { method, url, headers: head.headers, ...(body === '' ? {} : { body: { text: body } }) };
}

/** An HTTP response as text: `HTTP/1.1 200 OK`, headers, an empty line, the body. */
export function parseHttpResponse(text: string): RecordedAnswer | undefined {
  const lines = text.trimStart().split(/\r?\n/);
  const status = /^HTTP\/[\d.]+\s+(\d{3})\b/i.exec(lines[0] ?? '')?.[1];
  if (status === undefined) return undefined;
  const head = parseHeaders(lines, 1);
  const body = lines.slice(head.end).join('\n').trim();
  const contentType = head.headers.find((header) => /^content-type$/i.test(header.name))?.value;
  return {
    status: Number(status),
    contentType,
    ...(body === '' ? {} : { text: body }),
  };
}

function parseHeaders(lines: readonly string[], from: number): { headers: Pair[]; end: number } {
  const headers: Pair[] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const line = lines[at]?.trim() ?? '';
    if (line === '') return { headers, end: at + 1 };
    if (/^(?:#|\/\/)/.test(line)) continue;
    const header = headerLine.exec(line);
    if (header === null) break;
    headers.push({ name: header[1] ?? '', value: header[2] ?? '' });
  }
  return { headers, end: at };
}
