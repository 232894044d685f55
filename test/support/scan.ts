import path from 'node:path';
import { MockAgent } from 'undici';
import { formatProblem } from '../../src/messages/in-language.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { ServiceSettings } from '../../src/model/settings.ts';
import type { ReadDocument } from '../../src/documents/formats/format.ts';
import { formats } from '../../src/documents/formats/registry.ts';
import { type FileAccess, readDocument } from '../../src/documents/read.ts';
import type { CachedDocument, DocumentCache } from '../../src/documents/ports.ts';

/** A cache for tests that outlives the scanners that use it. */
export function memoryCache(): DocumentCache & { readonly entries: Map<string, CachedDocument> } {
  const entries = new Map<string, CachedDocument>();
  return {
    entries,
    list: (service) => Promise.resolve([...entries.values()].filter((entry) => entry.service === service)),
    put: (entry) => {
      entries.set(entry.id, entry);
      return Promise.resolve();
    },
    remove: (id) => {
      entries.delete(id);
      return Promise.resolve();
    },
  };
}

/** Refuses every request. */
export const noHttp = new MockAgent();

export function serviceSettings(
  given: Pick<ServiceSettings, 'docs' | 'root'> & Partial<ServiceSettings>,
): ServiceSettings {
  return {
    name: 'orders',
    headers: {},
    owners: [],
    intervalMs: 900_000,
    timeouts: { connectMs: 1000, firstByteMs: 1000, totalMs: 2000 },
    retries: 0,
    severity: 'major',
    latency: { p95Ms: 2000 },
    params: {},
    expect: [],
    overrides: [],
    ...given,
  };
}

/** What a document is read as; `files` are what it may refer to, by path. */
export async function readText(
  text: string,
  files: Readonly<Record<string, string>> = {},
  uri = 'api.yaml',
): Promise<ReadDocument> {
  const access: FileAccess = {
    load(reference, from) {
      const target = path.posix.join(path.posix.dirname(from), reference);
      const content = target === uri ? text : files[target];
      const missing: Problem = {
        level: 'error',
        code: 'file-not-found',
        message: 'does not exist',
        file: target,
      };
      return Promise.resolve(content === undefined ? missing : { uri: target, bytes: Buffer.from(content) });
    },
    list: () => Promise.resolve(Object.keys(files)),
  };
  const raw = { uri, bytes: Buffer.from(text) };
  const outcome = await readDocument(raw, formats, access, new AbortController().signal);
  if (outcome.kind !== 'read') throw new Error(`not read: ${formatProblem(outcome.problem)}`);
  return outcome.document;
}
