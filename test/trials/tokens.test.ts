import { expect } from 'vitest';
import { checkedOf } from './support/checked.ts';
import { trial } from './support/trial.ts';
import { sleep } from './support/until.ts';
import { type Answer, json, type Upstream } from './support/upstream.ts';

const token = '3f0c9a7be1f64c6f9f1d7e2b11aa22bb';
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

function jwt(exp: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part({ sub: 'a', exp })}.c2lnbmF0dXJlc2lnbmF0dXJl`;
}

const oauth = { scheme: 'oauth2-client-credentials', clientId: 'id', clientSecret: 'not-for-you' };
const login = { scheme: 'login', json: { u: 1 } };
const withJson =
  (value: () => unknown, status = 200): Answer =>
  (_, response) =>
    json(response, status, value());
const withText =
  (type: string, text: string): Answer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': type }).end(text);
const issued = (more: object = {}): Answer =>
  withJson(() => ({ access_token: token, token_type: 'Bearer', ...more }));

interface Case {
  readonly name: string;
  readonly answer: Answer;
  readonly credential: Readonly<Record<string, unknown>>;
}

/** The token is good and is to be used, whatever is odd about what comes with it. */
const usable: readonly Case[] = [
  { name: 'no expires_in', answer: issued(), credential: oauth },
  { name: 'expires_in as text', answer: issued({ expires_in: '3600' }), credential: oauth },
  { name: 'expires_in 0', answer: issued({ expires_in: 0 }), credential: oauth },
  { name: 'expires_in null', answer: issued({ expires_in: null, scope: null }), credential: oauth },
  { name: 'expires_in negative', answer: issued({ expires_in: -1 }), credential: oauth },
  { name: 'expires_in a fraction', answer: issued({ expires_in: 3599.99 }), credential: oauth },
  { name: 'expires_in beyond all time', answer: issued({ expires_in: 1e15 }), credential: oauth },
  { name: 'expires_in 1', answer: issued({ expires_in: 1 }), credential: oauth },
  {
    name: 'no token_type',
    answer: withJson(() => ({ access_token: token, expires_in: 3600 })),
    credential: oauth,
  },
  {
    name: 'HTTP 201',
    answer: withJson(() => ({ access_token: token, token_type: 'Bearer', expires_in: 3600 }), 201),
    credential: oauth,
  },
  {
    name: 'JSON as text/html',
    answer: withText('text/html;charset=utf-8', `{"access_token":"${token}","token_type":"Bearer"}`),
    credential: oauth,
  },
  {
    name: 'JSON behind a byte order mark',
    answer: withText('application/json', `\uFEFF{"access_token":"${token}","token_type":"Bearer"}`),
    credential: oauth,
  },
  {
    name: 'a form',
    answer: withText(
      'application/x-www-form-urlencoded',
      `access_token=${token}&scope=repo%2Cgist&token_type=bearer`,
    ),
    credential: oauth,
  },
  {
    name: 'an envelope',
    answer: withJson(() => ({
      code: 0,
      data: { access_token: token, token_type: 'Bearer', expires_in: 3600 },
    })),
    credential: oauth,
  },
  {
    name: 'login: expires_in 0',
    answer: issued({ expires_in: 0 }),
    credential: { ...login, token: '$.access_token', expiresIn: '$.expires_in' },
  },
  {
    name: 'login: a duration where a date is to be',
    answer: withJson(() => ({ token, expires: 7200 })),
    credential: { ...login, token: '$.token', expiresAt: '$.expires' },
  },
  {
    name: 'login: a date that is over',
    answer: withJson(() => ({ token, expires: '2020-01-01T00:00:00Z' })),
    credential: { ...login, token: '$.token', expiresAt: '$.expires' },
  },
  {
    name: 'login: a ticket',
    answer: withJson(() => ({ code: 0, result: { ticket: token } })),
    credential: { ...login, token: '$.result.ticket' },
  },
  {
    name: 'login: a JWT that is over',
    answer: withJson(() => ({ token: jwt(inSeconds(-60)) })),
    credential: { ...login, token: '$.token' },
  },
];

trial('a token that can be used is used, and asked for a few times at the most', async (trial) => {
  const signed = await Promise.all(
    usable.map(async ({ name, answer, credential }, index) => {
      const server = await trial.upstream();
      asks(server, answer);
      const url = `${server.url}/token`;
      const whole = { ...credential, ...(credential['scheme'] === 'login' ? { url } : { tokenUrl: url }) };
      const id = `case-${index}`;
      return {
        name,
        server,
        id,
        whole,
        service: await trial.service(id, server, ['/x'], { credential: id }),
      };
    }),
  );
  await trial.configure({
    services: signed.map(({ service }) => service),
    credentials: Object.fromEntries(signed.map(({ id, whole }) => [id, whole])),
  });
  const results = checkedOf(await trial.command('check', '--json'));
  const unused = signed.filter(({ id }) => results.find(({ service }) => service === id)?.verdict !== 'pass');
  expect(
    unused.map(({ name }) => name),
    'the token was not used',
  ).toEqual([]);
  const often = signed.filter(({ server }) => server.count('/token') > 3);
  expect(
    often.map(({ name }) => name),
    'asked for too often',
  ).toEqual([]);
});

trial('a daemon whose tokens are over when they come asks for no more than three a minute', async (trial) => {
  const servers = await Promise.all([0, 1].map(() => trial.upstream()));
  const [zero, over] = [servers[0]!, servers[1]!];
  asks(zero, issued({ expires_in: 0 }));
  asks(
    over,
    withJson(() => ({ token: jwt(inSeconds(-60)) })),
  );
  await trial.configure({
    services: [
      await trial.service('zero', zero, ['/x', '/y'], { credential: 'zero' }),
      await trial.service('over', over, ['/x', '/y'], { credential: 'over' }),
    ],
    credentials: {
      zero: { ...oauth, tokenUrl: `${zero.url}/token` },
      over: { ...login, url: `${over.url}/token`, token: '$.token' },
    },
    channels: { team: trial.robots.channel() },
  });
  trial.run();
  await Promise.all(servers.map((server) => server.called(['/x', '/y'], 2)));
  await sleep(45_000);
  for (const server of servers) {
    const times = server.asked.filter(({ path }) => path === '/token').map(({ at }) => at);
    expect(mostWithin(times, 60_000), 'token requests in a minute').toBeLessThanOrEqual(3);
  }
  expect(trial.robots.told).toEqual([]);
});

/** Answers of token endpoints that nobody can make sense of; whatever is secret in them is never to be seen. */
const secrets = {
  form: 'gho_16C7e42F292c6912E7710c838347Ae178B4a',
  refresh: 'ghr_abcdefghij0123456789',
  xml: 'xml_16C7e42F292c6912E7710c838347Ae178B4a',
  text: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlc2lnbmF0dXJl',
  data: 'data_0c9a7be1f64c6f9f1d7e2b11aa22bb',
  ticket: 'ticket_9a7be1f64c6f9f1d7e2b11aa22bb',
};
const leaky: Readonly<Record<string, Answer>> = {
  form: withText(
    'application/x-www-form-urlencoded',
    `access_token=${secrets.form}&scope=repo&token_type=bearer&refresh_token=${secrets.refresh}`,
  ),
  xml: withText('application/xml', `<OAuth><access_token>${secrets.xml}</access_token></OAuth>`),
  text: withText('text/plain', secrets.text),
  data: withJson(() => ({ code: 0, data: secrets.data })),
  ticket: withJson(() => ({ code: 0, result: { ticket: secrets.ticket } })),
};

trial('nothing of a token stands in a message, a log, the database or what commands print', async (trial) => {
  const names = Object.keys(leaky);
  const servers = await Promise.all(names.map(() => trial.upstream()));
  for (const [index, name] of names.entries()) asks(servers[index]!, leaky[name]!);
  const kinds = names.flatMap((name, index) => {
    const url = `${servers[index]!.url}/token`;
    return [
      [`${name}-oauth`, { ...oauth, tokenUrl: url }, servers[index]!],
      [`${name}-login`, { ...login, url, token: '$.data.token' }, servers[index]!],
    ] as const;
  });
  await trial.configure({
    services: await Promise.all(
      kinds.map(([name, , server]) => trial.service(name, server, ['/x'], { credential: name })),
    ),
    credentials: Object.fromEntries(kinds.map(([name, credential]) => [name, credential])),
    channels: { team: trial.robots.channel(), hook: trial.robots.hook() },
  });
  const patrol = trial.run();
  await trial.robots.untilBegun();
  await sleep(25_000);
  const printed = await Promise.all(
    [['status'], ['status', '--json'], ['report'], ['auth', 'test'], ['check', '--json']].map((args) =>
      trial.command(...args),
    ),
  );
  await patrol.stop();
  const seen = {
    messages: trial.robots.bodies.join('\n'),
    log: patrol.written,
    database: trial.look((database) => database.text()),
    commands: printed.map(({ out, err }) => out + err).join('\n'),
  };
  for (const [where, text] of Object.entries(seen)) {
    expect(text.length, `${where} was looked at`).toBeGreaterThan(100);
    const found = Object.values(secrets).filter((secret) => text.includes(secret.slice(0, 16)));
    expect(found, `secrets in the ${where}`).toEqual([]);
  }
});

/** `/token` gives a token, everything else wants one. */
function asks(server: Upstream, answer: Answer): void {
  server.answers((asked, response) => {
    if (asked.path === '/token') return answer(asked, response);
    json(response, asked.headers.authorization === undefined ? 401 : 200, { ok: true });
  });
}

function mostWithin(times: readonly number[], windowMs: number): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length));
}
