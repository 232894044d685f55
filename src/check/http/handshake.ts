import { sentence } from '../../messages/sentence.ts';
import type { Socket } from 'node:net';
import type { Certificate } from './certificate.ts';
import { makeConnector } from './connector.ts';
import { type Diagnosis, diagnose } from './failure.ts';
import type { PoolOptions, Route } from './pool.ts';
import { proxyFor } from './proxy.ts';

/** What a connection to an https origin has shown, before anything was asked over it. */
export type Handshake =
  | { readonly ok: true; readonly certificate: Certificate | undefined }
  | ({
      readonly ok: false;
      /** The certificate is what was wrong: not what the server wanted of ours, nor the network. */
      readonly byCertificate: boolean;
      /** It, or one that is sent along, is no longer valid. */
      readonly hasExpired: boolean;
    } & Diagnosis);

const certificateCode =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_|ERR_TLS_CERT_ALTNAME)/;

/**
 * Opens a connection and closes it again. It is a whole handshake, with nothing left of earlier ones, by the same way
 * as calls: addresses, authorities and proxies are theirs.
 */
export function shakeHands(route: Route, timeoutMs: number, options: PoolOptions): Promise<Handshake> {
  const { hostname, host, port, protocol } = new URL(route.origin);
  return new Promise((resolve) => {
    let opened: Socket | undefined;
    let certificate: Certificate | undefined;
    const end = (handshake: Handshake): void => {
      cancel();
      opened?.destroy();
      resolve(handshake);
    };
    const cancel = options.clock.after(timeoutMs, () => {
      end({
        ok: false,
        byCertificate: false,
        hasExpired: false,
        code: 'connect-timeout',
        message: sentence('handshakeTooLong'),
      });
    });
    const connect = makeConnector({
      ...options,
      ...route,
      proxy: proxyFor(route.origin, route.network, options.environment),
      begun: (_, socket) => {
        opened = socket;
      },
      secured: (read) => {
        certificate = read;
      },
    });
    connect({ hostname, host, port, protocol }, (error, socket) => {
      if (socket === null) end({ ok: false, ...blameOf(error), ...diagnose(error, true) });
      else {
        opened = socket;
        end({ ok: true, certificate });
      }
    });
  });
}

function blameOf(error: Error): { readonly byCertificate: boolean; readonly hasExpired: boolean } {
  const code = 'code' in error ? String(error.code) : '';
  return { byCertificate: certificateCode.test(code), hasExpired: code === 'CERT_HAS_EXPIRED' };
}
