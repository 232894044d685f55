import type { AddressKind } from '../lib/net/addresses.ts';
import type { TlsFailure } from '../lib/tls-failure.ts';
import type { Sentence } from '../model/sentence.ts';
import { sentence } from './sentence.ts';

/** `the server requires a client certificate (tlsv13 alert certificate required)` */
export function tlsSentence({ meaning, reason }: TlsFailure): Sentence {
  return sentence('because', { what: sentence(meaning), why: reason });
}

/** `an internal address` */
export function addressKindSentence(kind: AddressKind): Sentence {
  return sentence(kind === 'metadata' ? 'metadataAddress' : 'internalAddress');
}
