import { sentence } from '../../../messages/sentence.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadContext, type ReadDocument } from '../format.ts';
import { assemble } from '../shared/assemble.ts';
import { curlCommands, requestOfCurl } from '../curl/curl-command.ts';
import { isMarkup } from '../shared/text.ts';
import { parseHttpRequest } from '../shared/http-message.ts';
import { operationOf, type RecordedRequest } from '../shared/recorded-request.ts';
import { type Environment, flatten } from '../shared/variables.ts';

/** `.http` and `.rest` files of the JetBrains HTTP client and of REST Client. */
export const httpFile = defineFormat({
  kind: 'http-file',
  version: 6,
  detect: (raw) => certaintyOf(raw.text),
  read: readHttpFile,
});

const requestStart =
  /^[ \t]*(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|TRACE|CONNECT|QUERY|GRAPHQL|WEBSOCKET|GRPC)[ \t]+(?:https?:\/\/|\/|\{\{|[\w.-]+[:/.])\S*/;
const bareUrl = /^[ \t]*(?:https?:\/\/|\{\{[^{}]+\}\}\/)\S+[ \t]*$/;

/** Request lines at the start of lines, with none of the marks of Markdown around them. */
function certaintyOf(text: string): number {
  const head = text.slice(0, 400_000);
  if (isMarkup(text) || /^(?:```|~~~)|^#{2} |^\|.*\|.*\|/m.test(head)) return 0;
  const lines = head.split('\n');
  const separators = lines.some((line) => line.startsWith('###'));
  const requests = lines.filter((line) => requestStart.test(line)).length;
  // Requests are apart by separators: several without are lines of something else.
  if (requests > 1 && !separators) return 0;
  if (requests === 0)
    return separators && lines.some((line) => bareUrl.test(line) || line.startsWith('curl ')) ? 0.5 : 0;
  const variables = lines.some((line) => /^@[\w.-]+\s*=/.test(line));
  const first = lines.find((line) => line.trim() !== '' && !/^\s*(?:#|\/\/|@)/.test(line)) ?? '';
  return separators || variables || requestStart.test(first) ? 0.8 : 0;
}

const maxFoldersUp = 6;

interface Part {
  readonly title: string | undefined;
  readonly lines: readonly string[];
  /** Line of the first of `lines`, counted from 1. */
  readonly line: number;
}

async function readHttpFile(raw: RawDocument, context: ReadContext): Promise<ReadDocument> {
  const lines = raw.text.replace(/\r\n?/g, '\n').split('\n');
  const own = variablesIn(lines);
  const shared = await environmentsNear(raw.uri, context);
  const environments = shared.map((one) => ({ ...one, values: { ...one.values, ...own } }));
  const requests = partsOf(lines).flatMap((part) => readPart(part, environments));
  const problems: Problem[] = [];
  const scripts = lines.filter((line) => /^\s*<\s*\{%/.test(line)).length;
  if (scripts > 0) {
    problems.push({
      level: 'info',
      code: 'scripts-ignored',
      message: sentence('scriptsBeforeNotRun', { n: scripts }),
      file: raw.uri,
    });
  }
  const others = lines.filter((line) => /^(?:WEBSOCKET|GRPC)\s/.test(line)).length;
  if (others > 0) {
    problems.push({
      level: 'info',
      code: 'not-http',
      message: sentence('notPlainHttp', { n: others }),
      file: raw.uri,
    });
  }
  return assemble({ format: 'http-file', title: raw.uri, found: requests.map(operationOf), problems });
}

/**
 * The environments of the JetBrains client: the nearest `http-client.env.json`, in the file's folder or above it. The
 * private one beside it holds secrets and stays closed.
 */
async function environmentsNear(from: string, context: ReadContext): Promise<Environment[]> {
  for (let up = 0; up <= maxFoldersUp; up++) {
    const loaded = await context.load(`${'../../../scan'.repeat(up)}http-client.env.json`, from);
    if ('level' in loaded || loaded.data === undefined) continue;
    return Object.entries(loaded.data).map(([name, values]) => ({ name, values: flatten(values) }));
  }
  return [{ values: {} }];
}

function variablesIn(lines: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of lines) {
    const variable = /^\s*@([\w.-]+)\s*=\s*(.*)$/.exec(line);
    if (variable !== null) values[variable[1] ?? ''] = (variable[2] ?? '').trim();
  }
  return values;
}

/** Requests are apart by lines of `###`, whose words are the next one's title. */
function partsOf(lines: readonly string[]): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let title: string | undefined;
  const push = (end: number): void => {
    parts.push({ title, lines: lines.slice(start, end), line: start + 1 });
  };
  for (const [index, line] of lines.entries()) {
    const separator = /^\s*###+(.*)$/.exec(line);
    if (separator === null) continue;
    push(index);
    start = index + 1;
    title = separator[1]?.trim();
  }
  push(lines.length);
  return parts;
}

function readPart(part: Part, environments: readonly Environment[]): RecordedRequest[] {
  let name: string | undefined;
  const preamble = part.lines.findIndex((line) => {
    name ??= /^\s*(?:#|\/\/)\s*@name[ \t=]+(\S.*)$/.exec(line)?.[1]?.trim();
    return (
      line.trim() !== '' && !/^\s*(?:#|\/\/|@[\w.-]+\s*=)/.test(line) && !/^\s*<\s*\{%|%\}\s*$/.test(line)
    );
  });
  const start = firstRequest(part.lines, Math.max(0, preamble));
  if (start < 0) return [];
  const title = part.title === undefined || part.title === '' ? name : part.title;
  const common = {
    name: title ?? commentAbove(part.lines, start),
    tags: [],
    environments,
    pointer: `line ${part.line + start}`,
  };
  const text = part.lines.slice(start).join('\n');
  if (/^\s*curl\s/.test(text)) {
    const [command] = curlCommands(text);
    const request = command === undefined ? undefined : requestOfCurl(command, []);
    return request === undefined ? [] : [{ ...request, ...common }];
  }
  const request = parseHttpRequest(
    bareUrl.test(part.lines[start] ?? '') ? `GET ${text.trimStart()}` : text.trimStart(),
  );
  if (request === undefined || /^\s*(?:WEBSOCKET|GRPC)\s/.test(text)) return [];
  const body = cleanBody(request.body?.text ?? '');
  return [
    {
      method: request.method,
      url: request.url,
      headers: request.headers,
      ...(body === '' ? {} : { body: { text: body } }),
      ...common,
    },
  ];
}

function firstRequest(lines: readonly string[], from: number): number {
  return lines.findIndex(
    (line, index) =>
      index >= from && (requestStart.test(line) || bareUrl.test(line) || /^\s*curl\s/.test(line)),
  );
}

function commentAbove(lines: readonly string[], start: number): string | undefined {
  return /^\s*(?:#|\/\/)\s*(?!@)(\S.*)$/.exec(lines[start - 1] ?? '')?.[1]?.trim();
}

/** Without response handlers, comments behind it, and bodies that are files. */
function cleanBody(body: string): string {
  const end = body.search(/^\s*(?:>\s*\{%|>>?!?\s+\S|<>\s+\S)/m);
  const text = (end < 0 ? body : body.slice(0, end)).trim();
  return /^<\s*\S/.test(text) && !/^<[\w?!]/.test(text) ? '' : text;
}
