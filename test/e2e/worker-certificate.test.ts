import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-certificate-'));
let server: ReturnType<typeof createServer>;

beforeAll(async () => {
  const own = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const client = await generate([{ name: 'commonName', value: 'worker-one' }]);
  const files = {
    'ca.pem': own.cert,
    'other.pem': own.private,
    'cert.pem': client.cert,
    'key.pem': client.private,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const asked = { requestCert: true, rejectUnauthorized: true, ca: client.cert };
  server = createServer({ key: own.private, cert: own.cert, ...asked }, (request, response) => {
    const { CN: name } = (request.socket as TLSSocket).getPeerCertificate().subject;
    response.writeHead(401).end(JSON.stringify({ detail: `not today, ${String(name)}` }));
  });
  server.on('tlsClientError', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function worker(...args: readonly string[]): Promise<string> {
  const address = `https://localhost:${(server.address() as AddressInfo).port}`;
  const { code, err } = await cli(
    ['worker', '--location', 'shanghai', '--server', address, '--token', 'apw_x', ...args],
    { cwd: folder, env: { NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem') } },
  );
  expect(code).toBe(2);
  return err;
}

it('a worker shows its certificate to a server that asks for one', async () => {
  expect(await worker('--client-certificate', 'cert.pem', '--client-key', 'key.pem')).toContain(
    'not today, worker-one',
  );
});

it.each([
  { args: ['--client-key', 'key.pem'], said: '--client-certificate and --client-key belong together' },
  {
    args: ['--client-certificate', 'cert.pem', '--client-key', 'nothing.pem'],
    said: 'the client certificate cannot be used: cert.pem with nothing.pem: ENOENT',
  },
  {
    args: ['--client-certificate', 'cert.pem', '--client-key', 'other.pem'],
    said: 'the client certificate cannot be used: cert.pem with other.pem: ',
  },
])('a worker with $args is told what to name', async ({ args, said }) => {
  expect(await worker(...args)).toContain(said);
});
