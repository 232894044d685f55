import { createHmac } from 'node:crypto';
import { type Call, type Reply, type StandIn, startHook } from '../shared/stand-in.fixture.ts';
import { answering, type ChannelTrial } from '../shared/trial.fixture.ts';

export const trial: ChannelTrial = {
  standIn: webhookStandIn,
  byStatus: true,
  forPrograms: true,
  refusals: [302, 413, 400, 401].map((status) => answering(status, '')),
};

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
