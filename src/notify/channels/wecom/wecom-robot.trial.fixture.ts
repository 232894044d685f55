import { startWecom, type WecomFault } from '../../../../demo/wecom.ts';
import type { Fault, StandIn } from '../shared/stand-in.fixture.ts';
import { answering, type ChannelTrial } from '../shared/trial.fixture.ts';
import { robotErrors } from './wecom-errors.ts';
import { wecomFaults } from './wecom-faults.fixture.ts';

export const trial: ChannelTrial = {
  standIn: wecomRobotStandIn,
  acts: /<@|<font color="info"|\]\(/,
  faults: wecomFaults,
  refusals: Object.entries(robotErrors)
    .filter(([, { action }]) => action !== 'retry')
    .map(([code]) => answering(200, { errcode: Number(code), errmsg: 'no' })),
};

const robotFaults: Readonly<Record<Fault, WecomFault>> = {
  busy: { errcode: -1 },
  limited: { errcode: 45009 },
  gone: { errcode: 93000 },
  'too-long': { errcode: 40058 },
  bad: { errcode: 40008 },
  garbage: { status: 200, body: '<html>Please sign in</html>' },
  cut: 'drop',
  unavailable: { status: 503, headers: { 'retry-after': '7' } },
};

async function wecomRobotStandIn(): Promise<StandIn> {
  const secret = 'canary-key-4711';
  const wecom = await startWecom();
  return {
    input: { webhook: wecom.webhook(secret) },
    secret,
    get seen() {
      return wecom.messages.map((message) => message.content);
    },
    fail: (fault) => wecom.fail(secret, robotFaults[fault]),
    close: () => wecom.close(),
  };
}
