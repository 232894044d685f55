import { MockAgent } from 'undici';
import type { SourceSettings } from '../../src/model/settings.ts';
import type { CachedDocument, DocumentCache } from '../../src/scan/ports.ts';

/** A cache for tests that outlives the scanners that use it. */
export function memoryCache(): DocumentCache & { readonly entries: Map<string, CachedDocument> } {
  const entries = new Map<string, CachedDocument>();
  return {
    entries,
    list: (source) => Promise.resolve([...entries.values()].filter((entry) => entry.source === source)),
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

export function sourceSettings(
  given: Pick<SourceSettings, 'docs' | 'root'> & Partial<SourceSettings>,
): SourceSettings {
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
