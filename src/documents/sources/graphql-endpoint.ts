import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';

/** Bytes of an answer that are looked at: what is said to whoever asks nothing is short, and pages say at the top what they are. */
const longest = 20_000;

/** What servers of GraphQL say to a GET without a query (Apollo, graphql-yoga, express-graphql, graphql-java, Hasura, gqlgen), and their pages. */
const saysGraphql =
  /must provide (?:an? )?(?:query|document)|get query missing|post body missing|graphql only supports|(?:no|missing|empty|invalid) (?:graphql )?query (?:string|parameter|was|is|provided|in)|query (?:string |parameter )?(?:is |was )?(?:missing|required|not (?:provided|present|found))|required (?:request )?parameter '?"?query|no operation(?:s)? (?:provided|specified)|potential cross-site request forgery|graphi?ql(?:<| playground| explorer|i-)|graphiql|apollo (?:server|sandbox|explorer)/i;

/** Whether an answer is that of a GraphQL endpoint that was asked for nothing. */
export function isGraphqlEndpoint({
  status,
  bytes,
}: {
  readonly status: number;
  readonly bytes: Uint8Array;
}): boolean {
  if (status === 401 || status === 403 || status === 404 || status > 500) return false;
  const text = Buffer.from(bytes.subarray(0, longest)).toString('utf8');
  const isOfErrors =
    /^\s*\{\s*"errors?"\s*:/.test(text) || /<html|<!doctype/i.test(text) || text.length < 500;
  return isOfErrors && saysGraphql.test(text);
}

/** A schema says what there is to ask; the endpoint alone does not. */
export const graphqlHint: Sentence = sentence('nameSchemaOfEndpoint');
