import type { Sentence } from './sentence.ts';
import type { Json, JsonObject, JsonSchema } from './json.ts';
import type { Problem } from './problem.ts';

/** Upper-case HTTP method. An open set (RFC 9110 §9.1): documents do name others (`PURGE`, `QUERY`). */
export type Method =
  | 'GET'
  | 'HEAD'
  | 'OPTIONS'
  | 'POST'
  | 'PUT'
  | 'PATCH'
  | 'DELETE'
  | 'TRACE'
  | 'QUERY'
  | (string & Record<never, never>);

/** The dialect in which a document's schemas are written; the judge of answers normalizes it away. */
export type SchemaDialect = 'swagger-2.0' | 'openapi-3.0' | 'draft-04' | 'draft-07' | '2020-12';

/**
 * One interface document, normalized: nothing behind `documents/` asks which format it had.
 * Safe to keep for long: it holds no source text.
 */
export interface Document {
  /** Stable over scans and restarts: `<service>:<uri>`. */
  readonly id: string;
  readonly service: string;
  /** Path relative to the working folder, or URL (without credentials). */
  readonly uri: string;
  /** The registry's name of the format, for people: `openapi-3.1`, `postman-2.1` … */
  readonly format: string;
  readonly title: string;
  readonly version?: string;
  /** SHA-256 (hex) over the bytes of every file that went into it. */
  readonly contentHash: string;
  readonly dialect: SchemaDialect;
  readonly operations: readonly Operation[];
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  /**
   * Targets of `$ref` in the operations' schemas, keyed by the `$ref` string itself
   * (`#/components/schemas/Order`). Never dereferenced; cycles are normal. May be read lazily.
   */
  readonly schemas: SchemaPool;
  /** What the reader could not understand or left out on purpose. */
  readonly problems: readonly Problem[];
  /** Absent when the place where it stands does not tell. */
  readonly lastEdit?: LastEdit;
}

/** Who changed a document last, and when, as far as its place tells. */
export interface LastEdit {
  /** A name and never an address, short and on one line; from a stranger. */
  readonly by?: string;
  /** Of the commit, epoch ms. */
  readonly at: number;
  /** There are changes on top of it that nobody has committed. */
  readonly uncommitted?: true;
}

/** A document that has never been readable, and why: to be set right before anything of it can be patrolled. */
export interface UnreadDocument {
  /** Path or URL, as people know it. */
  readonly uri: string;
  readonly message: Sentence;
  readonly hint?: Sentence;
}

/** A document that could not be read this time; what was last read of it, if anything, goes on being patrolled. */
export interface UnreadableDocument {
  readonly documentId: string;
  readonly service: string;
  /** Path or URL, as people know it. */
  readonly uri: string;
  /** Where in it, 1-based; absent: it is about all of it. */
  readonly line?: number;
  readonly column?: number;
  readonly message: Sentence;
  readonly hint?: Sentence;
  readonly lastEdit?: LastEdit;
  /** When the scan began that found it so, epoch ms; absent: now. */
  readonly askedAt?: number;
  /** Name of the credential that it was asked for with. */
  readonly credential?: string;
  /** It has not been readable once, in this process or an earlier one. */
  readonly neverRead?: true;
}

export type SchemaPool = Readonly<Record<string, JsonSchema>>;

export interface Operation {
  /** `GET /orders/{orderId}`, `GET /api.php?act=view`; unique in its document (a repeated one gets ` #2`). */
  readonly key: string;
  /** Of several with one method and address, which it is, from 1; absent: it is the only one. */
  readonly ordinal?: number;
  readonly method: Method;
  /** Template with `{name}` for parameters; starts with `/`. */
  readonly path: string;
  /** What of its query chooses it among the operations of its path, as it stands in its key: `act=view`. */
  readonly query?: string;
  readonly operationId?: string;
  readonly summary?: string;
  /** What its description begins with, as plain text on one line: tells what it does. */
  readonly description?: string;
  /** OpenAPI tags, Postman folders, Markdown headings. */
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  /** In order of preference; empty when the document names none. Relative URLs are allowed. */
  readonly servers: readonly Server[];
  readonly parameters: readonly Parameter[];
  /** The query as a client has sent it, in its order; absent where a document only describes one. */
  readonly sentQuery?: readonly SentPair[];
  readonly body?: RequestBody;
  readonly responses: readonly DocumentedResponse[];
  /** Alternatives (OR), each a set of schemes that go together (AND); `[]` is public, absent is "not said". */
  readonly security?: readonly SecurityRequirement[];
  /** The operation's `x-*` extensions, `x-patrol` among them. */
  readonly extensions: JsonObject;
  /** Where it stands in the document: RFC 6901 pointer or `line N`. */
  readonly pointer: string;
}

/** Parameter of a path in place of what is secret: the configuration alone has a value for it. */
export const maskedSecret = 'masked-secret';

/** One pair of a query that was recorded, of a parameter's first example. */
export interface SentPair {
  readonly name: string;
  /** `name=value` or, of a flag, `name`: encoded as it went out, ready for a URL. Absent where its value is not kept. */
  readonly text?: string;
}

export interface Server {
  /** Variables already replaced by their defaults; may be relative to the document's own URL. */
  readonly url: string;
  /** OpenAPI 3.2 `name`, else `description`: what `server:` in the config selects by. */
  readonly name?: string;
  /** The document has the operation's address written out, this host in front of the whole path: nothing belongs between them. */
  readonly isWhole?: true;
}

export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

export interface Parameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  readonly schema: JsonSchema;
  /** Values that the document itself gives (`example`, `examples`, a Postman value), best first. */
  readonly examples: readonly Json[];
  readonly description?: string;
  /** Its only value chooses the operation among those of one path: no other is ever sent. */
  readonly isFixed?: true;
  /** OpenAPI serialization; defaults by place as in OpenAPI 3.1 §4.8.12. `multi` etc. of Swagger 2 are mapped. */
  readonly style?: string;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  /** Set when the parameter's value is serialized as this media type (`content` in OpenAPI). */
  readonly contentType?: string;
}

export interface MediaType {
  /** Lower case, without parameters: `application/json`. */
  readonly contentType: string;
  readonly schema?: JsonSchema;
  readonly examples: readonly Json[];
}

export interface RequestBody {
  readonly required: boolean;
  readonly media: readonly MediaType[];
}

export interface DocumentedResponse {
  /** `200`, `2XX` or `default`. */
  readonly status: string;
  readonly description?: string;
  readonly media: readonly MediaType[];
  readonly links?: readonly ResponseLink[];
}

/** OpenAPI's Link Object: which operation of the document takes what from this answer. */
export interface ResponseLink {
  /** `operationId` or `Operation.key` of the operation that it leads to. */
  readonly target: string;
  /** Parameter name (without a `path.` in front) → runtime expression (`$response.body#/id`) or plain value. */
  readonly parameters: Readonly<Record<string, Json>>;
}

export interface SecurityScheme {
  readonly kind:
    | 'apiKey'
    | 'basic'
    | 'bearer'
    | 'digest'
    | 'oauth2'
    | 'openIdConnect'
    | 'mutualTls'
    | 'awsSigV4'
    | 'other';
  /** For `apiKey`: where it goes and what it is called there. */
  readonly in?: 'header' | 'query' | 'cookie';
  readonly parameterName?: string;
  /** For `oauth2`: how a token may be had, in OpenAPI 3's words: `clientCredentials`, `password`, `authorizationCode`, `implicit` … */
  readonly flows?: readonly string[];
  /** For `oauth2`: token endpoints by flow; for `openIdConnect`: the discovery URL. They may be relative to the server. */
  readonly tokenUrls?: Readonly<Record<string, string>>;
  readonly discoveryUrl?: string;
  readonly scopes?: readonly string[];
  readonly description?: string;
}

/** Scheme name → scopes. An empty object means "anonymous is fine". */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** What changed in one document between two scans. Keys are `Operation.key`. */
export interface ChangeSet {
  /** `found`: never read before; `gone`: no longer there. */
  readonly kind: 'found' | 'changed' | 'gone';
  readonly documentId: string;
  readonly service: string;
  readonly uri: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly OperationChange[];
  /** Of the document as it is now. */
  readonly lastEdit?: LastEdit;
}

export interface OperationChange {
  readonly key: string;
  readonly breaking: boolean;
  /** One line a rule, those that break first: `response 200: required property "total" removed`. */
  readonly details: readonly Sentence[];
}

const streams =
  /^(?:text\/event-stream|application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines|stream\+json|json-seq|x-json-stream)|multipart\/x-mixed-replace)$/;

/** Records that follow each other for as long as somebody listens. `type` in lower case, without parameters. */
export function isStream(type: string): boolean {
  return streams.test(type);
}
