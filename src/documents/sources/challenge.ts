import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { type HttpAnswer, headerOf } from './http-client.ts';

/** What to write for a document that nobody signs in for, by the way in which its server asks for it (RFC 9110 §11.6.1). */
export function documentCredentialHint(answer: HttpAnswer): Sentence {
  const [, challenge = ''] = /^\s*([\w-]+)/.exec(headerOf(answer, 'www-authenticate') ?? '') ?? [];
  const scheme = challenge.toLowerCase();
  const credential = `\`credentials: { docs: { ${optionsFor(scheme)} } }\``;
  const lines = { setting: '`docsCredential: docs`', credential };
  if (scheme !== 'basic') return sentence('setDocumentCredential', lines);
  return sentence('setDocumentPassword', { ...lines, address: '`USER:PASSWORD@`' });
}

function optionsFor(scheme: string): string {
  if (scheme === 'basic' || scheme === 'digest') return `scheme: ${scheme}, username: …, password: …`;
  return scheme === 'bearer' ? 'scheme: bearer, token: …' : 'scheme: …';
}
