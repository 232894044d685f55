import { expect, it } from 'vitest';
import { createLogger, silentLogger } from './logger.ts';
import { Redactor, Secret } from './secrets/secret.ts';

it('writes one JSON line a record, with secrets taken out of message and fields', () => {
  const lines: string[] = [];
  const redactor = new Redactor();
  redactor.add(new Secret('hunter2-secret'));
  const log = createLogger({ level: 'info', redactor, destination: { write: (line) => lines.push(line) } });
  log.debug('not written');
  log.info('signing in with hunter2-secret', {
    token: new Secret('x'),
    url: 'https://a/?access_token=abc123',
  });
  log.warn('warned');
  log.error('failed', { nested: { password: 'p4ss' } });
  expect(lines).toHaveLength(3);
  const first = JSON.parse(lines[0] ?? '');
  expect(first).toMatchObject({
    msg: 'signing in with ***',
    token: '***',
    url: 'https://a/?access_token=***',
  });
  expect(JSON.parse(lines[2] ?? '')).toMatchObject({ nested: { password: '***' } });
});

it('bounds what is logged, and cuts no secret in two', () => {
  const lines: string[] = [];
  const redactor = new Redactor();
  redactor.add(new Secret('Hunter2-Secret-Q9'));
  const log = createLogger({ level: 'info', redactor, destination: { write: (line) => lines.push(line) } });
  const huge = 'a'.repeat(300_000);
  log.warn(huge, {
    problem: `Invalid JWT: ${huge}`,
    nested: { list: Array.from({ length: 1000 }, () => huge) },
  });
  log.warn('cut', { at: `${'b'.repeat(8 * 1024 - 8)}Hunter2-Secret-Q9 ${huge}` });
  log.warn('short', { left: 'as it is' });
  expect(lines.map(({ length }) => length < 100_000)).toEqual([true, true, true]);
  expect(JSON.parse(lines[0] ?? '').problem).toMatch(/^Invalid JWT: a{8000,}… \(300013\)$/);
  expect(lines[1]).not.toContain('Hunter2');
  expect(JSON.parse(lines[2] ?? '')).toMatchObject({ msg: 'short', left: 'as it is' });
});

it('can be silent', () => {
  expect(() => {
    silentLogger.debug('a');
    silentLogger.info('a');
    silentLogger.warn('a');
    silentLogger.error('a');
  }).not.toThrow();
});
