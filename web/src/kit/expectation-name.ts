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

/** What an answer is held to, in words; one that is new here is called as in the configuration. */
export const expectationName = (t: Translate, kind: string): string => {
  const key = expectations[kind];
  return key === undefined ? kind : t(key);
};
