import { afterEach, describe, expect, it } from 'vitest';
import {
  credential,
  type Harness,
  harness,
  type Received,
  type Reply,
  startServer,
} from '../../../../test/support/auth-harness.ts';
import type { SealedTokenStore } from '../../persistence/sealed-token-store.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function open(scheme: string, written: object, more: Parameters<typeof harness>[1] = {}): Harness {
  const test = harness([credential('c', scheme, { clientId: 'patrol', ...written })], more);
  closers.push(test.close);
  return test;
}

async function serve(answer: (request: Received) => Reply | Promise<Reply>) {
  const server = await startServer(answer);
  closers.push(server.close);
  return server;
}

/** A server that replaces the refresh token with each use and accepts the one before for `graceUses` more. */
function rotating(graceUses: number) {
  let current = 1;
  let grace = graceUses;
  let lose = 0;
  const answer = ({ body }: Received): Reply | Promise<Reply> => {
    const sent = new URLSearchParams(body).get('refresh_token');
    const known = sent === `r-${current}` || (sent === `r-${current - 1}` && grace-- > 0);
    if (!known) return { status: 400, body: { error: 'invalid_grant' } };
    if (sent === `r-${current}`) {
      current++;
      grace = graceUses;
    }
    if (lose-- > 0) return { status: -1 };
    return {
      body: {
        access_token: `a-${current}`,
        token_type: 'bearer',
        expires_in: 600,
        refresh_token: `r-${current}`,
      },
    };
  };
  return { answer, loseNext: () => void (lose = 1) };
}

describe('a refresh token', () => {
  const written = (url: string) => ({ tokenUrl: `${url}/token`, refreshToken: 'r-1' });
  const token = (signed: unknown) =>
    (signed as { request: { headers: Record<string, string> } }).request.headers['authorization'];

  it('is replaced by the one that comes with each answer', async () => {
    const { answer } = rotating(0);
    const server = await serve(answer);
    const { sign, clock } = open('oauth2-refresh-token', written(server.url));
    expect(token(await sign('c'))).toBe('Bearer a-2');
    await clock.advance(600_000);
    expect(token(await sign('c'))).toBe('Bearer a-3');
    expect(server.requests.map((one) => one.body)).toEqual([
      'refresh_token=r-1&grant_type=refresh_token&client_id=patrol',
      'refresh_token=r-2&grant_type=refresh_token&client_id=patrol',
    ]);
  });

  it('is kept when the server does not replace it', async () => {
    const server = await serve(() => ({ body: { access_token: 'a', token_type: 'bearer', expires_in: 60 } }));
    const { sign, clock } = open('oauth2-refresh-token', written(server.url));
    await sign('c');
    await clock.advance(60_000);
    await sign('c');
    expect(new Set(server.requests.map((one) => one.body)).size).toBe(1);
  });

  it('does not log the account out when an answer is lost', async () => {
    const { answer, loseNext } = rotating(1);
    const server = await serve(answer);
    const { sign, clock } = open('oauth2-refresh-token', written(server.url));
    await sign('c');
    await clock.advance(600_000);
    loseNext();
    expect(token(await sign('c'))).toBe('Bearer a-3');
    await clock.advance(600_000);
    expect(token(await sign('c'))).toBe('Bearer a-4');
    expect(server.requests).toHaveLength(4);
  });

  it('outlives a restart, and the one in the config is tried when the kept one is refused', async () => {
    const rows = new Map<string, string>();
    const vault: SealedTokenStore = {
      load: (name) => Promise.resolve(rows.get(name)),
      save: (name, text) => Promise.resolve(void rows.set(name, text)),
    };
    const { answer } = rotating(0);
    const server = await serve(answer);
    await open('oauth2-refresh-token', written(server.url), { vault }).sign('c');
    // As earlier versions kept it.
    const [[place, kept] = ['', '']] = [...rows];
    rows.delete(place);
    rows.set('c', kept);
    const second = open('oauth2-refresh-token', written(server.url), { vault });
    await second.clock.advance(600_000);
    expect(token(await second.sign('c'))).toBe('Bearer a-3');

    rows.set(place, (rows.get(place) ?? '').replace('r-3', 'r-0'));
    const third = open('oauth2-refresh-token', written(server.url), { vault });
    await third.clock.advance(1_200_000);
    expect(await third.sign('c')).toMatchObject({
      message: expect.saying('the grant was refused'),
    });
    expect(server.requests.slice(-2).map((one) => one.body.slice(0, 17))).toEqual([
      'refresh_token=r-0',
      'refresh_token=r-1',
    ]);
    expect(third.manager.status()[0]?.failure).toMatchObject({
      permanent: false,
      hint: 'check the user name and password, or get a new refresh token',
    });
  });

  it('spares the password, which is used again when it is refused', async () => {
    const grants: (string | null)[] = [];
    const server = await serve(({ body }) => {
      const grant = new URLSearchParams(body).get('grant_type');
      grants.push(grant);
      if (grant === 'refresh_token' && grants.length > 2)
        return { status: 400, body: { error: 'invalid_grant' } };
      return { body: { access_token: 'a', token_type: 'bearer', expires_in: 60, refresh_token: 'r' } };
    });
    const written = { tokenUrl: server.url, username: 'u', password: 'p4ss' };
    const { sign, clock } = open('oauth2-password', written);
    for (let round = 0; round < 3; round++) {
      expect(await sign('c')).toMatchObject({ ok: true });
      await clock.advance(60_000);
    }
    expect(grants).toEqual(['password', 'refresh_token', 'refresh_token', 'password']);
  });

  it('is kept for later when the endpoint is down', async () => {
    let down = false;
    const server = await serve(() =>
      down
        ? { status: 503 }
        : { body: { access_token: 'a', token_type: 'bearer', expires_in: 60, refresh_token: 'r' } },
    );
    const { sign, clock } = open('oauth2-password', {
      tokenUrl: server.url,
      username: 'u',
      password: 'p4ss',
    });
    await sign('c');
    await clock.advance(60_000);
    down = true;
    expect(await sign('c')).toMatchObject({ ok: false });
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.body).toContain('grant_type=refresh_token');
  });
});
