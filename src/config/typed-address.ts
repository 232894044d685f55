import { existsSync } from 'node:fs';
import path from 'node:path';
import { isAddress } from '../lib/net/address-scheme.ts';
import { isUrl } from './docs-place.ts';

/**
 * What a person has typed for an address or a path: `localhost:8080`, `orders.internal:8080/v3/api-docs`, `//host/docs` and
 * `api.example.com/docs` become URLs, as in the address bar of a browser; a path stays one, and so does whatever is there as a file.
 *
 * @param folder Where paths are relative to.
 */
export function typedAddress(typed: string, folder: string): string {
  const text = normalWidth(addressIn(typed.trim(), folder));
  if (isUrl(text)) return isAddress(text) ? text : typed;
  const plain = text.replace(/^\/\//, '');
  const [, host, port] =
    /^(localhost|\[[\da-f:]+\]|[\w-]+(?:\.[\w-]+)*)(?::(\d{1,5}))?(?=[/?#]|$)/i.exec(plain) ?? [];
  if (host === undefined) return text;
  const isHost = text !== plain || port !== undefined || isHostAlone(host);
  if (!isHost || existsSync(path.resolve(folder, text))) return text;
  return `${isSecured(host, port) ? 'https' : 'http'}://${plain}`;
}

/**
 * An address as a Chinese keyboard may write it, in ASCII: `http：//host`, `localhost：8080`. A slash too few or too many is
 * mended: `http:/host`, `http:host`.
 */
export function normalWidth(text: string): string {
  const [place = ''] = /^(?:https?[:：][/／]*)?[\w.。-]+(?:[:：]\d{1,5})?(?=[/／?#]|$)/i.exec(text) ?? [];
  const isAddress = /[:：]/.test(place);
  const written = isAddress ? place.replaceAll('：', ':').replaceAll('／', '/').replaceAll('。', '.') : place;
  return (written + text.slice(place.length)).replace(/^(https?):\/*(?=[\w[])/i, '$1://');
}

/** Marks that are put around an address, or end the sentence that it stands in. */
const opening = /^["'`“‘「『《<＜(（[【]+/;
const closing = /["'`”’」』》>＞)）\]】,，;；、。！!：:]+$/;

/**
 * The address that was pasted with something around it: `"http://host"`, `<http://host>`, `接口文档 http://host。`. A path
 * stays what it is but for quotes around it: it may have spaces in it. So does what names several addresses.
 */
export function addressIn(text: string, folder?: string): string {
  if (folder !== undefined && existsSync(path.resolve(folder, text))) return text;
  const [, quoted = text] =
    /^(?:"([^"]+)"|'([^']+)'|`([^`]+)`|“([^”]+)”|‘([^’]+)’)$/
      .exec(text)
      ?.filter((one) => one !== undefined) ?? [];
  const found = [...quoted.matchAll(/https?[:：][/／]{2}[^\s"'`“”‘’「」『』《》<>＜＞（）【】，；、！]+/giu)];
  const [first] = found;
  if (first === undefined || found.length > 1) return quoted.trim();
  const before = quoted.slice(0, first.index).replace(opening, '');
  // `git+https://…` and `https://a/?to=https://b` are addresses as a whole.
  if (/[\w+=/?&.-]$/.test(before)) return quoted.trim();
  return withoutEnd(first[0]);
}

/** A bracket that was opened inside belongs to the address. */
function withoutEnd(address: string): string {
  const end = closing.exec(address)?.[0] ?? '';
  const isBalanced = /^[)\]]/.test(end) && /[([]/.test(address);
  return isBalanced ? address : address.slice(0, address.length - end.length);
}

/** Endings of files that are no top-level domains of anybody's API. */
const fileEnding =
  /\.(?:json[5c]?|ya?ml|mdx?|markdown|http|rest|har|txt|graphqls?|gql|apib|bru|html?|zip|gz|raml|wsdl|proto)$/i;

function isHostAlone(host: string): boolean {
  if (/^localhost$|^\[/i.test(host) || /^\d+(?:\.\d+){3}$/.test(host)) return true;
  return /^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i.test(host) && !fileEnding.test(host);
}

/** A public name is nearly always served by TLS, an internal one or a port of its own nearly never. */
function isSecured(host: string, port: string | undefined): boolean {
  if (port !== undefined) return /^(?:443|8443|9443)$/.test(port);
  return !/^[^.]+$|^[\d.]+$|\.(?:local|localdomain|internal|intra|intranet|lan|corp|home|svc|cluster)$/i.test(
    host,
  );
}
