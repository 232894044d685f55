import type { documentKindSentences } from '../../messages/catalogue/document-kinds.ts';
import { sentence } from '../../messages/sentence.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import type { RawDocument } from './format.ts';
import { ellipsize } from '../../lib/text/text.ts';
import { objectAt, objectsAt, textAt } from './shared/text.ts';

type KindCode = Exclude<keyof typeof documentKindSentences, 'isNotCallable' | 'isNotReadableYet'>;

interface Kind {
  readonly name: KindCode;
  /** Nothing is called over HTTP by what it describes, or it is and only a reader is missing. */
  readonly code: 'not-callable' | 'not-readable-yet';
  /** What to hand in instead. */
  readonly hint: KindCode;
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
  const version = raw.data === undefined ? undefined : unknownVersion(raw.data, raw.uri);
  if (version !== undefined) return version;
  const data = raw.data ?? (isObject(raw.items?.[0]) ? raw.items[0] : undefined);
  const head = raw.text.slice(0, 20_000);
  const kind =
    (data === undefined ? undefined : dataKinds.find(({ fits }) => fits(data))) ??
    textKinds.find(({ fits }) => fits.test(head));
  return kind === undefined ? undefined : problemOf(kind, raw.uri);
}

/** OpenAPI or Swagger of a version that nobody has written yet, or a slip: `openapi: 4.0.0`, `swagger: "3.0"`. */
function unknownVersion(data: JsonObject, file: string): Problem | undefined {
  const name = (['openapi', 'swagger'] as const).find((one) => one in data);
  const written = name === undefined ? undefined : data[name];
  if (name === undefined || (typeof written === 'object' && written !== null)) return undefined;
  const version = ellipsize(String(written), 40);
  return {
    level: 'error',
    code: 'unknown-version',
    message: sentence('saysVersion', { name, version }),
    file,
    pointer: `/${name}`,
    hint: sentence('exportAsOpenapi'),
  };
}

/** The same for files that are no text, by how they begin: Word, Excel, PDF, pictures, archives. */
export function recognizeBytes(uri: string, bytes: Uint8Array): Problem | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const kind = byteKinds.find(([signature]) => start.startsWith(signature))?.[1];
  if (kind !== undefined) return problemOf(kind, uri);
  if (!start.startsWith('PK\x03\x04')) return undefined;
  const head = Buffer.from(bytes.subarray(0, 200_000)).toString('latin1');
  if (head.includes('word/')) return problemOf(paper('aWordDocument'), uri);
  if (head.includes('xl/')) return problemOf(paper('anExcelWorkbook'), uri);
  if (head.includes('ppt/')) return problemOf(paper('aPresentation'), uri);
  return problemOf(archive('aZipArchive'), uri);
}

function problemOf({ name, code, hint }: Kind, file: string): Problem {
  const kind = sentence(name);
  const message =
    code === 'not-callable' ? sentence('isNotCallable', { kind }) : sentence('isNotReadableYet', { kind });
  return { level: 'info', code, message, file, hint: sentence(hint) };
}

function paper(name: KindCode): Kind {
  return { name, code: 'not-readable-yet', hint: 'saveAsMarkdown' };
}

function archive(name: KindCode): Kind {
  return { name, code: 'not-readable-yet', hint: 'unpackIt' };
}

const picture: Kind = {
  name: 'aPicture',
  code: 'not-readable-yet',
  hint: 'exportWhatItShows',
};

const byteKinds: readonly (readonly [signature: string, kind: Kind])[] = [
  ['%PDF-', paper('aPdf')],
  ['\xd0\xcf\x11\xe0', paper('anOldOfficeFile')],
  ['\x89PNG', picture],
  ['\xff\xd8\xff', picture],
  ['GIF8', picture],
  ['\x1f\x8b', archive('aGzipArchive')],
  ['Rar!', archive('aRarArchive')],
  ['7z\xbc\xaf\x27\x1c', archive('a7ZipArchive')],
  [
    'SQLite format 3',
    {
      name: 'aDatabase',
      code: 'not-readable-yet',
      hint: 'exportFromItsProgram',
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

const dataKinds: readonly DataKind[] = [
  {
    name: 'anAsyncApi',
    code: 'not-callable',
    hint: 'messagesNotCalled',
    fits: (data) => 'asyncapi' in data,
  },
  {
    name: 'anOpenRpc',
    code: 'not-readable-yet',
    hint: 'writeCallsAsHttp',
    fits: (data) => 'openrpc' in data,
  },
  {
    name: 'anArazzoWorkflow',
    code: 'not-callable',
    hint: 'nameOpenapiItUses',
    fits: (data) => 'arazzo' in data,
  },
  {
    name: 'anOverlay',
    code: 'not-callable',
    hint: 'applyOverlay',
    fits: (data) => 'overlay' in data && Array.isArray(data['actions']),
  },
  {
    name: 'aSwagger1',
    code: 'not-readable-yet',
    hint: 'exportAsOpenapi',
    fits: (data) => textAt(data, 'swaggerVersion')?.startsWith('1') === true,
  },
  {
    name: 'aGatewayConfiguration',
    code: 'not-callable',
    hint: 'nameDocumentsBehindGateway',
    fits: isGateway,
  },
  {
    name: 'aKubernetesManifest',
    code: 'not-callable',
    hint: 'nameDocumentsOfDeployed',
    fits: (data) => typeof data['apiVersion'] === 'string' && typeof data['kind'] === 'string',
  },
  {
    name: 'aPostmanDump',
    code: 'not-readable-yet',
    hint: 'exportEachCollection',
    fits: (data) => Array.isArray(data['collections']) && 'version' in data && 'environments' in data,
  },
  {
    name: 'aPostmanEnvironment',
    code: 'not-callable',
    hint: 'nameCollection',
    fits: (data) => '_postman_variable_scope' in data,
  },
  {
    name: 'anInsomniaEnvironment',
    code: 'not-callable',
    hint: 'nameCollection',
    fits: (data) => textAt(data, 'type')?.startsWith('environment.insomnia.rest') === true,
  },
  {
    name: 'aHoppscotchEnvironment',
    code: 'not-callable',
    hint: 'nameCollection',
    fits: (data) =>
      'name' in data && Array.isArray(data['variables']) && !('requests' in data) && 'v' in data,
  },
  {
    name: 'aThunderClientEnvironment',
    code: 'not-callable',
    hint: 'nameCollection',
    fits: (data) => textAt(data, 'clientName') === 'Thunder Client' && Array.isArray(data['data']),
  },
  {
    name: 'aBrunoRequest',
    code: 'not-readable-yet',
    hint: 'nameOpenCollection',
    fits: (data) => isObject(data['info']) && (isObject(data['http']) || isObject(data['graphql'])),
  },
  {
    name: 'anEolinkExport',
    code: 'not-readable-yet',
    hint: 'exportAsOpenapi',
    fits: (data) =>
      'apiURI' in objectAt(data, 'baseInfo') ||
      (Array.isArray(data['apiGroupList']) && 'projectInfo' in data),
  },
  {
    name: 'anApipostExport',
    code: 'not-readable-yet',
    hint: 'exportAsOpenapi',
    fits: (data) =>
      [...objectsAt(data, 'apis'), ...objectsAt(data, 'collection')].some((one) => 'target_type' in one),
  },
  {
    name: 'aRap2Repository',
    code: 'not-readable-yet',
    hint: 'exportAsPostmanOrMarkdown',
    fits: (data) => objectsAt(data, 'modules').some((one) => Array.isArray(one['interfaces'])),
  },
  {
    name: 'aShowDocExport',
    code: 'not-readable-yet',
    hint: 'exportAsMarkdown',
    fits: (data) => 'item_name' in data && 'pages' in data,
  },
  {
    name: 'anApiDocFile',
    code: 'not-readable-yet',
    hint: 'convertToOpenapi',
    fits: (data) => 'group' in data && 'url' in data && 'title' in data && 'type' in data,
  },
  {
    name: 'aGoogleDiscovery',
    code: 'not-readable-yet',
    hint: 'convertToOpenapi',
    fits: (data) => 'discoveryVersion' in data && isObject(data['resources']),
  },
  {
    name: 'aSmithyModel',
    code: 'not-readable-yet',
    hint: 'buildWithSmithy',
    fits: (data) => 'smithy' in data && isObject(data['shapes']),
  },
  {
    name: 'aGraphqlOperation',
    code: 'not-readable-yet',
    hint: 'nameGraphqlSchema',
    fits: (data) => /^\s*(?:query|mutation)\b/.test(textAt(data, 'query') ?? ''),
  },
  {
    name: 'aListOfDocuments',
    code: 'not-callable',
    hint: 'nameListed',
    fits: (data) =>
      textAt(data, 'swaggerVersion') !== undefined ||
      objectsAt(data, 'urls').some((one) => 'url' in one && 'name' in one),
  },
];

const textKinds: readonly TextKind[] = [
  {
    name: 'aWsdl',
    code: 'not-readable-yet',
    hint: 'soapNotCalled',
    fits: /<(?:[a-z0-9]+:)?(?:definitions|description)\b[^>]{0,4000}(?:schemas\.xmlsoap\.org\/wsdl|www\.w3\.org\/ns\/wsdl)/,
  },
  {
    name: 'aWadl',
    code: 'not-readable-yet',
    hint: 'exportAsOpenapi',
    fits: /<(?:[a-z0-9]+:)?application\b[^>]{0,2000}wadl/,
  },
  { name: 'aRaml', code: 'not-readable-yet', hint: 'convertToOpenapi', fits: /^\s*#%RAML/ },
  {
    name: 'aJmeterPlan',
    code: 'not-readable-yet',
    hint: 'recordAsHar',
    fits: /<jmeterTestPlan\b/,
  },
  {
    name: 'aSoapUiProject',
    code: 'not-readable-yet',
    hint: 'exportRestOfSoapUi',
    fits: /<con:soapui-project\b/,
  },
  {
    name: 'aProtobuf',
    code: 'not-callable',
    hint: 'generateFromProto',
    fits: /^\s*syntax\s*=\s*["']proto[23]["']|^\s*rpc\s+\w+\s*\(\s*(?:stream\s+)?[\w.]+\s*\)\s*returns\b/m,
  },
  {
    name: 'aThrift',
    code: 'not-callable',
    hint: 'thriftNotCalled',
    fits: /^\s*namespace\s+(?:java|py|go|cpp|js|\*)\s+\S+\s*$/m,
  },
  {
    name: 'aSmithyModel',
    code: 'not-readable-yet',
    hint: 'buildWithSmithy',
    fits: /^\$version:\s*["']|^namespace [\w.]+\s*\n(?:[^\n]*\n){0,50}?(?:service|operation|structure) \w+/m,
  },
  {
    name: 'aK6Script',
    code: 'not-readable-yet',
    hint: 'nameWhereMadeFrom',
    fits: /\bfrom\s+["']k6\/http["']/,
  },
  {
    name: 'aGherkinFeature',
    code: 'not-readable-yet',
    hint: 'nameTestedService',
    fits: /^\s*(?:@[\w -]+\n\s*)*Feature:/,
  },
  {
    name: 'aTypeSpec',
    code: 'not-readable-yet',
    hint: 'emitFromTypeSpec',
    fits: /^import "@typespec\/|^using (?:TypeSpec|Http|Rest)\b.*;/m,
  },
  {
    name: 'aBrunoRequest',
    code: 'not-readable-yet',
    hint: 'nameBrunoCollection',
    fits: /^meta\s*\{[^]*^(?:get|post|put|delete|patch|head|options|http)\s*\{/m,
  },
];
