import { sentence } from '../../messages/sentence.ts';
import type { MediaType } from '../../model/document.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { Body, Candidate, PlanContext } from '../candidate.ts';
import { graphqlBody, queryOf } from './graphql.ts';
import { blank, operationLines } from '../config-snippets.ts';
import { isUsable } from '../values/placeholder.ts';
import { type Sample, sample } from '../values/sample.ts';
import { queryPairs, text } from '../values/serialize.ts';
import { type SkipNote, skip } from '../skip.ts';

/** The body of a request: the config's, else the document's example, else one made from its schema. */
export function bodyOf(candidate: Candidate, context: PlanContext): Body | SkipNote | undefined {
  const { rules, operation } = candidate;
  const media = preferred(operation.body?.media ?? []);
  if (rules.body !== undefined) return written({ value: rules.body, origin: 'config' }, media);
  const query = queryOf(operation);
  if (query !== undefined) return graphqlBody(query, candidate, context);
  if (operation.method === 'GET' || operation.method === 'HEAD')
    return operation.body?.required === true ? bodyOfRead(candidate) : undefined;
  if (operation.body === undefined) return undefined;
  const offered = media === undefined ? undefined : offeredBody(media, candidate, context);
  const body = offered === undefined ? undefined : written(offered, media);
  if (body !== undefined) return body;
  return operation.body.required ? noBody(candidate, media) : undefined;
}

/** Forms that can be written here, the plainest first. */
function preferred(media: readonly MediaType[]): MediaType | undefined {
  const ranks = [
    /^application\/json$/,
    /[/+]json$/,
    /^application\/x-www-form-urlencoded$/,
    /^multipart\/form-data$/,
    /^text\//,
  ];
  const ranked = ranks.flatMap((rank) => media.filter(({ contentType }) => rank.test(contentType)));
  return ranked[0] ?? media[0];
}

function offeredBody(
  media: MediaType,
  { document, rules, effort }: Candidate,
  context: PlanContext,
): Sample | undefined {
  if (rules.documentedBody !== undefined) return { value: rules.documentedBody, origin: 'example' };
  const example = media.examples.find((value) => isUsable(value));
  if (example !== undefined) return { value: example, origin: 'example' };
  if (media.schema === undefined) return undefined;
  return sample(media.schema, { pool: document.schemas, now: context.now, name: 'body', depth: 0, effort });
}

function written({ value, origin }: Sample, media: MediaType | undefined): Body | undefined {
  const type = media?.contentType ?? (typeof value === 'string' ? 'text/plain' : 'application/json');
  const body = encode(value, type);
  return body === undefined ? undefined : { ...body, filled: [{ name: 'body', in: 'body', value, origin }] };
}

function encode(value: Json, type: string): Omit<Body, 'filled'> | undefined {
  if (typeof value === 'string')
    return { contentType: type.endsWith('json') && !isJson(value) ? 'text/plain' : type, text: value };
  if (/[/+]json$/.test(type) || type === '*/*')
    return { contentType: type === '*/*' ? 'application/json' : type, text: JSON.stringify(value) };
  if (!isObject(value)) return undefined;
  if (type === 'application/x-www-form-urlencoded') {
    const pairs = Object.entries(value).flatMap(([name, item]) => queryPairs({ name, in: 'query' }, item));
    return { contentType: type, text: pairs.join('&') };
  }
  return type === 'multipart/form-data' ? multipart(value) : undefined;
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** RFC 7578; the boundary is fixed so that the same plan makes the same bytes. */
function multipart(fields: Readonly<Record<string, Json>>): Omit<Body, 'filled'> {
  const boundary = 'apipatrol-7d81f0c3';
  const parts = Object.entries(fields).map(([name, value]) => {
    const label = name.replace(/["\r\n]/g, (character) => encodeURIComponent(character));
    return `--${boundary}\r\ncontent-disposition: form-data; name="${label}"\r\n\r\n${text(value)}\r\n`;
  });
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    text: `${parts.join('')}--${boundary}--\r\n`,
  };
}

/** What no request of the kind has (RFC 9110 §9.3.1): only a person knows whether the service takes one. */
function bodyOfRead({ service, operation }: Candidate): SkipNote {
  return skip(
    'no-value',
    sentence('bodyWithRead', { method: operation.method }),
    operationLines(service.name, operation, { body: blank }),
  );
}

function noBody({ service, operation }: Candidate, media: MediaType | undefined): SkipNote {
  const what =
    media === undefined ? sentence('plainBody') : sentence('bodyOfType', { type: media.contentType });
  return skip(
    'no-value',
    sentence('noBodyValue', { what }),
    operationLines(service.name, operation, { body: blank }),
  );
}
