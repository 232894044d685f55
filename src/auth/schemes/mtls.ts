import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { areCertificates } from '../../lib/certificates.ts';
import type { Secret } from '../../lib/secrets/secret.ts';
import { secretText } from '../../lib/zod.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { defineScheme } from '../scheme.ts';
import { shared } from './options.ts';

export const mtls = defineScheme({
  kind: 'mtls',
  title: { en: 'A client certificate', zh: '客户端证书' },
  summary: 'A client certificate (mutual TLS); other credentials present it by naming this one under `uses`.',
  example: { cert: '${file:./client.crt}', key: '${file:./client.key}' },
  satisfies: ['mutualTls'],
  options: z
    .strictObject({
      cert: z
        .string()
        .refine(areCertificates, 'is not a certificate in PEM; write `${file:/path/client.crt}`')
        .describe('Certificate with its chain, PEM.'),
      key: secretText.describe('Private key, PEM.'),
      passphrase: secretText.optional().describe('Passphrase of the key.'),
      ca: z
        .string()
        .refine(areCertificates, 'is not a certificate in PEM; write `${file:/path/ca.crt}`')
        .optional()
        .describe('Certificates that the server is checked against instead of the well-known ones, PEM.'),
      ...shared,
    })
    .refine(({ key, passphrase }) => parses(() => plainKey(key.reveal(), passphrase?.reveal())), {
      message: 'is not a private key in PEM, or the passphrase does not open it',
      path: ['key'],
    }),
  apply: (request, options) => ({ ...request, tls: pairOf(options) }),
  presents: pairOf,
});

interface Pair {
  readonly cert: string;
  readonly key: Secret;
  readonly passphrase?: Secret;
  readonly ca?: string;
}

function pairOf({ cert, key, passphrase, ca }: Pair): NonNullable<OutgoingRequest['tls']> {
  return {
    cert,
    key: passphrase === undefined ? key.reveal() : plainKey(key.reveal(), passphrase.reveal()),
    ca,
  };
}

function plainKey(pem: string, passphrase: string | undefined): string {
  const key = createPrivateKey({ key: pem, passphrase });
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function parses(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
