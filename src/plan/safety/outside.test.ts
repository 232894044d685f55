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

  it.each<readonly [string, Json]>([
    ['repo', 'git@public.example:a/b.git'],
    ['src', 'deploy@203.0.113.9:app'],
    ['url', 'http:/public.example'],
    ['img', 'http:public.example/a.png'],
    ['src', 'https:\\public.example'],
    ['page', 'view-source:http://public.example'],
    ['server', 'public.example:8443'],
    ['gateway', '203.0.113.9:6379'],
    ['broker', 'public.example/x'],
  ])('in other writings, %s=%s is not called', (name, value) => {
    expect(outcome(name, value)).toBe('unsure');
  });

  it.each<readonly [string, Json]>([
    ['page', 'mailto:somebody@public.example'],
    ['to', 'tel:13800138000'],
    ['notifyTo', 'somebody@public.example'],
    ['sms', '13800138000'],
    ['sendTo', '+86 138 0013 8000'],
    ['name', '../../../../etc/passwd'],
    ['lang', '/etc/passwd'],
    ['view', '/proc/self/environ'],
    ['module', '..\\..\\windows\\win.ini'],
    ['template', '....//....//etc/passwd'],
    ['file', 'C:\\Windows\\win.ini'],
    ['key', '~/.ssh/id_rsa'],
    ['page', '..;/admin'],
    ['name', '..%2f..%2fetc%2fhosts'],
    ['filter', '1;SHUTDOWN'],
    ['sort', 'sleep(10)'],
    ['columns', 'pg_sleep(10)'],
    ['q', "' UNION SELECT password FROM users--"],
    ['orderBy', "LOAD_FILE('/etc/passwd')"],
    ['id', "1' or '1'='1"],
    ['id', '1 OR 1=1'],
    ['name', 'T(java.lang.Runtime).getRuntime().exec("id")'],
    ['lang', '$(id)'],
    ['name', '`id`'],
    ['cron', '|id'],
    ['host', '8.8.8.8; cat /etc/passwd'],
    ['formula', '#{7*7}'],
    ['expr', '*{T(java.lang.Runtime)}'],
  ])('as a file, a statement or somebody, %s=%s is not called', (name, value) => {
    expect(outcome(name, value)).toBe('unsure');
  });

  it.each([
    ['notifyTo', 'somebody@public.example', 'namesRecipient'],
    ['name', '~/.ssh/id_rsa', 'namesFile'],
    ['sort', 'sleep(10)', 'namesStatement'],
  ])('%s=%s is called when the configuration gives or allows it', (name, value, why) => {
    const parameters = [aParameter(name, 'query', { examples: [value] })];
    const { skipped } = planOf(anOperation('GET /pages', { parameters }));
    expect(skipped[0]?.reason).toEqual({ $say: why, params: { name, value } });
    expect(outcome(name, value, {}, { params: { [name]: value } })).toBe('called');
    const overrides = [{ match: 'GET /pages', allow: 'unsure' as const }];
    expect(outcome(name, value, {}, { overrides })).toBe('called');
  });

  it.each<readonly [string, Json]>([
    ['fields', 'name|id'],
    ['fields', 'id;name'],
    ['q', 'to sleep or not to sleep'],
    ['q', "rock'n'roll and 50 more"],
    ['q', 'O`Brien'],
    ['filter', 'status eq 1 and type eq 2'],
    ['filter', "name eq 'a' or name eq 'b'"],
    ['range', '2026-01-01..2026-02-01'],
    ['range', '1..5'],
    ['version', 'v1.2...v1.3'],
    ['path', '/home'],
    ['path', '/home/orders'],
    ['path', 'docs/readme.md'],
    ['prefix', 'a/b/'],
    ['email', 'somebody@public.example'],
    ['phone', '13800138000'],
    ['to', '2026-01-31'],
    ['ratio', '16:9'],
    ['host', '203.0.113.9'],
    ['host', 'public.example'],
    ['address', '203.0.113.0/24'],
    ['node', 'worker-1'],
    ['time', '10:30'],
    ['image', 'library/nginx:1.27'],
    ['color', '#ffffff'],
    ['query', 'sum(rate(http_requests_total{job="a"}[5m])) by (id)'],
    ['price', '$100'],
    ['sort', '-created_at,name'],
  ])('what looks like it, %s=%s, is called', (name, value) => {
    expect(outcome(name, value)).toBe('called');
  });

  it.each(['127.0.0.1:9000', '127.1:9000', '0:9000', '0x7f000001:9000'])(
    'a port of the machine itself, %s, is not called',
    (value) => {
      const parameters = [aParameter('endpoint', 'query', { examples: [value] })];
      const operation = anOperation('GET /pages', { summary: 'List pages', parameters });
      for (const service of [{}, { baseUrl: 'http://127.0.0.1:8080' }]) {
        const { checks } = planOf(operation, service);
        expect(checks.filter(({ request }) => request.url.includes('9000'))).toEqual([]);
      }
    },
  );

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
