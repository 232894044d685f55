import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../support/cli.ts';
import { root } from './image.ts';

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!hasSystemd)
  process.stderr.write('SKIPPED: the unit cannot be tried here, because systemd is not installed\n');

const folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-systemd-'));
const shipped = readFileSync(path.join(root, 'deploy/systemd/apipatrol.service'), 'utf8');
const unit = path.join(folder, 'apipatrol.service');
// The program as it was built here, wherever it would be installed.
writeFileSync(unit, shipped.replace('ExecStart=apipatrol ', `ExecStart=${main} `));
const started: ChildProcess[] = [];

afterAll(() => {
  for (const one of started) one.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** As systemd listens: datagrams, a line of which is an assignment. Node has no such sockets, and Debian always has Perl. */
const listener = `
use Socket; $| = 1;
socket(S, PF_UNIX, SOCK_DGRAM, 0) or die $!;
bind(S, pack_sockaddr_un($ARGV[0])) or die $!;
print "listening\\n";
while (defined recv(S, $text, 4096, 0)) { print "$text\\n" }`;

describe.runIf(hasSystemd)('the unit for systemd', () => {
  it('is without a complaint', () => {
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('exposes no more than 2.0 of 10', () => {
    // In tenths, less than which has to be reached.
    const asked = ['security', '--offline=true', '--threshold=20', '--no-pager', unit];
    const { status, stdout } = spawnSync('systemd-analyze', asked, { encoding: 'utf8' });
    expect({ status, stdout }).toMatchObject({ status: 0 });
  });

  it('makes its user', () => {
    const file = path.join(root, 'deploy/systemd/apipatrol.sysusers.conf');
    const made = path.join(folder, 'root');
    execFileSync('mkdir', ['-p', path.join(made, 'etc')]);
    execFileSync('systemd-sysusers', [`--root=${made}`, file], { stdio: 'pipe' });
    expect(readFileSync(path.join(made, 'etc/passwd'), 'utf8')).toMatch(/^apipatrol:x:\d+:\d+:API Patrol:/m);
  });

  it('is told by the patrol that it is ready, goes round and ends', async () => {
    const socket = path.join(folder, 'notify');
    const ear = spawn('perl', ['-e', listener, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(ear);
    let heard = '';
    ear.stdout.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
    });
    await expect.poll(() => heard).toContain('listening');
    writeFileSync(
      path.join(folder, 'api.yaml'),
      'openapi: 3.0.3\ninfo: { title: A, version: "1" }\npaths: {}\n',
    );
    const config = path.join(folder, 'apipatrol.yaml');
    writeFileSync(config, stringify({ docs: './api.yaml', baseUrl: 'http://127.0.0.1:9' }));
    const patrol = spawn(process.execPath, [main, 'run', '-c', config], {
      env: { ...process.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '1500000' },
      stdio: 'ignore',
    });
    started.push(patrol);
    await expect.poll(() => heard).toMatch(/READY=1[^]*WATCHDOG=1[^]*WATCHDOG=1/);
    expect(heard).not.toContain('STOPPING');
    const ended = once(patrol, 'exit');
    patrol.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect.poll(() => heard).toContain('STOPPING=1');
  });
});
