import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { generate } from 'selfsigned';
import { afterAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { inLanguage } from '../../messages/in-language.ts';
import { StoreError } from '../store.ts';
import { always, t0 } from '../stored.fixture.ts';
import { openPostgres } from './place.ts';
import { startServer } from './server.fixture.ts';

type Pair = Awaited<ReturnType<typeof generate>>;

const folder = mkdtempSync(join(tmpdir(), 'apipatrol-tls-'));
const [authority, other] = [await makeAuthority('Own CA'), await makeAuthority('Other CA')];
const [certificate, expired, client] = [
  await sign('db', { name: 'localhost' }),
  await sign('db', { name: 'localhost', until: new Date('2021-01-01') }),
  await sign('patrol', { name: 'patrol' }),
];
const server = await startServer({
  settings: ['ssl=on', 'ssl_ca_file=authority.crt'],
  files: {
    'server.crt': certificate.cert,
    'server.key': certificate.private,
    'authority.crt': authority.cert,
    'expired.crt': expired.cert,
    'expired.key': expired.private,
    'pg_hba.conf': [
      'hostssl all patrol all cert',
      'hostssl all guest all scram-sha-256',
      'local all all trust',
    ].join('\n'),
  },
});
const plain = await startServer({});

afterAll(() => {
  server?.remove();
  plain?.remove();
  rmSync(folder, { recursive: true });
});

function makeAuthority(name: string): Promise<Pair> {
  return generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
}

function sign(cn: string, { name, until }: { readonly name: string; readonly until?: Date }): Promise<Pair> {
  return generate([{ name: 'commonName', value: cn }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    ...(until === undefined ? {} : { notBeforeDate: new Date('2020-01-01'), notAfterDate: until }),
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const ca = file('ca.pem', authority.cert);
const otherCa = file('other.pem', other.cert);
const withKey = `&sslcert=${file('client.crt', client.cert)}&sslkey=${file('client.key', client.private)}`;

const port = Number(new URL(server?.url ?? 'postgres://h:1/d').port);

function at(host: string, query: string): string {
  return `postgres://patrol@${host}:${port}/postgres?${query}${withKey}`;
}

async function refusalOf(url: string): Promise<StoreError> {
  const failing = openPostgres(url, { clock: new ManualClock(t0), log: silentLogger });
  const error: unknown = await failing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StoreError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

describe.skipIf(server === undefined)('a server with encryption', () => {
  it.each([
    ['for its name and authority', 'localhost', `sslmode=verify-full&sslrootcert=${ca}`],
    ['for its authority alone, by another name', '127.0.0.1', `sslmode=verify-ca&sslrootcert=${ca}`],
    ['unchecked', '127.0.0.1', 'sslmode=require'],
  ])('is taken %s, with a certificate of the patrol', async (_, host, query) => {
    const store = await openPostgres(at(host, query), { clock: new ManualClock(t0), log: silentLogger });
    expect(await store.cycles(always)).toEqual([]);
    await store.close();
  });

  it.each([
    [
      'of another authority',
      'localhost',
      `verify-full&sslrootcert=${otherCa}`,
      'no authority trusted here',
      '不是由本机信任的 CA 签发',
      'sslrootcert',
    ],
    [
      'of an authority that was not named',
      'localhost',
      'verify-full',
      'no authority trusted here',
      '不是由本机信任的 CA 签发',
      'sslrootcert',
    ],
    [
      'of another authority, by which alone it goes',
      '127.0.0.1',
      `verify-ca&sslrootcert=${otherCa}`,
      'no authority trusted here',
      '不是由本机信任的 CA 签发',
      'sslrootcert',
    ],
    [
      'for another name',
      '127.0.0.1',
      `verify-full&sslrootcert=${ca}`,
      'not for the host in store.url',
      '与 store.url 中的主机名不符',
      'verify-ca',
    ],
  ])('is refused with a certificate %s, with what to do', async (_, host, mode, english, chinese, hint) => {
    const refusal = await refusalOf(at(host, `sslmode=${mode}`));
    expect(refusal).toMatchObject({ code: 'foreign', retry: false, hint: expect.saying(hint) });
    expect(inLanguage(refusal.said, 'en')).toContain(english);
    expect(inLanguage(refusal.said, 'zh')).toContain(chinese);
    expect(inLanguage(refusal.hint, 'zh')).toContain(hint);
  });

  it('that lets nobody in without it refuses who does not ask for it', async () => {
    const refusal = await refusalOf(at('localhost', 'sslmode=disable'));
    expect(refusal).toMatchObject({ code: 'foreign', hint: expect.saying('pg_hba.conf') });
  });

  it('is refused with a certificate that has expired', async () => {
    const client = new pg.Client({ host: server?.folder, port, user: 'patrol', database: 'postgres' });
    await client.connect();
    await client.query("alter system set ssl_cert_file = 'expired.crt'");
    await client.query("alter system set ssl_key_file = 'expired.key'");
    await client.query('select pg_reload_conf()');
    await client.end();
    await expect
      .poll(async () => {
        try {
          return (await refusalOf(at('localhost', `sslmode=verify-full&sslrootcert=${ca}`))).said;
        } catch {
          return '';
        }
      })
      .toEqual(expect.saying('has expired'));
  });

  it('is not one without: that is refused where encryption is asked for', async () => {
    const { port: own } = new URL(plain?.url ?? 'postgres://h:1/d');
    for (const mode of ['verify-full', 'verify-ca', 'require']) {
      const refusal = await refusalOf(
        `postgres://patrol:test-password@localhost:${own}/postgres?sslmode=${mode}`,
      );
      expect(refusal).toMatchObject({
        code: 'foreign',
        said: expect.saying('offers no encryption'),
        hint: expect.saying('sslmode=disable'),
      });
      expect(inLanguage(refusal.said, 'zh')).toContain('未提供加密连接');
    }
  });
});
