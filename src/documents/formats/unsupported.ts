import { isObject, type JsonObject } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import type { RawDocument } from './format.ts';
import { objectAt, objectsAt, textAt } from './shared/data-access.ts';

interface Kind {
  readonly name: string;
  /** Nothing is called over HTTP by what it describes, or it is and only a reader is missing. */
  readonly code: 'not-callable' | 'not-readable-yet';
  /** What to hand in instead. */
  readonly hint: string;
}

interface DataKind extends Kind {
  readonly fits: (data: JsonObject) => boolean;
}

interface TextKind extends Kind {
  readonly fits: RegExp;
}

/**
 * A document that describes interfaces but is of no kind that is read: by its content, what it is and what to hand in
 * instead. `undefined` for everything else. Pure; to be asked when no format wants the document.
 */
export function recognize(raw: RawDocument): Problem | undefined {
  const data = raw.data ?? (isObject(raw.items?.[0]) ? raw.items[0] : undefined);
  const head = raw.text.slice(0, 20_000);
  const kind =
    (data === undefined ? undefined : dataKinds.find(({ fits }) => fits(data))) ??
    textKinds.find(({ fits }) => fits.test(head));
  return kind === undefined ? undefined : problemOf(kind, raw.uri);
}

/** The same for files that are no text, by how they begin: Word, Excel, PDF, pictures, archives. */
export function recognizeBytes(uri: string, bytes: Uint8Array): Problem | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const kind = byteKinds.find(([signature]) => start.startsWith(signature))?.[1];
  if (kind !== undefined) return problemOf(kind, uri);
  if (!start.startsWith('PK\x03\x04')) return undefined;
  const head = Buffer.from(bytes.subarray(0, 200_000)).toString('latin1');
  if (head.includes('word/')) return problemOf(paper('a Word document'), uri);
  if (head.includes('xl/')) return problemOf(paper('an Excel workbook'), uri);
  if (head.includes('ppt/')) return problemOf(paper('a PowerPoint presentation'), uri);
  return problemOf(archive('a ZIP archive'), uri);
}

function problemOf(kind: Kind, file: string): Problem {
  const why =
    kind.code === 'not-callable'
      ? 'nothing in it is called over HTTP by itself'
      : 'this kind of document is not readable yet';
  const hint = `${kind.hint.charAt(0).toUpperCase()}${kind.hint.slice(1)}.`;
  return { level: 'info', code: kind.code, message: `is ${kind.name}: ${why}`, file, hint };
}

function paper(name: string): Kind {
  const hint =
    'save it as Markdown (pandoc does) with method and path at each interface, or export OpenAPI from where it was written';
  return { name, code: 'not-readable-yet', hint };
}

function archive(name: string): Kind {
  return { name, code: 'not-readable-yet', hint: 'unpack it and name the folder' };
}

const picture: Kind = {
  name: 'a picture',
  code: 'not-readable-yet',
  hint: 'export what it shows as OpenAPI or Markdown from where it was written',
};

const byteKinds: readonly (readonly [signature: string, kind: Kind])[] = [
  ['%PDF-', paper('a PDF')],
  ['\xd0\xcf\x11\xe0', paper('an Office file of before 2007')],
  ['\x89PNG', picture],
  ['\xff\xd8\xff', picture],
  ['GIF8', picture],
  ['\x1f\x8b', archive('a gzip archive')],
  ['Rar!', archive('a RAR archive')],
  ['7z\xbc\xaf\x27\x1c', archive('a 7-Zip archive')],
  [
    'SQLite format 3',
    {
      name: 'a database',
      code: 'not-readable-yet',
      hint: 'export OpenAPI or Postman from the program that keeps it',
    },
  ],
];

/** Kong's declarative format, APISIX's standalone file, Traefik's dynamic configuration. */
function isGateway(data: JsonObject): boolean {
  if ('_format_version' in data && ('services' in data || 'routes' in data)) return true;
  const [route] = objectsAt(data, 'routes');
  if (route !== undefined && ('upstream' in route || 'upstream_id' in route || 'service_id' in route))
    return true;
  return 'routers' in objectAt(data, 'http');
}

const asOpenapi = 'export it as OpenAPI 3 (JSON or YAML)';

const dataKinds: readonly DataKind[] = [
  {
    name: 'an AsyncAPI document',
    code: 'not-callable',
    hint: 'messages are not called; describe the HTTP part of the service as OpenAPI',
    fits: (data) => 'asyncapi' in data,
  },
  {
    name: 'an OpenRPC document',
    code: 'not-readable-yet',
    hint: 'write the calls to watch as an .http file',
    fits: (data) => 'openrpc' in data,
  },
  {
    name: 'an Arazzo workflow',
    code: 'not-callable',
    hint: 'name the OpenAPI documents that it uses',
    fits: (data) => 'arazzo' in data,
  },
  {
    name: 'an OpenAPI overlay',
    code: 'not-callable',
    hint: 'apply it and name the OpenAPI document that results',
    fits: (data) => 'overlay' in data && Array.isArray(data['actions']),
  },
  {
    name: 'a Swagger 1 document',
    code: 'not-readable-yet',
    hint: asOpenapi,
    fits: (data) => textAt(data, 'swaggerVersion')?.startsWith('1') === true,
  },
  {
    name: 'the configuration of a gateway',
    code: 'not-callable',
    hint: 'it tells where requests go, not what they are; name the interface documents of the services behind it',
    fits: isGateway,
  },
  {
    name: 'a Kubernetes manifest',
    code: 'not-callable',
    hint: 'name the interface documents of the service that it deploys',
    fits: (data) => typeof data['apiVersion'] === 'string' && typeof data['kind'] === 'string',
  },
  {
    name: "a dump of all of Postman's data",
    code: 'not-readable-yet',
    hint: 'export each collection as Collection v2.1',
    fits: (data) => Array.isArray(data['collections']) && 'version' in data && 'environments' in data,
  },
  {
    name: 'a Postman environment',
    code: 'not-callable',
    hint: 'it holds variables; name the collection',
    fits: (data) => '_postman_variable_scope' in data,
  },
  {
    name: 'an Insomnia environment',
    code: 'not-callable',
    hint: 'it holds variables; name the collection',
    fits: (data) => textAt(data, 'type')?.startsWith('environment.insomnia.rest') === true,
  },
  {
    name: 'a Hoppscotch environment',
    code: 'not-callable',
    hint: 'it holds variables; name the collection',
    fits: (data) =>
      'name' in data && Array.isArray(data['variables']) && !('requests' in data) && 'v' in data,
  },
  {
    name: 'a Thunder Client environment',
    code: 'not-callable',
    hint: 'it holds variables; name the collection',
    fits: (data) => textAt(data, 'clientName') === 'Thunder Client' && Array.isArray(data['data']),
  },
  {
    name: 'a Bruno request',
    code: 'not-readable-yet',
    hint: "name its collection's opencollection.yml, or the folder that holds it",
    fits: (data) => isObject(data['info']) && (isObject(data['http']) || isObject(data['graphql'])),
  },
  {
    name: 'an Eolink export',
    code: 'not-readable-yet',
    hint: asOpenapi,
    fits: (data) =>
      'apiURI' in objectAt(data, 'baseInfo') ||
      (Array.isArray(data['apiGroupList']) && 'projectInfo' in data),
  },
  {
    name: 'an Apipost export',
    code: 'not-readable-yet',
    hint: asOpenapi,
    fits: (data) =>
      [...objectsAt(data, 'apis'), ...objectsAt(data, 'collection')].some((one) => 'target_type' in one),
  },
  {
    name: 'a RAP2 repository',
    code: 'not-readable-yet',
    hint: 'export it as a Postman collection or as Markdown',
    fits: (data) => objectsAt(data, 'modules').some((one) => Array.isArray(one['interfaces'])),
  },
  {
    name: 'a ShowDoc export',
    code: 'not-readable-yet',
    hint: 'export it as Markdown',
    fits: (data) => 'item_name' in data && 'pages' in data,
  },
  {
    name: 'the data of apiDoc',
    code: 'not-readable-yet',
    hint: 'convert it to OpenAPI',
    fits: (data) => 'group' in data && 'url' in data && 'title' in data && 'type' in data,
  },
  {
    name: 'a Google API discovery document',
    code: 'not-readable-yet',
    hint: 'convert it to OpenAPI',
    fits: (data) => 'discoveryVersion' in data && isObject(data['resources']),
  },
  {
    name: 'a Smithy model',
    code: 'not-readable-yet',
    hint: 'build it with the smithy-openapi plugin',
    fits: (data) => 'smithy' in data && isObject(data['shapes']),
  },
  {
    name: 'a GraphQL operation with its variables',
    code: 'not-readable-yet',
    hint: 'name the schema, as SDL or as the answer of an introspection query',
    fits: (data) => /^\s*(?:query|mutation)\b/.test(textAt(data, 'query') ?? ''),
  },
  {
    name: 'a list of interface documents',
    code: 'not-callable',
    hint: 'name the documents that it lists',
    fits: (data) =>
      textAt(data, 'swaggerVersion') !== undefined ||
      objectsAt(data, 'urls').some((one) => 'url' in one && 'name' in one),
  },
];

const textKinds: readonly TextKind[] = [
  {
    name: 'a WSDL document',
    code: 'not-readable-yet',
    hint: 'SOAP calls are not made; write the ones to watch as an .http file',
    fits: /<(?:[a-z0-9]+:)?(?:definitions|description)\b[^>]{0,4000}(?:schemas\.xmlsoap\.org\/wsdl|www\.w3\.org\/ns\/wsdl)/,
  },
  {
    name: 'a WADL document',
    code: 'not-readable-yet',
    hint: asOpenapi,
    fits: /<(?:[a-z0-9]+:)?application\b[^>]{0,2000}wadl/,
  },
  { name: 'a RAML document', code: 'not-readable-yet', hint: 'convert it to OpenAPI', fits: /^\s*#%RAML/ },
  {
    name: 'a JMeter test plan',
    code: 'not-readable-yet',
    hint: 'record the calls as HAR, or write them as an .http file',
    fits: /<jmeterTestPlan\b/,
  },
  {
    name: 'a SoapUI project',
    code: 'not-readable-yet',
    hint: 'export the definition of its REST services as OpenAPI',
    fits: /<con:soapui-project\b/,
  },
  {
    name: 'a protobuf file',
    code: 'not-callable',
    hint: 'if it is served over HTTP as well, generate OpenAPI from it (protoc-gen-openapi)',
    fits: /^\s*syntax\s*=\s*["']proto[23]["']|^\s*rpc\s+\w+\s*\(\s*(?:stream\s+)?[\w.]+\s*\)\s*returns\b/m,
  },
  {
    name: 'a Thrift file',
    code: 'not-callable',
    hint: 'Thrift is not called over plain HTTP',
    fits: /^\s*namespace\s+(?:java|py|go|cpp|js|\*)\s+\S+\s*$/m,
  },
  {
    name: 'a Smithy model',
    code: 'not-readable-yet',
    hint: 'build it with the smithy-openapi plugin',
    fits: /^\$version:\s*["']|^namespace [\w.]+\s*\n(?:[^\n]*\n){0,50}?(?:service|operation|structure) \w+/m,
  },
  {
    name: 'a k6 script',
    code: 'not-readable-yet',
    hint: 'name the document that it was made from, or record its calls as HAR',
    fits: /\bfrom\s+["']k6\/http["']/,
  },
  {
    name: 'a Gherkin feature',
    code: 'not-readable-yet',
    hint: 'name the document of the service that it tests, or write the calls to watch as an .http file',
    fits: /^\s*(?:@[\w -]+\n\s*)*Feature:/,
  },
  {
    name: 'a TypeSpec file',
    code: 'not-readable-yet',
    hint: 'emit OpenAPI from it: tsp compile . --emit @typespec/openapi3',
    fits: /^import "@typespec\/|^using (?:TypeSpec|Http|Rest)\b.*;/m,
  },
  {
    name: 'a Bruno request',
    code: 'not-readable-yet',
    hint: "name its collection's bruno.json, or the folder that holds it",
    fits: /^meta\s*\{[^]*^(?:get|post|put|delete|patch|head|options|http)\s*\{/m,
  },
];
