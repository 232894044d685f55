import { describe, expect, it } from 'vitest';
import { channels } from '../channels/registry.ts';
import { scenarios } from '../test-message/scenarios.ts';
import { ownAddresses } from '../messages/own-addresses.ts';
import { unlinked } from './inert.ts';

const own = ['http://127.0.0.1:31801/auth/login', 'http://127.0.0.1:31801', 'https://www.example.com/token'];

describe('of addresses in a text', () => {
  it.each([
    ['POST http://127.0.0.1:31801/auth/login 返回 200', undefined],
    ['POST http://127.0.0.1:31801/auth/login：返回 200', undefined],
    ['at http://127.0.0.1:31801.', undefined],
    ['(http://127.0.0.1:31801)', undefined],
    ['无法连接：https://www.example.com/token', undefined],
    ['https://www.example.com/token, http://127.0.0.1:31801', undefined],
    ['https://evil.example', 'https:／／evil.example'],
    ['http://127.0.0.1:31801/delete', 'http:／／127.0.0.1:31801/delete'],
    ['http://127.0.0.1:31801@evil.example', 'http:／／127.0.0.1:31801@evil.example'],
    ['http://127.0.0.1:31801。evil.example', 'http:／／127.0.0.1:31801。evil.example'],
    ['http://127.0.0.1:31801.evil.example', 'http:／／127.0.0.1:31801.evil.example'],
    ['xhttp://127.0.0.1:31801', 'xhttp:／／127.0.0.1:31801'],
    ['www.example.com', 'www．example.com'],
  ])('%s: only those of the configuration stay', (text, expected) => {
    expect(unlinked(text, own)).toBe(expected ?? text);
  });
});

const message = 'POST http://127.0.0.1:31801/auth/login answered http://evil.example/x 1';

describe.each(channels.map((kind) => [kind.kind, kind] as const))('%s', (_, kind) => {
  it.each(['zh', 'en'] as const)('shows a configured address so that it can be copied (%s)', (language) => {
    const content = scenarios.failure(0);
    const transitions = content.transitions.map((told) => ({
      ...told,
      incident: { ...told.incident, reason: { code: 'credential', message } as const },
    }));
    const context = { language, timeZone: 'Asia/Shanghai', ownAddresses: own };
    const [example] = kind.examples;
    const { parts } = kind.render({ ...content, transitions }, kind.options.parse(example), context);
    const text = parts.join('\n').replaceAll('\\/', '/');
    expect(text).toContain('http://127.0.0.1:31801/auth/login');
    expect(text).not.toContain('31801／');
    expect(text).not.toContain('http:／／127');
  });
});

it('takes what the configuration names of services and sign-ins, without secrets', () => {
  const service = {
    docs: ['/a.yaml', 'http://a.example/v3/api-docs?k=hidden'],
    baseUrl: 'http://a.example:8080',
  };
  const login = { url: 'https://id.example/login', before: [{ url: 'https://id.example/csrf' }], token: 'x' };
  const settings = {
    services: [service],
    credentials: { main: { name: 'main', scheme: 'login', options: login } },
    connectivityUrl: 'https://u:p@up.example/',
  };
  expect(ownAddresses(settings as never, (text) => text.replace('hidden', '***'))).toEqual([
    'http://a.example',
    'http://a.example:8080/',
    'http://a.example:8080',
    'https://id.example/login',
    'https://id.example',
    'https://id.example/csrf',
  ]);
});
