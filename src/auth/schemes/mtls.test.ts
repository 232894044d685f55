import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createPrivateKey } from 'node:crypto';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { credential, harness } from '../../../test/support/auth-harness.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

type Pair = Awaited<ReturnType<typeof generate>>;

describe('a client certificate', () => {
  let client: Pair;
  let other: Pair;
  let ca: Pair;
  let url = '';
  const server = createServer();

  beforeAll(async () => {
    const make = (name: string) =>
      generate([{ name: 'commonName', value: name }], {
        keySize: 2048,
        extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
      });
    [ca, client, other] = await Promise.all([make('127.0.0.1'), make('patrol'), make('stranger')]);
    server.setSecureContext({ key: ca.private, cert: ca.cert, ca: client.cert });
    Object.assign(server, { requestCert: true, rejectUnauthorized: false });
    server.on('request', (request, response) => {
      const socket = request.socket as TLSSocket;
      const name = socket.authorized ? String(socket.getPeerCertificate().subject.CN) : undefined;
      const token = JSON.stringify({ access_token: `for-${name}`, token_type: 'bearer', expires_in: 60 });
      response.writeHead(name === undefined ? 401 : 200, { 'content-type': 'application/json' });
      response.end(name === undefined ? '{"error":"invalid_client"}' : token);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const certificate = (pair: Pair) => ({ cert: pair.cert, key: pair.private, ca: ca.cert });

  function patrol(pair: Pair, more: object = {}) {
    const test = harness([
      credential('cert', 'mtls', certificate(pair)),
      credential('c', 'oauth2-client-credentials', {
        tokenUrl: `${url}/token`,
        clientId: 'patrol',
        clientAuth: 'tls',
        uses: 'cert',
        ...more,
      }),
    ]);
    closers.push(test.close);
    return test;
  }

  it('is handed to the engine with the request', async () => {
    const { sign } = patrol(client);
    expect(await sign('cert')).toMatchObject({
      ok: true,
      request: { tls: { cert: client.cert, ca: ca.cert, key: expect.saying('PRIVATE KEY') } },
    });
  });

  it('proves who the client is when a token is fetched, and goes with the checks too', async () => {
    const { sign } = patrol(client);
    expect(await sign('c')).toMatchObject({
      ok: true,
      request: { headers: { authorization: 'Bearer for-patrol' }, tls: { cert: client.cert } },
    });
  });

  it('of a stranger is refused', async () => {
    expect(await patrol(other).sign('c')).toMatchObject({
      message: expect.saying(/answered 401, the client was refused: \{"error":"invalid_client"\}$/),
    });
  });

  it('is sent only to servers that can be trusted', async () => {
    const test = harness([
      credential('cert', 'mtls', { cert: client.cert, key: client.private }),
      credential('c', 'login', { url, json: {}, token: '$.access_token', uses: 'cert' }),
    ]);
    closers.push(test.close);
    expect(await test.sign('c')).toMatchObject({
      message: expect.saying('self-signed certificate'),
    });
  });

  it('may have a key with a passphrase', async () => {
    const key = createPrivateKey(client.private)
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
      .toString();
    const test = harness([credential('cert', 'mtls', { cert: client.cert, key, passphrase: 'open sesame' })]);
    closers.push(test.close);
    const signed = await test.sign('cert');
    expect(signed.ok && signed.request.tls?.key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(() => credential('cert', 'mtls', { cert: client.cert, key })).toThrow(
      'is not a private key in PEM',
    );
  });

  it('is refused when it is none', () => {
    expect(() => credential('cert', 'mtls', { cert: 'abc', key: client.private })).toThrow(
      'is not a certificate in PEM',
    );
    for (const ca of ['abc', `${client.cert}\n${client.cert.slice(0, 200)}`])
      expect(() => credential('cert', 'mtls', { ...certificate(client), ca })).toThrow(
        'is not a certificate in PEM',
      );
  });
});
