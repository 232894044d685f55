import type { OwnSentence, Param, Sentence } from '../model/sentence.ts';
import { apiFieldSentences } from './catalogue/api-fields.ts';
import { apiMoreFieldSentences } from './catalogue/api-more-fields.ts';
import { apiSentences } from './catalogue/api.ts';
import { channelSentences } from './catalogue/channels.ts';
import { authSentences } from './catalogue/auth.ts';
import { envelopeSentences } from './catalogue/envelope.ts';
import { daemonSentences } from './catalogue/daemon.ts';
import { deliverySentences } from './catalogue/delivery.ts';
import { cliHelpSentences } from './catalogue/cli-help.ts';
import { cliSentences } from './catalogue/cli.ts';
import { locationSentences } from './catalogue/locations.ts';
import { incidentSentences } from './catalogue/incidents.ts';
import { configSentences } from './catalogue/config.ts';
import { formSentences } from './catalogue/forms.ts';
import { planSentences } from './catalogue/plan.ts';
import { callSentences } from './catalogue/calls.ts';
import { schemaSentences } from './catalogue/schema.ts';
import { serverSentences } from './catalogue/server.ts';
import { documentSentences } from './catalogue/documents.ts';
import { documentChangeSentences } from './catalogue/document-changes.ts';
import { documentKindSentences } from './catalogue/document-kinds.ts';
import { syntaxSentences } from './catalogue/syntax.ts';
import { remarkSentences } from './catalogue/remarks.ts';
import { setUpSentences } from './catalogue/set-up.ts';
import { statusPageSentences } from './catalogue/status-page.ts';
import { storeSentences } from './catalogue/store.ts';
import { transportSentences } from './catalogue/transport.ts';
import type { Entry, Plural } from './catalogue/entry.ts';

/** Everything that the product says of what it finds, by its code. */
export const catalogue = {
  ...transportSentences,
  ...callSentences,
  ...schemaSentences,
  ...envelopeSentences,
  ...authSentences,
  ...channelSentences,
  ...deliverySentences,
  ...planSentences,
  ...incidentSentences,
  ...documentSentences,
  ...documentKindSentences,
  ...documentChangeSentences,
  ...setUpSentences,
  ...serverSentences,
  ...apiSentences,
  ...apiFieldSentences,
  ...apiMoreFieldSentences,
  ...statusPageSentences,
  ...daemonSentences,
  ...storeSentences,
  ...locationSentences,
  ...configSentences,
  ...formSentences,
  ...remarkSentences,
  ...syntaxSentences,
  ...cliSentences,
  ...cliHelpSentences,
} as const;

export type SentenceCode = keyof typeof catalogue;

type Places<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;
type PlacesOf<One extends Entry> = One[0] extends Plural ? 'n' | Places<One[0]['other']> : Places<One[0]>;
type Always<Name> = Name extends `${string}?` ? never : Name;
type Sometimes<Name> = Name extends `${infer Place}?` ? Place : never;
export type ParamsOf<Code extends SentenceCode> = Readonly<
  Record<Always<PlacesOf<(typeof catalogue)[Code]>> & string, Param> &
    Partial<Record<Sometimes<PlacesOf<(typeof catalogue)[Code]>>, Param>>
>;

/** What fills the places of a sentence: nothing where it has none. */
export type GivenOf<Code extends SentenceCode> = [PlacesOf<(typeof catalogue)[Code]>] extends [never]
  ? []
  : [params: ParamsOf<Code>];

/** What a plug-in says in words of its own. */
export function says(en: string, zh: string): OwnSentence {
  return { $say: { en, zh } };
}

/** One of the catalogue, with what fills its places. */
export function sentence<Code extends SentenceCode>(code: Code, ...[params]: GivenOf<Code>): OwnSentence {
  return params === undefined ? { $say: code } : { $say: code, params };
}

/** Whether it is one of these. */
export function isSaid(told: Sentence | undefined, ...codes: readonly SentenceCode[]): told is OwnSentence {
  return typeof told === 'object' && codes.some((code) => code === told.$say);
}

/** What fills the places of a sentence that is this one; `undefined` where it is another. One that is kept may be of another version. */
export function paramsOf<Code extends SentenceCode>(
  told: Sentence | undefined,
  code: Code,
): Partial<ParamsOf<Code>> | undefined {
  if (!isSaid(told, code)) return undefined;
  return told.params ?? {};
}
