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

it('can be silent', () => {
  expect(() => {
    silentLogger.debug('a');
    silentLogger.info('a');
    silentLogger.warn('a');
    silentLogger.error('a');
  }).not.toThrow();
});
