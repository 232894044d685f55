import { describe, expect, it } from 'vitest';
import { formatProblem } from '../messages/in-language.ts';
import { loadConfig } from './load.ts';
import { problemsOf } from './load.fixture.ts';

describe('what may be a secret is not quoted where it is wrong', () => {
  const literal = 'Zk8Qw3Lm9Xr2';

  it.each([
    ['credentials', `credentials: ${literal}`],
    ['a credential', `credentials: { m: ${literal} }`],
    ['a credential in a list', `credentials: [ ${literal} ]`],
    ['an option of it', `credentials: { m: { scheme: bearer, token: { a: ${literal} } } }`],
    ['channels', `channels: ${literal}`],
    ['a channel', `channels: { m: ${literal} }`],
    ['the address of a robot', `webhook: ${literal}`],
    ['the address of the heartbeat', `heartbeat: ${literal}`],
    ['headers', `headers: ${literal}`, 'service'],
    ['params', `params: ${literal}`, 'service'],
    ['a header', `headers: { X-Key: [${literal}] }`, 'service'],
  ])('%s', async (_, line, where = 'top') => {
    const service = `services:\n  - docs: ./a\n    baseUrl: http://h\n    ${line}\n`;
    const problems = await problemsOf(where === 'top' ? `docs: ./a\n${line}\n` : service);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).not.toContain(literal);
  });
});

describe('a file that may not be read', () => {
  const forbidden = () => Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' }));
  const asked = async (text: string | undefined) => {
    const readFile = (file: string) =>
      text !== undefined && file.endsWith('c.yaml') ? Promise.resolve(text) : forbidden();
    const loaded = await loadConfig('/c.yaml', { env: {}, readFile });
    return loaded.ok ? [] : loaded.problems.map(formatProblem);
  };

  it.each([
    ['the configuration', undefined],
    ['a secret', 'docs: ./a\nwebhook: ${file:/run/secret}\n'],
    ['a secret beside it', 'docs: ./a\nwebhook: ${file:secret}\n'],
    [
      'the owners',
      'docs: ./a\nwebhook: https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k\nownersFile: owners.csv\n',
    ],
  ])('is told with what is to be done: %s', async (_, text) => {
    expect((await asked(text)).join('\n')).toContain(
      'permission denied\n  → Let the user that runs API Patrol read it',
    );
  });
});
