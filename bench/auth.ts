import { inEnglish } from '../src/messages/in-language.ts';
import { performance } from 'node:perf_hooks';
import { createTokenManager, type TokenManager } from '../src/auth/manager.ts';
import { schemes } from '../src/auth/schemes/registry.ts';
import type { Send } from '../src/auth/token/send.ts';
import { systemClock } from '../src/lib/time/clock.ts';
import { silentLogger } from '../src/lib/logger.ts';
import { Redactor } from '../src/lib/secrets/secret.ts';
import type { OutgoingRequest } from '../src/model/check.ts';
import type { CredentialSettings } from '../src/model/settings.ts';
import type { Figure } from './figure.ts';

/** 2 % of a core at 1,000 checks a second. */
const aimUs = 20;
const signal = new AbortController().signal;
const request: OutgoingRequest = {
  method: 'GET',
  url: 'http://orders.example/api/orders?page=1&size=20&status=open',
  headers: { accept: 'application/json', 'user-agent': 'apipatrol' },
};

/** What authentication adds to a check: putting on a token that is at hand, and looking for a rejection. */
export async function benchAuth(): Promise<readonly Figure[]> {
  const manager = createTokenManager({
    credentials: Object.fromEntries(credentials().map((one) => [one.name, one])),
    send: tokenEndpoint(),
    clock: systemClock,
    log: silentLogger,
    redactor: new Redactor(),
  });
  const figures: Figure[] = [];
  for (const { name } of credentials()) {
    await authorize(manager, name, 2000);
    const value = await medianUs(() => authorize(manager, name, 5000), 5000);
    figures.push({ name: `authorize, ${name}`, value, unit: 'µs', aim: aimUs });
  }
  const body = { code: 0, data: { items: [] }, msg: 'ok' };
  const answer = {
    status: 200,
    bytes: 43,
    header: () => undefined,
    text: () => JSON.stringify(body),
    json: () => body,
    exact: () => body,
  };
  const judge = async () => {
    for (let call = 0; call < 50_000; call++) manager.refused('login', answer);
    await Promise.resolve();
  };
  await judge();
  figures.push({
    name: 'look for a rejection',
    value: await medianUs(judge, 50_000),
    unit: 'µs',
    aim: aimUs,
  });
  await manager.close();
  return figures;
}

function credentials(): readonly CredentialSettings[] {
  const make = (name: string, scheme: string, written: object): CredentialSettings => {
    const options = schemes.find((one) => one.kind === scheme)?.options.parse(written);
    return { name, scheme, options };
  };
  const url = 'http://sso.example/token';
  return [
    make('bearer', 'bearer', { token: 'a-static-token' }),
    make('api key in the query', 'api-key', { in: 'query', name: 'key', value: 'a-key' }),
    make('login', 'login', { url, json: {}, token: '$.access_token', rejectedWhen: '$.code == 40101' }),
    make('session cookies', 'login', { url, json: {}, cookies: 'all' }),
    make('OAuth2', 'oauth2-client-credentials', { tokenUrl: url, clientId: 'c', clientSecret: 's3cr3t' }),
    make('chain of two', 'api-key', { name: 'x-token', value: '{{token:login}}', uses: 'bearer' }),
    make('signature, sorted MD5', 'signature', { preset: 'sorted-md5', key: 'k', secret: 's3cr3t' }),
    make('signature, Alibaba Cloud', 'signature', {
      preset: 'aliyun-api-gateway',
      key: 'k',
      secret: 's3cr3t',
    }),
    make('AWS SigV4', 'aws-sigv4', {
      accessKeyId: 'a',
      secretAccessKey: 's3cr3t',
      region: 'r',
      service: 's',
    }),
  ];
}

/** Answers at once, so that only our own work is measured. */
function tokenEndpoint(): Send {
  const headers = {
    'content-type': 'application/json',
    'set-cookie': ['SESSION=s; Path=/', 'ROUTE=r; Path=/'],
  };
  const body = JSON.stringify({ access_token: 'a-token', token_type: 'bearer', expires_in: 3600 });
  return Object.assign(() => Promise.resolve({ status: 200, headers, body }), {
    close: () => Promise.resolve(),
  });
}

async function authorize(manager: TokenManager, name: string, calls: number): Promise<void> {
  for (let call = 0; call < calls; call++) {
    const signed = await manager.authorize(name, request, signal);
    if (!signed.ok) throw new Error(inEnglish(signed.message));
  }
}

/** Microseconds of CPU a call, the median of five rounds. */
async function medianUs(work: () => Promise<void>, calls: number): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    const startedAt = performance.now();
    await work();
    const used = process.cpuUsage(before);
    const cpuMs = (used.user + used.system) / 1000;
    rounds.push((Math.min(cpuMs, performance.now() - startedAt) * 1000) / calls);
  }
  return rounds.toSorted((a, b) => a - b)[2] ?? Number.NaN;
}
