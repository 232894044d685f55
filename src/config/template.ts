import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { isObject } from '../model/json.ts';
import { addressedTitles } from './schema/schema-messages.ts';
import type { Shape } from './validation/conform.ts';
import { builtIn, type Registries } from './registries.ts';
import { writtenShape } from './tagged.ts';

export interface TemplateAnswers {
  /** Files, globs, folders, URLs. */
  readonly docs: string | readonly string[];
  /** The address of a channel, or an expression for it; default: `usualAddress`. */
  readonly webhook?: string;
  /** How to sign in; absent: no credential. Options that are not given are filled with something to replace. */
  readonly credential?: { readonly scheme: string; readonly options?: Readonly<Record<string, unknown>> };
  /** From `schemaReference`. */
  readonly schema: string;
}

/** Where the guide has people put the address of the group. */
export const usualAddress = '${env:WECOM_WEBHOOK}';

/** The commented `apipatrol.yaml` for a start: the answers filled in, everything else as comments to uncomment. */
export function configTemplate(answers: TemplateAnswers, registries: Registries = builtIn): string {
  const { docs, webhook = usualAddress, credential, schema } = answers;
  const unaddressed = registries.channels.flatMap(({ kind, address }) =>
    address === undefined ? [kind] : [],
  );
  return `# yaml-language-server: $schema=${schema}
#
# apipatrol scan    shows what will be called, and why the rest will not
# apipatrol check   calls it once
# apipatrol run     calls it every 15 minutes and tells the channel what broke
#
# Values from elsewhere: \${env:NAME}, \${env:NAME:-default}, \${file:/run/secrets/name}

services:
  - docs: ${inline(docs)}
    # name: orders                       # the service's name in every message; default: from the file or host
    # baseUrl: https://orders.example    # default: the document's own servers
    ${credential === undefined ? '# ' : ''}credential: main
    # owners: [zhangsan]                 # user ids to mention
    # params: { orderId: 1001 }          # values for parameters that the document gives no example for
    # operations:                        # settings for some operations
    #   - match: POST /orders/search     # or a glob (GET /orders/**), operationId:x, tag:x
    #     allow: true                    # call it although it is not a GET
    #   - match: tag:internal
    #     skip: true

${credentialSection(credential, registries)}
# Who is told: the address of one of ${addressedTitles(registries).join(', ')}.
# For several, or another kind (${unaddressed.join(', ')}), write channels: in its place.
webhook: ${inline(webhook)}

# Defaults:
# interval: 15m
# latency: { p95: 2s }                   # slower is reported as degraded
# timeout: 15s
# language: zh                           # or en
`;
}

function credentialSection(credential: TemplateAnswers['credential'], registries: Registries): string {
  if (credential === undefined) {
    return `# credentials:
#   main:
#     scheme: bearer                     # or ${registries.schemes
      .map(({ kind }) => kind)
      .filter((kind) => kind !== 'bearer')
      .join(', ')}
#     token: \${env:API_TOKEN}
`;
  }
  const scheme = registries.schemes.find(({ kind }) => kind === credential.scheme);
  const shape = scheme === undefined ? {} : (writtenShape(scheme.options) as Shape);
  const options = { ...placeholders(credential.scheme, shape), ...credential.options };
  const lines = stringify({ scheme: credential.scheme, ...options }, { lineWidth: 0 })
    .trimEnd()
    .split('\n');
  return `credentials:\n  main:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

const oauth2 = {
  tokenUrl: 'https://sso.example/oauth/token',
  clientId: 'patrol',
  clientSecret: '${env:CLIENT_SECRET}',
};

/** What a person usually has to say where the schema alone does not tell: several forms are allowed. */
const usual: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'api-key': { name: 'X-API-Key', value: '${env:API_KEY}' },
  login: {
    url: 'https://sso.example/login',
    json: { username: 'patrol', password: '${env:LOGIN_PASSWORD}' },
    success: '$.code == 0',
    token: '$.data.token',
    expiresIn: '$.data.expiresIn',
  },
  'oauth2-client-credentials': oauth2,
  'oauth2-password': { ...oauth2, username: 'patrol', password: '${env:API_PASSWORD}' },
  'oauth2-refresh-token': { ...oauth2, refreshToken: '${env:REFRESH_TOKEN}' },
  signature: { preset: 'sorted-md5', key: 'patrol', secret: '${env:APP_SECRET}' },
  mtls: { cert: '${file:./client.crt}', key: '${file:./client.key}' },
  exec: { command: ['./token.sh'] },
};

/** The first of the schema's own examples, else a value for every key that is required or usual. */
function placeholders(scheme: string, shape: Shape): Readonly<Record<string, unknown>> {
  const [example] = shape.examples ?? [];
  if (isObject(example)) return example;
  const required = (shape.required ?? []).map((key) => [
    key,
    placeholder(key, shape.properties?.[key] ?? {}),
  ]);
  return { ...Object.fromEntries(required), ...usual[scheme] };
}

function placeholder(key: string, shape: Shape): unknown {
  const variable = `API_${key.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}`;
  if (shape.format === 'secret') return `\${env:${variable.replace('API_API_', 'API_')}}`;
  if (shape.format === 'uri') return 'https://sso.example';
  return shape.examples?.[0] ?? shape.enum?.[0] ?? 'patrol';
}

/** The names of the environment variables that a configuration text asks for, in the order of their appearance. */
export function variablesIn(text: string): readonly string[] {
  const values = text.replaceAll(/^\s*#.*$/gm, '');
  return [...new Set([...values.matchAll(/(?<!\$)\$\{env:(\w+)\}/g)].map((match) => match[1] ?? ''))];
}

/** Where editors find the JSON Schema, seen from `folder`: relative where the package is installed below it. */
export function schemaReference(folder: string): string {
  const file = fileURLToPath(new URL('../../docs/reference/apipatrol.schema.json', import.meta.url));
  const relative = path.relative(folder, file);
  const isBelow = !relative.startsWith('..') && !path.isAbsolute(relative);
  return isBelow ? `./${relative.split(path.sep).join('/')}` : file;
}

function inline(value: unknown): string {
  return stringify(value, { lineWidth: 0, collectionStyle: 'flow' }).trim();
}
