import { createHmac } from 'node:crypto';
import { type Call, parseJson, type Reply, type StandIn, startHook } from './stand-in.fixture.ts';

interface Alerts {
  readonly version?: string;
  readonly status?: string;
  readonly commonAnnotations?: { readonly summary?: string };
  readonly alerts?: readonly {
    readonly status: string;
    readonly startsAt: string;
    readonly fingerprint: string;
    readonly annotations: { readonly summary: string; readonly description: string };
  }[];
}

/** A bridge that takes what Alertmanager sends. */
export async function alertmanagerStandIn(): Promise<StandIn> {
  const secret = 'canary4711bearer';
  const seen: string[] = [];
  const answer = ({ headers, body }: Call): Reply => {
    if (headers.authorization !== `Bearer ${secret}`) return { status: 401, body: '' };
    const message = parseJson(body) as Alerts | undefined;
    const sound = message?.alerts?.every(
      (alert) => /^(firing|resolved)$/.test(alert.status) && !Number.isNaN(Date.parse(alert.startsAt)),
    );
    if (message?.version !== '4' || sound !== true) return { status: 422, body: '' };
    const lines =
      message.alerts?.map(({ annotations }) => `${annotations.summary}\n${annotations.description}`) ?? [];
    seen.push([message.commonAnnotations?.summary ?? '', ...lines].join('\n'));
    return { body: '' };
  };
  const hook = await startHook(answer, {});
  return { ...hook, input: { url: `${hook.url}/alerts`, authorization: `Bearer ${secret}` }, secret, seen };
}

/** An endpoint that checks signatures and takes each key once. */
export async function webhookStandIn(
  now: () => number,
): Promise<StandIn & { readonly keys: readonly string[] }> {
  const secret = 'canary4711signing';
  const seen: string[] = [];
  const keys: string[] = [];
  const answer = ({ headers, body }: Call): Reply => {
    const [, seconds = '', mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-signature'])) ?? [];
    const expected = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    if (mac !== expected || Math.abs(Number(seconds) * 1000 - now()) > 300_000)
      return { status: 401, body: '' };
    if (headers['x-tenant'] !== 'canary4711tenant') return { status: 403, body: '' };
    const key = String(headers['idempotency-key']);
    if (!keys.includes(key)) seen.push(body);
    keys.push(key);
    return { status: 202, body: '' };
  };
  const hook = await startHook(answer, {});
  const input = { url: `${hook.url}/hook`, secret, headers: { 'X-Tenant': 'canary4711tenant' } };
  return { ...hook, input, secret, seen, keys };
}
