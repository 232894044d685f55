import { inEnglish } from '../../messages/in-language.ts';
import { createServer, type Server } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import { deadOrigin, makeCheck, never, testEngine } from '../../../test/support/check-harness.ts';
import type { CertificateSighting } from '../../model/certificate.ts';
import type { Check } from '../../model/check.ts';
import type { Engine } from '../engine.ts';

const dayMs = 86_400_000;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

interface Pair {
  readonly private: string;
  readonly cert: string;
}

function pair(leftDays: number, { name = 'localhost', subject = 'localhost' } = {}): Promise<Pair> {
  return generate([{ name: 'commonName', value: subject }], {
    notBeforeDate: new Date(Date.now() - 300 * dayMs),
    notAfterDate: new Date(Date.now() + leftDays * dayMs),
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  });
}

/** An https server that keeps connections and resumes sessions; `use` deploys another certificate. */
async function secureServer(
  first: Pair,
): Promise<{ origin: string; server: Server; readonly use: (next: Pair) => void }> {
  const server = createServer({ key: first.private, cert: first.cert }, (_, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${port}`,
    server,
    use: (next) => server.setSecureContext({ key: next.private, cert: next.cert }),
  };
}

function engine(): Engine {
  const made = testEngine();
  made.holdCertificatesApart();
  opened.push(made);
  return made;
}

function trusting(origin: string, { cert }: Pair, more: Partial<Check> = {}): Check {
  return makeCheck(origin, '/', { network: { ca: cert }, ...more });
}

async function look(via: Engine, ...checks: readonly Check[]): Promise<string> {
  return shown(await via.certificateOf(checks, never));
}

function shown(sighting: CertificateSighting | undefined): string {
  if (sighting === undefined) return 'nothing';
  const { trouble } = sighting;
  return trouble === undefined ? 'well' : `${trouble.verdict} ${trouble.code}: ${inEnglish(trouble.message)}`;
}

describe('the certificate of an origin', () => {
  it.each<[number, RegExp]>([
    [60, /^well$/],
    [
      10.2,
      /^degraded certificate: the certificate of localhost ends in 10 days \(\d{4}-\d\d-\d\d, by localhost\)$/,
    ],
    [3, /^fail certificate: the certificate of localhost ends in 3 days /],
  ])('with %i days left', async (leftDays, expected) => {
    const own = await pair(leftDays);
    const { origin } = await secureServer(own);
    expect(await look(engine(), trusting(origin, own))).toMatch(expected);
  });

  it('is seen anew each time, while calls go over kept connections and see nothing', async () => {
    const [good, ending] = [await pair(60), await pair(3, { subject: 'next' })];
    const { origin, use } = await secureServer(good);
    const via = engine();
    const check = trusting(origin, { private: '', cert: `${good.cert}\n${ending.cert}` });
    const verdictOf = async (): Promise<string | undefined> =>
      (await via.run([check], { signal: never, graceMs: 0 }))[0]?.verdict;
    expect([await verdictOf(), await look(via, check)]).toEqual(['pass', 'well']);
    use(ending);
    expect([await verdictOf(), await look(via, check)]).toEqual([
      'pass',
      expect.stringMatching(/^fail certificate: .* ends in 3 days /),
    ]);
    use(good);
    expect(await look(via, check)).toBe('well');
  });

  it.each<[string, () => Promise<Pair>, RegExp]>([
    ['that nobody trusts', () => pair(60), /^fail tls: the certificate is self-signed/],
    ['that has ended', () => pair(-1), /^fail tls: the certificate (?:has expired|is self-signed)/],
    ['for another host', () => pair(60, { name: 'other.example' }), /^fail tls: the certificate is /],
  ])('%s, deployed later, is seen', async (_, wrong, expected) => {
    const good = await pair(60);
    const { origin, use } = await secureServer(good);
    const via = engine();
    const check = trusting(origin, good);
    expect(await look(via, check)).toBe('well');
    use(await wrong());
    expect(await look(via, check)).toMatch(expected);
  });

  it('is judged by what its operations ask for: the most careful one, or none', async () => {
    const own = await pair(25);
    const { origin } = await secureServer(own);
    const asking = (settings: unknown): Check =>
      trusting(origin, own, { expectations: [{ kind: 'certificate', settings }] });
    const via = engine();
    const careful = asking({ warn: 30 * dayMs, fail: 7 * dayMs });
    expect(await look(via, asking('off'), asking({}))).toBe('well');
    expect(await look(via, asking('off'), careful)).toMatch(/^degraded certificate: /);
    expect(await look(via, asking('off'), asking('off'))).toBe('nothing');
  });

  it('is not what is wrong when there is no connection, or the server wants one of ours', async () => {
    const own = await pair(60);
    const dead = (await deadOrigin()).replace('http://127.0.0.1', 'https://localhost');
    expect(await look(engine(), trusting(dead, own))).toBe('nothing');
    const server = createServer(
      {
        key: own.private,
        cert: own.cert,
        ca: own.cert,
        requestCert: true,
        rejectUnauthorized: true,
        maxVersion: 'TLSv1.2',
      },
      (_, response) => response.end('{}'),
    );
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    const { port } = server.address() as AddressInfo;
    expect(await look(engine(), trusting(`https://localhost:${port}`, own))).toMatch(/^(?:nothing|well)$/);
  });

  it('is seen with the client certificate of the calls, where nobody else is let in', async () => {
    const [good, ending, ours] = [await pair(60), await pair(3), await pair(60, { subject: 'patrol' })];
    const server = createServer(
      { key: good.private, cert: good.cert, ca: ours.cert, requestCert: true, rejectUnauthorized: true },
      (_, response) => response.end('{}'),
    );
    // Before 1.3 whoever has none gets no certificate to see.
    server.setSecureContext({ key: ending.private, cert: ending.cert, ca: ours.cert, maxVersion: 'TLSv1.2' });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    const { port } = server.address() as AddressInfo;
    const via = testEngine({
      authorizer: {
        authorize: () => Promise.reject(new Error('a handshake needs no token')),
        rejected: () => Promise.resolve(false),
        clientCertificate: (name) => (name === 'ours' ? { cert: ours.cert, key: ours.private } : undefined),
      },
    });
    opened.push(via);
    const check = trusting(`https://localhost:${port}`, ending);
    expect(await look(via, check)).toBe('nothing');
    expect(await look(via, { ...check, credential: 'ours' })).toMatch(
      /^fail certificate: .* ends in 3 days /,
    );
  });

  it('is seen by each of the ways that calls take to it: the worst counts', async () => {
    const own = await pair(60);
    const { origin } = await secureServer(own);
    const check = trusting(origin, own);
    const other = trusting(origin, own, { network: { ca: own.cert, serverName: 'other.example' } });
    expect(await look(engine(), check, other)).toMatch(/^fail tls: the certificate is for another host name/);
  });

  it('leaves no connection behind when it was looked at, whatever was seen', async () => {
    const [good, foreign] = [await pair(60), await pair(60)];
    const { origin, server, use } = await secureServer(good);
    const sockets = new Set<Socket>();
    const closed: Promise<unknown>[] = [];
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      closed.push(once(socket, 'close'));
    });
    const via = engine();
    const check = trusting(origin, good);
    await look(via, check);
    use(foreign);
    await look(via, check);
    await Promise.all(closed);
    expect(sockets.size).toBe(3);
  });

  it('may be for an address instead of a name', async () => {
    const byAddress = await generate([{ name: 'commonName', value: 'by address' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    const { origin, use } = await secureServer(byAddress);
    const address = origin.replace('localhost', '127.0.0.1');
    const byName = await pair(60);
    const check = trusting(address, { private: '', cert: `${byAddress.cert}\n${byName.cert}` });
    const via = engine();
    const [result] = await via.run([check], { signal: never, graceMs: 0 });
    expect([result?.verdict, await look(via, check)]).toEqual(['pass', 'well']);
    use(byName);
    expect(await look(via, check)).toMatch(/^fail tls: the certificate is for another host name/);
  });

  it('makes its origin known when no connection to it can be opened', async () => {
    const own = await pair(60);
    const { origin, use, server } = await secureServer(own);
    const via = engine();
    const check = trusting(origin, own, { network: { ca: own.cert, fresh: true } });
    await via.run([check], { signal: never, graceMs: 0 });
    await look(via, check);
    expect(via.takeUnconnected()).toEqual(new Set());
    use(await pair(60));
    server.closeAllConnections();
    await via.run([check], { signal: never, graceMs: 0, confirmAfterMs: [] });
    expect(via.takeUnconnected()).toEqual(new Set([origin]));
    expect(via.takeUnconnected()).toEqual(new Set());
  });
});
