import { normalForm } from '../text/normal-form.ts';

/** Text of text of text: more layers are undone by nobody. */
const mostForms = 8;

/** A value as it is written, and what it is in base64 (RFC 4648 §4 and §5) or hex, where that is a text. */
export function formsOf(text: string): readonly string[] {
  const forms = [text];
  for (const form of forms) {
    if (forms.length >= mostForms) break;
    forms.push(...decodedOf(normalForm(form).trim()));
  }
  return forms;
}

const base64 = /^[\w+/-]{6,}={0,2}$/;
/** Of numbers one does not know; shorter ones are ids. */
const hex = /^(?:0x)?(?=[0-9]*[a-f]|[0-9]{12})((?:[0-9a-f]{2}){4,})$/i;

function decodedOf(value: string): readonly string[] {
  const inHex = hex.exec(value)?.[1];
  const bytes = [
    ...(base64.test(value) ? [Buffer.from(value, 'base64')] : []),
    ...(inHex === undefined ? [] : [Buffer.from(inHex, 'hex')]),
  ];
  return bytes.map(String).filter(isText);
}

function isText(text: string): boolean {
  return /\p{L}{2}/u.test(text) && !/[^\P{C}\s]|\uFFFD/u.test(text);
}
