import { chmod, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoEnvironment } from '../../demo/config.ts';
import { setStage, type Stage } from '../support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const secrets = Object.values(demoEnvironment);

describe('auth test', () => {
  it('shows how each credential signs in and that it is accepted, and no secret', async () => {
    const { code, out, err } = await stage.cli('auth', 'test');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/✓ POST http:\/\/127\.0\.0\.1:\d+\/auth\/login/);
    expect(out).toContain('"password":"***"');
    expect(out).toMatch(/ends 20\d\d-\S+, in 1800 s/);
    expect(out).toContain('✓ GET /payments payments answered 200: pass');
    for (const secret of secrets) expect(out).not.toContain(secret);
  });

  it('says what the server refused and what to do, with exit code 1', async () => {
    const wrong = await stage.cliWith(
      { DEMO_PASSWORD: 'not-the-password' },
      'auth',
      'test',
      'login',
      '--json',
    );
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.out)).toMatchObject([
      { credential: 'login', ok: false, steps: [{ ok: false }, { title: 'token', ok: false }] },
    ]);
    expect(wrong.out).toContain('check the user name and the password');
    expect(wrong.out).not.toContain('not-the-password');
  });

  it('refuses a name that is not configured', async () => {
    const { code, err } = await stage.cli('auth', 'test', 'logn');
    expect(code).toBe(2);
    expect(err).toContain('no credential is called "logn"');
    expect(err).toContain('configured are sso, login, apiKey');
  });
});

describe('tokens over a restart', () => {
  const signIns = () => stage.system.services.users.requests.get('POST /auth/login') ?? 0;

  async function oneCycle(): Promise<Readonly<Record<string, unknown>>> {
    const patrol = stage.patrol();
    const line = await patrol.logged('cycle closed');
    patrol.signal('SIGTERM');
    expect(await patrol.exited).toBe(0);
    return line;
  }

  it('are kept, so that a restart signs in nowhere', async () => {
    expect(await oneCycle()).toMatchObject({ blocked: 0, failed: 0 });
    const before = signIns();
    expect(await oneCycle()).toMatchObject({ blocked: 0, failed: 0 });
    expect(signIns()).toBe(before);
  });

  it('are sealed with a key that only its owner can read', async () => {
    const store = path.join(stage.folder, '.apipatrol/patrol.db');
    expect((await stat(`${store}.key`)).mode & 0o777).toBe(0o600);
    const bytes = (await readFile(store)).toString('latin1');
    expect(bytes).not.toMatch(/accessToken|"token"/);
  });

  it('are forgotten on request', async () => {
    const before = signIns();
    expect((await stage.cli('auth', 'clear', 'login')).out).toContain('1 kept token forgotten');
    await oneCycle();
    expect(signIns()).toBe(before + 1);
    expect((await stage.cli('auth', 'clear')).out).toContain('2 kept tokens forgotten');
  });

  it('are not kept with a key that others can read, and the log says so', async () => {
    await chmod(path.join(stage.folder, '.apipatrol/patrol.db.key'), 0o644);
    const patrol = stage.patrol();
    const warning = await patrol.logged('tokens are not kept over restarts');
    expect(warning['problem']).toMatch(/can be read by others \(mode 644\); chmod 600 /);
    await patrol.logged('cycle closed');
    patrol.signal('SIGTERM');
    await patrol.exited;
    expect((await stage.cli('auth', 'clear', '--json')).out).toContain('"cleared": 0');
  });
});
