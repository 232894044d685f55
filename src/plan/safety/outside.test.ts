import { describe, expect, it } from 'vitest';
import { anOperation, aParameter, planOf } from '../../../test/support/plan-inputs.ts';
import type { Parameter } from '../../model/document.ts';
import type { Json } from '../../model/json.ts';
import type { ServiceSettings } from '../../model/settings.ts';

/** What becomes of a list that takes the parameter, of a service at `https://orders.internal`. */
function outcome(
  name: string,
  value: Json,
  given: Partial<Parameter> = {},
  service: Partial<ServiceSettings> = {},
): string {
  const parameter = aParameter(name, 'query', { examples: [value], ...given });
  const operation = anOperation('GET /pages', { summary: 'List pages', parameters: [parameter] });
  const { checks, skipped } = planOf(operation, service);
  return checks.length === 1 ? 'called' : (skipped[0]?.code ?? 'nothing');
}

describe('an example that has the service itself call or fetch somebody else', () => {
  it.each<readonly [string, Json]>([
    ['url', 'https://public.example/page'],
    ['url', 'HTTP://PUBLIC.example:8080/page'],
    ['url', '//public.example/page'],
    ['url', '\\\\public.example\\page'],
    ['url', 'https%3A%2F%2Fpublic.example%2Fpage'],
    ['url', 'aHR0cHM6Ly9wdWJsaWMuZXhhbXBsZS9wYWdl'],
    ['url', 'public.example/page'],
    ['url', '203.0.113.9/page'],
    ['url', 'https://orders.internal@public.example/'],
    ['url', 'https://orders.internal.public.example/'],
    ['callback', 'https://public.example/hook'],
    ['callbackUrl', 'https://public.example/hook'],
    ['success_webhook', 'https://public.example/hook'],
    ['notify_url', 'https://public.example/hook'],
    ['imageSrc', 'https://public.example/a.png'],
    ['feed', 'https://public.example/rss'],
    ['x', 'https://public.example/x'],
    ['text', 'ftp://public.example/x'],
    ['urls[]', 'https://public.example/x'],
    ['data', '{"target":{"url":"https://public.example/x"}}'],
    ['data', { target: ['https://public.example/x'] }],
    ['page', '/proxy?url=https://public.example/x'],
    ['next', 'https://orders.internal/fetch?url=https://public.example/x'],
  ])('%s=%s is not called', (name, value) => {
    expect(outcome(name, value)).toBe('unsure');
  });

  it.each([
    ['q', 'Address of the page; it is fetched and cut into words.'],
    ['return_to', 'Will be called when the report is ready (webhook).'],
    ['keyword', '网页地址，抓取该网页后返回关键词'],
  ])('%s, "%s", is not called', (name, description) => {
    expect(outcome(name, 'https://public.example/x', { description })).toBe('unsure');
  });

  it('is not made up either', () => {
    expect(outcome('callbackUrl', '', { examples: [], schema: { type: 'string' } })).toBe('unsure');
  });

  it.each<readonly [string, Json]>([
    ['url', 'https://orders.internal/pages/1'],
    ['url', 'https://cdn.orders.internal/pages/1'],
    ['url', '/pages/1'],
    ['url', 'pages'],
    ['callback', 'jQuery123'],
    ['callback', 'handle.result'],
    ['redirect_uri', 'https://app.example/back'],
    ['return_to', 'https://app.example/back'],
    ['service', 'https://app.example/'],
    ['cancelUrl', 'https://app.example/back'],
    ['q', 'https://app.example/post'],
    ['keyword', 'https://app.example/post'],
    ['domain', 'app.example'],
    ['scope', 'https://www.googleapis.example/auth/drive'],
    ['system', 'http://loinc.example'],
    ['iss', 'https://login.example'],
    ['name', 'app.example'],
    ['file', 'report.pdf'],
    ['page', '1'],
  ])('%s=%s is called', (name, value) => {
    expect(outcome(name, value)).toBe('called');
  });

  it('says which one, and the line that has it called all the same', () => {
    const examples = ['https://public.example/page'];
    const operation = anOperation('GET /pages', { parameters: [aParameter('url', 'query', { examples })] });
    expect(planOf(operation).skipped).toMatchObject([
      {
        code: 'unsure',
        reason: { $say: 'leadsOutside', params: { name: 'url', host: 'public.example' } },
        hint: expect.stringContaining('allow: unsure') as string,
      },
    ]);
  });

  it('is called when the configuration gives the address, or allows it', () => {
    const url = 'https://public.example/page';
    expect(outcome('url', url, {}, { params: { url } })).toBe('called');
    for (const allow of [true, 'unsure'] as const)
      expect(outcome('url', url, {}, { overrides: [{ match: 'GET /pages', allow }] })).toBe('called');
  });

  it('is seen in a path that has it written into it, and in the text of a query', () => {
    const { skipped } = planOf(anOperation('GET /preview?url=https://public.example/page'));
    expect(skipped[0]?.reason).toMatchObject({ $say: 'leadsOutside' });
    const query = '{ preview(url: "https://public.example/page") { title } }';
    const graphql = { extensions: { 'x-graphql': { query } } };
    expect(planOf(anOperation('POST /graphql', graphql)).skipped[0]?.reason).toMatchObject({
      $say: 'leadsOutside',
    });
  });
});
