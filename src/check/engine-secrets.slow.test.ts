import { expect, it } from 'vitest';
import { keep, makeCheck, run, sendJson, serve, testEngine } from '../../test/support/check-harness.ts';
import { Redactor } from '../lib/secrets/secret.ts';

it('shows no part of a secret where what was found is cut', async () => {
  const secret = 'tok-5e8f0c1b7a';
  const redactor = new Redactor();
  redactor.add(secret);
  let before = 0;
  const server = keep(
    await serve((request, response) => {
      const text = `${'x'.repeat(before)}${secret}${'y'.repeat(3000)}`;
      if (request.url === '/page') {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(text);
      } else sendJson(response, { [text]: 1, a: text });
    }),
  );
  const engine = keep(testEngine({ redactor }));
  const properties = { a: { type: 'integer' } };
  const schema = { properties, additionalProperties: false };
  const promises = [{ status: '200', contentTypes: ['application/json'], schema }];
  const checks = ['/page', '/value'].map((path) => makeCheck(server.origin, path, { promises }));
  for (before = 0; before < 90; before += 1) {
    const text = JSON.stringify(await run(engine, checks));
    expect(text).toContain('expected');
    expect([before, text.match(/.{0,9}tok-?.{0,9}/g)]).toEqual([before, null]);
  }
  for (before = 1930; before < 2010; before += 1) {
    const text = JSON.stringify(await run(engine, checks));
    expect([before, text.match(/.{0,9}tok-?.{0,9}/g)]).toEqual([before, null]);
  }
});
