import { expect, it } from 'vitest';
import { takenApart } from '../../test/support/taken-apart.ts';
import { keep, makeCheck, run, sendJson, serve, testEngine } from '../../test/support/check-harness.ts';
import { Redactor } from '../lib/secrets/secret.ts';

it('one answer does not say in one place what it hides in another', async () => {
  const secret = 'k9Zr3vQm8LtYx2WbN5cJf7Hs4Dg';
  const redactor = new Redactor();
  redactor.add(secret);
  const echoes = takenApart(secret);
  const server = keep(
    await serve((request, response) => {
      const [, kind, index] = (request.url ?? '').split('/');
      const msg = `denied ${echoes[Number(index)]?.[1] ?? ''}`;
      sendJson(response, kind === 'list' ? { code: 0, data: msg.match(/.{1,12}/gs) } : { code: 5001, msg });
    }),
  );
  const item = { type: 'integer', enum: [1, 2] };
  const schema = {
    type: 'object',
    properties: {
      code: { type: 'integer', description: '0 success' },
      data: { type: 'array', items: item },
    },
  };
  const promises = [{ status: '200', contentTypes: ['application/json'], schema }];
  const checks = echoes.flatMap((_, index) =>
    ['code', 'list'].map((kind) => makeCheck(server.origin, `/${kind}/${index}`, { promises })),
  );
  const pieces = (secret.match(/.{3}/g) ?? []).slice(0, 9);
  for (const [at, result] of (await run(keep(testEngine({ redactor })), checks)).entries()) {
    const text = JSON.stringify({ ...result, check: undefined });
    const seen = pieces.filter((piece) => text.includes(piece));
    expect([checks[at]?.operation, seen.length > 1 ? seen : []]).toEqual([checks[at]?.operation, []]);
    expect(text.includes('***') || at % 2 === 1).toBe(true);
  }
});
