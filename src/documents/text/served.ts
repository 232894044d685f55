import { parseExactJson } from '../../lib/json/exact-json.ts';
import { isObject, type Json } from '../../model/json.ts';

/** Forms within forms: an envelope with a text in base64. */
const maxForms = 3;
/** An envelope begins with what services say of every answer. */
const envelope =
  /^\s*\{\s*"(?:code|status|success|ok|msg|message|data|result|ret|errcode|errno|errmsg|error|body|content|timestamp|path|requestId|traceId)"\s*:/i;
/** `{`, `openapi`, `swagger`, `---` in base64. */
const base64Start = /^(?:eyJ|ewo|ewk|ey[A-Za-z0-9+/]|b3Blbm|c3dhZ2|LS0t)[\w+/-]{20}/;

/**
 * The interface document in what a service has made of it: a JSON text (`"{\"openapi\":…}"`), base64 (springdoc whose
 * `byte[]` goes through a JSON converter), a list of bytes, or the service's own envelope (`{ code, data: … }`). Any other
 * text as it is.
 */
export function servedDocument(text: string): string {
  let found = text;
  for (let form = 0; form < maxForms; form++) {
    const inner = unwrapped(found);
    if (inner === undefined) break;
    found = inner;
  }
  return found !== text && looksLikeDocument(found) ? found : text;
}

function unwrapped(text: string): string | undefined {
  const first = /\S/.exec(text)?.[0];
  if (first === '"') {
    const value = parsed(text);
    return typeof value === 'string' ? value : undefined;
  }
  if (first === '[' && /^\s*\[\s*-?\d{1,3}\s*,\s*-?\d{1,3}\s*,/.test(text)) return fromBytes(parsed(text));
  if (first === '{' && envelope.test(text)) return fromEnvelope(parsed(text));
  return base64Start.test(text.trimStart()) ? fromBase64(text) : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return parseExactJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function fromBase64(text: string): string | undefined {
  const bare = text.replace(/\s+/g, '');
  return /^[\w+/-]+={0,2}$/.test(bare) ? Buffer.from(bare, 'base64').toString('utf8') : undefined;
}

/** Java's bytes have a sign. */
function fromBytes(value: Json | undefined): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const bytes = (value as readonly Json[]).filter(
    (byte) => typeof byte === 'number' && Number.isInteger(byte) && byte >= -128 && byte <= 255,
  );
  return bytes.length < value.length ? undefined : Buffer.from(bytes as number[]).toString('utf8');
}

function fromEnvelope(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  for (const member of Object.values(value)) {
    if (isObject(member) && isSpecification(member)) return JSON.stringify(member);
    if (typeof member !== 'string' || member.length < 40) continue;
    const inner = looksLikeDocument(member) ? member : unwrapped(member);
    if (inner !== undefined && looksLikeDocument(inner)) return inner;
  }
  return undefined;
}

function isSpecification(value: Readonly<Record<string, Json>>): boolean {
  return ('openapi' in value || 'swagger' in value) && ('paths' in value || 'info' in value);
}

function looksLikeDocument(text: string): boolean {
  const ends = `${text.slice(0, 5000)}\n${text.slice(-5000)}`;
  return /(?:^|[{,\s])["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/.test(ends);
}
