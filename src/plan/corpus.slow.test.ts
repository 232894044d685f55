import { inEnglish } from '../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { corpora, type Corpus } from '../../test/support/corpora.ts';
import { aService, noon } from '../../test/support/plan-inputs.ts';
import { memoryCache, noHttp, serviceSettings } from '../../test/support/scan.ts';
import { systemClock } from '../lib/time/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import type { Plan } from '../model/check.ts';
import type { Document } from '../model/document.ts';
import { safeMethods } from '../model/settings.ts';
import { createScanner } from '../documents/scan.ts';
import { advise } from './coverage/advice.ts';
import { coverageOf } from './coverage/coverage.ts';
import { CredentialHosts } from './request/credential-hosts.ts';
import { makePlan } from './plan.ts';

interface Figures {
  readonly operations: number;
  /** How many are asked for a value, and the headers that a document may not give. */
  readonly asked: number;
  readonly headers: RegExp;
}

/** What is a property of the documents. */
const figures: Readonly<Record<Corpus['name'], Figures>> = {
  own: { operations: 160, asked: 9, headers: /needs the header (?:X-Warehouse|x-csrf|X-User-Id):/ },
  outside: { operations: 2500, asked: 122, headers: /needs the header (?:check|test):/ },
};

async function planCorpus(
  folder: string,
): Promise<{ readonly documents: readonly Document[]; readonly plan: Plan }> {
  const scanner = createScanner({
    cache: memoryCache(),
    clock: systemClock,
    log: silentLogger,
    http: () => noHttp,
    root: folder,
  });
  const settings = serviceSettings({ name: 'corpus', docs: [folder], root: folder });
  const { documents } = await scanner.scan([settings], new AbortController().signal);
  // A service for each document, so that none is a duplicate of another's.
  const own = documents.map((document) => ({ ...document, service: document.uri }));
  const services = own.map(({ service }) =>
    aService({ name: service, baseUrl: 'http://patrolled.internal/base', credential: 'any' }),
  );
  const plan = makePlan(
    own,
    { services, credentials: { any: { name: 'any', scheme: 'bearer', options: {} } }, language: 'en' },
    {
      now: noon,
      version: '1',
      satisfies: () => [],
      hosts: new CredentialHosts([], () => []),
      readExpectation: () => ({ why: 'knows none' }),
    },
  );
  return { documents: own, plan };
}

describe.each(corpora)('plans of the $name corpus', async ({ name, folder }) => {
  const { documents, plan } = await planCorpus(folder);

  it('settle every operation one way or the other', () => {
    const operations = documents.reduce((sum, document) => sum + document.operations.length, 0);
    expect(operations).toBeGreaterThan(figures[name].operations);
    expect(plan.checks.length + plan.skipped.length).toBe(operations);
    expect(plan.problems).toEqual([]);
  });

  it('hold only addresses that can be sent as they are', () => {
    const wrong = plan.checks
      .map(({ request }) => request.url)
      .filter((url) => {
        const parsed = URL.canParse(url) ? new URL(url) : undefined;
        return (
          parsed?.href !== url || !url.startsWith('http://patrolled.internal/base/') || /[{}\s]/.test(url)
        );
      });
    expect(wrong).toEqual([]);
  });

  it('hold only headers that HTTP accepts', () => {
    for (const { request } of plan.checks) expect(() => new Headers({ ...request.headers })).not.toThrow();
  });

  it('call nothing that is not safe', () => {
    const writes = plan.checks
      .filter(({ method }) => !safeMethods.has(method))
      .map(({ request }) => request.body);
    expect(writes.filter((body) => typeof body !== 'string' || !body.startsWith('{"query":"query '))).toEqual(
      [],
    );
    const called = plan.checks.map(({ operation }) => operation);
    expect(
      called.filter((key) => /delete|remove|logout|reload|reset/i.test(key.split('/').at(-1) ?? '')),
    ).toEqual([]);
  });

  it('give each check an id of its own', () => {
    expect(new Set(plan.checks.map(({ id }) => id)).size).toBe(plan.checks.length);
  });

  it('call nearly every GET that only reads, and know or can learn most of what they send', () => {
    const gets = documents
      .flatMap(({ operations }) => operations)
      .filter(({ method }) => method === 'GET').length;
    const { total } = coverageOf(plan, documents);
    const { 'side-effect': changing = 0, session = 0, download = 0 } = total.skipped;
    const harmful = changing + session + download;
    expect(harmful / gets).toBeLessThan(0.09);
    // What has a placeholder for a value, wants a body with GET or a header that nobody knows, or leaves it to a value what is done, is
    // asked for; nothing else is.
    const asked = plan.skipped.filter(({ code }) => code === 'no-value').map(({ reason }) => reason);
    expect(
      asked.filter(
        (reason) =>
          !/its document has "YOUR_\w+" in its place|a body with GET|the required path parameter action is documented/.test(
            inEnglish(reason),
          ) && !figures[name].headers.test(inEnglish(reason)),
      ),
    ).toEqual([]);
    expect(asked).toHaveLength(figures[name].asked);
    const called = plan.checks.filter(({ method }) => method === 'GET').length;
    expect(called / (gets - harmful - asked.length)).toBeGreaterThan(0.95);
    expect((total.certain + total.capturable) / total.called).toBeGreaterThan(0.85);
  });

  it('explain each operation that is not called, and advise on each check that stays uncertain', () => {
    expect(
      plan.skipped.filter(
        // What a document itself sets aside needs no advice.
        ({ reason, code, hint }) =>
          reason === '' || (hint === undefined && code !== 'duplicate' && code !== 'configured'),
      ),
    ).toEqual([]);
    const { total } = coverageOf(plan, documents);
    const advised = new Set(
      advise(plan.checks).flatMap(({ service, operations }) => operations.map((key) => `${service} ${key}`)),
    );
    expect(advised.size).toBe(total.uncertain - total.capturable);
  });
});
