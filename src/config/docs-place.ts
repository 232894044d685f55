import { isAddress } from '../lib/net/address-scheme.ts';
import path from 'node:path';

/** Characters that make a path a pattern. */
const magic = /[*?[\]{}!()]/;

/** An address rather than a path: of a document, a service, or a git repository. */
export function isUrl(docs: string): boolean {
  return isAddress(docs) || /^[\w.-]+@[\w.-]+:/.test(docs);
}

/** The folder that a glob, or the file's name, hangs on: everything before the first pattern. */
function anchor(file: string): string {
  const parts = file.split('/');
  const first = parts.findIndex((part) => magic.test(part));
  return first === -1 ? file : parts.slice(0, first).join('/') || '/';
}

/** What a person would call the service: by file, by folder of a glob, by repository, by host. */
export function nameFrom(docs: string): string {
  const repository = /([^/:]+)\.git\/?(?:#|$)/i.exec(docs)?.[1];
  if (isUrl(docs) && repository !== undefined) return repository;
  if (isUrl(docs)) return URL.canParse(docs) ? new URL(docs).hostname : 'docs';
  const place = path.resolve('/', anchor(docs));
  const name = path.basename(place).replace(/\.(?:ya?ml|json|md|markdown|http|rest|har|txt)$/i, '');
  const plain = name.replace(/[.-](?:openapi|swagger|postman_collection|api)$/i, '');
  return plain === '' ? 'docs' : plain;
}

/** Titles that generators fill in when nobody gives one: springdoc, springfox, NestJS, Swashbuckle, FastAPI, swagger-jsdoc. */
const titleOfNobody =
  /^(?:open ?api(?: definition| documentation| specification)?|api(?: documentation| docs| reference)?|swagger(?: ui| api| documentation)?|(?:my )?title|fastapi|untitled(?: api)?|rest api|docs?|接口文档|api ?接口文档|api ?文档|swagger ?接口文档)$/i;
const longestName = 40;

/** What a person would call the service whose document has this title; `undefined`: it tells nothing. */
export function nameFromTitle(title: string): string | undefined {
  const plain = title
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .replace(
      /\s*[-–—|:：]*\s*(?:(?:open ?)?api\s*)?(?:documentation|docs|definition|接口文档|api ?文档|文档)$/i,
      '',
    )
    .trim();
  const isTelling = plain !== '' && plain.length <= longestName && !titleOfNobody.test(plain);
  return isTelling && !titleOfNobody.test(title.trim()) ? plain : undefined;
}

/**
 * The folder that the documents may not reach out of: the configuration's own when they lie inside it, else the
 * deepest that holds them all. `files` are absolute, patterns included.
 */
export function rootOf(files: readonly string[], folder: string): string {
  const anchors = files.map((file) => {
    const place = anchor(file);
    return place === file && path.extname(place) !== '' ? path.dirname(place) : place;
  });
  if (anchors.every((place) => isInside(place, folder))) return folder;
  return anchors.reduce((common, place) => {
    let shared = common;
    while (!isInside(place, shared)) shared = path.dirname(shared);
    return shared;
  });
}

function isInside(place: string, folder: string): boolean {
  const relative = path.relative(folder, place);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
