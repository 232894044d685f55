import { type Call, parseJson, type Reply, type StandIn, startHook } from '../shared/stand-in.fixture.ts';
import type { ChannelTrial } from '../shared/trial.fixture.ts';

export const trial: ChannelTrial = { standIn: alertmanagerStandIn, byStatus: true };

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
async function alertmanagerStandIn(): Promise<StandIn> {
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
