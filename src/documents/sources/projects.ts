import { sentence } from '../../messages/sentence.ts';
import { ellipsize } from '../../lib/text/text.ts';
import { isObject } from '../../model/json.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { Problem } from '../../model/problem.ts';
import { hashOf } from './hash.ts';
import { parseData } from '../text/parse.ts';
import type { Validator } from '../ports.ts';
import type { HttpClient } from './http-client.ts';
import type { Fetched, Files } from './place.ts';

/** How a tool exports a project whose page in the browser has this address; `undefined` for other addresses. */
export function exportRequest(url: string): OutgoingRequest | undefined {
  return yapiExport(url) ?? apifoxExport(url);
}

/** YApi: `https://yapi.example/project/11/interface/api`; the project's token goes into the query as `token`. */
function yapiExport(url: string): OutgoingRequest | undefined {
  const [, base, project] = /^(https?:\/\/.+?)\/project\/(\d+)\/interface\/api(?:\/.*)?$/i.exec(url) ?? [];
  if (base === undefined || project === undefined) return undefined;
  const query = `type=json&pid=${project}&status=all&isWiki=false`;
  return { method: 'GET', url: `${base}/api/plugin/export?${query}`, headers: {} };
}

/** Apifox: `https://app.apifox.com/project/123`; its open API exports OpenAPI to a bearer of an access token. */
function apifoxExport(url: string): OutgoingRequest | undefined {
  const [, project] = /^https:\/\/app\.apifox\.(?:com|cn)\/project\/(\d+)(?:[/?#].*)?$/i.exec(url) ?? [];
  if (project === undefined) return undefined;
  return {
    method: 'POST',
    url: `https://api.apifox.com/v1/projects/${project}/export-openapi?locale=zh-CN`,
    headers: { 'content-type': 'application/json', 'x-apifox-api-version': '2024-03-28' },
    body: JSON.stringify({
      scope: { type: 'ALL' },
      options: { includeApifoxExtensionProperties: false, addFoldersToTags: true },
      oasVersion: '3.1',
      exportFormat: 'JSON',
    }),
  };
}

/** A project of an interface tool, read through the tool's own export. */
export class ProjectFiles implements Files {
  readonly #client: HttpClient;
  readonly #request: OutgoingRequest;

  constructor(client: HttpClient, request: OutgoingRequest) {
    this.#client = client;
    this.#request = request;
  }

  async fetch(uri: string, _validator: Validator | undefined, signal: AbortSignal): Promise<Fetched> {
    const answer = await this.#client.send(this.#request, signal);
    if ('level' in answer) return { kind: 'failed', problem: { ...answer, file: uri } };
    const refused = this.#client.refusal(uri, answer) ?? refusedByTool(uri, answer.bytes);
    if (refused !== undefined) return { kind: 'failed', problem: refused };
    return {
      kind: 'content',
      bytes: answer.bytes,
      validator: { bytes: answer.bytes.length, hash: await hashOf(answer.bytes) },
      contentType: 'application/json',
    };
  }

  resolve(reference: string, from: string): Promise<Problem> {
    return Promise.resolve({
      level: 'error',
      code: 'ref-outside-source',
      message: sentence('refersFromExport', { reference: JSON.stringify(ellipsize(reference, 200)) }),
      file: from,
    });
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
}

/** YApi answers 200 with `{ errcode: 40011, errmsg: "请登录..." }`. */
function refusedByTool(file: string, bytes: Uint8Array): Problem | undefined {
  if (bytes.length > 2000) return undefined;
  const parsed = parseData(new TextDecoder().decode(bytes));
  if (parsed.kind !== 'data' || !isObject(parsed.value)) return undefined;
  const { errcode, errmsg } = parsed.value;
  if (typeof errcode !== 'number' || errcode === 0) return undefined;
  return {
    level: 'error',
    code: 'document-unauthorized',
    message: sentence('refusedByYapi', {
      why: `${errcode} ${typeof errmsg === 'string' ? ellipsize(errmsg, 200) : ''}`.trim(),
    }),
    file,
    hint: sentence('giveYapiToken'),
  };
}
