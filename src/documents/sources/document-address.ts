import { normalForm } from '../../lib/text/normal-form.ts';
import { percentDecoded } from '../../lib/text/text.ts';
import { changingWord } from '../../lib/wording/command.ts';

/** What an address that a document or a server names may be asked for: a GET can do more than read. */

const extension = /\.(?:json[5c]?|ya?ml|mdx?|markdown|graphqls?|gql|apib|har|http|bru|html?)$/i;
/** What frameworks call their documents and the pages over them, and springdoc's and others' groups below. */
const usualName =
  /\/(?:[\w-]*(?:api-?docs?|openapi|swagger|redoc|scalar|rapidoc)[\w-]*|docs?|documentation|schema|(?:api|docs)-json|spec|doc\.html)\/?$|\/(?:api-?docs|openapi|swagger)\/(?:v?[\d.]+|[\w-]+)\/?$/i;

/** By its name it is a document and nothing else, in one plain spelling. */
export function looksLikeDocument({ pathname, search }: URL): boolean {
  const plain = percentDecoded(pathname);
  if (search !== '' || plain.normalize('NFKC') !== normalForm(pathname) || /[;?#%\\]/.test(plain))
    return false;
  return (extension.test(plain) || usualName.test(plain)) && changingWord({ pathname, search }) === undefined;
}
