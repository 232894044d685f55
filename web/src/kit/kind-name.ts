import type { TextKey, Translate } from '../i18n/translate.ts';

const expectations: Readonly<Record<string, TextKey>> = {
  status: 'expectation.status',
  'content-type': 'expectation.content-type',
  schema: 'expectation.schema',
  envelope: 'expectation.envelope',
  that: 'expectation.that',
  latency: 'expectation.latency',
  drift: 'expectation.drift',
  certificate: 'expectation.certificate',
  graphql: 'expectation.graphql',
  anonymous: 'expectation.anonymous',
};

const channels: Readonly<Record<string, TextKey>> = {
  'wecom-robot': 'kind.wecom-robot',
  'wecom-app': 'kind.wecom-app',
  'dingtalk-robot': 'kind.dingtalk-robot',
  'feishu-robot': 'kind.feishu-robot',
  'slack-webhook': 'kind.slack-webhook',
  email: 'kind.email',
  'alertmanager-webhook': 'kind.alertmanager-webhook',
};

/** What an answer is held to, in words; one that is new here is called as in the configuration. */
export const expectationName = (t: Translate, kind: string): string => named(t, expectations[kind], kind);

/** What kind of channel it is, in words. */
export const channelKindName = (t: Translate, kind: string): string => named(t, channels[kind], kind);

const named = (t: Translate, key: TextKey | undefined, kind: string): string =>
  key === undefined ? kind : t(key);
