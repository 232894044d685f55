import { afterEach, describe, expect, it } from 'vitest';
import { credential, harness } from '../../../test/support/auth-harness.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { runCommand } from '../run.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A credential whose command is this program. */
function command(program: string, written: object = {}, run: typeof runCommand | undefined = runCommand) {
  const one = credential('c', 'exec', { command: [process.execPath, '-e', program], ...written });
  const test = harness([one], { run: () => run });
  closers.push(test.close);
  return test;
}

const prefix = `credential "c": the command ${process.execPath}`;

describe('a command', () => {
  it('prints the token', async () => {
    const { sign } = command(`console.log('tok-1')`);
    expect(await sign('c')).toMatchObject({
      ok: true,
      request: { headers: { authorization: 'Bearer tok-1' } },
    });
  });

  it('prints JSON that holds the token and its end, and gets secrets through its environment', async () => {
    const program = `console.log(JSON.stringify({ data: { t: 'tok-' + process.env.VAULT_TOKEN, ttl: 60 } }))`;
    const { sign, manager, clock } = command(program, {
      env: { VAULT_TOKEN: 's3cr3t' },
      token: '$.data.t',
      expiresIn: '$.data.ttl',
      send: { in: 'query', name: 't' },
    });
    expect(await sign('c')).toMatchObject({
      request: { url: 'http://api.example/orders?page=1&t=tok-s3cr3t' },
    });
    expect(manager.status()[0]?.expiresAt).toBe(clock.now() + 60_000);
  });

  it.each<[object, number | undefined]>([
    [{ ttl: '1h' }, 3_600_000],
    [{ expiresAt: '$.end' }, 60_000],
    [{}, undefined],
  ])('lives as long as %j says', async (written, lifeMs) => {
    const end = Date.UTC(2026, 0, 1, 0, 1);
    const { sign, manager, clock } = command(`console.log('{"t":"tok","end":${end}}')`, {
      token: '$.t',
      ...written,
    });
    await sign('c');
    expect(manager.status()[0]?.expiresAt).toBe(lifeMs === undefined ? undefined : clock.now() + lifeMs);
  });

  it.each<[string, object, string]>([
    [`process.exit(3)`, {}, ' ended with code 3'],
    [``, {}, ' printed nothing'],
    [`console.log('{"t":true}')`, { token: '$.t' }, ' printed no text at $.t'],
    [`setTimeout(() => {}, 60_000)`, { timeout: '50ms' }, ' did not end within 0.05 s'],
  ])('that does %j yields no token', async (program, written, message) => {
    expect(await command(program, written).sign('c')).toEqual({ ok: false, message: prefix + message });
  });

  it('that does not exist is named, but not its arguments', async () => {
    const { sign } = command('', { command: ['/no/such/program', '--password=p4ss'] });
    expect(await sign('c')).toEqual({
      ok: false,
      message: 'credential "c": the command /no/such/program cannot be run: ENOENT',
    });
  });

  it('is not run unless the configuration allows it', async () => {
    const one = credential('c', 'exec', { command: [process.execPath, '-e', `console.log('tok')`] });
    const test = harness([one]);
    closers.push(test.close);
    expect(await test.sign('c')).toEqual({ ok: false, message: `${prefix} was not run: commands are off` });
    expect(test.manager.status()[0]).toMatchObject({
      state: 'stopped',
      failure: { hint: 'set `allowExec: true` in the config', permanent: true },
    });
  });

  it('is ended with the patrol', async () => {
    const test = command(`setTimeout(() => {}, 60_000)`, {}, runCommand);
    const signing = test.sign('c');
    await systemClock.sleep(0);
    await test.manager.close();
    expect(await signing).toMatchObject({ ok: false });
  });
});
