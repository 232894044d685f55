import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { addressedTitles } from './schema/messages.ts';
import { inLanguage } from '../messages/in-language.ts';
import { type SentenceCode, sentence } from '../messages/sentence.ts';
import type { Language } from '../model/settings.ts';
import { builtIn, type Registries } from './registries.ts';

interface CredentialAnswer {
  readonly scheme: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface TemplateAnswers {
  /** Files, globs, folders, URLs. */
  readonly docs: string | readonly string[];
  /** What the service is called; absent: a comment says where it would come from. */
  readonly name?: string;
  /** Where it answers; absent: a comment. */
  readonly baseUrl?: string;
  /** The address of a channel, or an expression for it; default: `usualAddress`. */
  readonly webhook?: string;
  /** How to sign in; absent: no credential. Without options, those of the scheme's example stand there to be replaced. */
  readonly credential?: CredentialAnswer;
  /** By what the documents are read; absent: they are open, or the other one does. */
  readonly docsCredential?: CredentialAnswer;
  /** From `schemaReference`. */
  readonly schema: string;
  /** Of the comments; default: English. */
  readonly language?: Language;
  /** In which people are told; absent: a comment says what it would be otherwise. */
  readonly told?: Language;
  /** Certificates of authorities that are trusted as well, PEM; absent: none. */
  readonly ca?: string;
}

/** Where the guide has people put the address of the group. */
export const usualAddress = '${env:WECOM_WEBHOOK}';

/** The commented `apipatrol.yaml` for a start: the answers filled in, everything else as comments to uncomment. */
export function configTemplate(answers: TemplateAnswers, registries: Registries = builtIn): string {
  const { docs, name, baseUrl, webhook = usualAddress, credential, docsCredential, schema } = answers;
  const unaddressed = registries.channels.flatMap(({ kind, address }) =>
    address === undefined ? [kind] : [],
  );
  const { language = 'en' } = answers;
  const comma = language === 'zh' ? '、' : ', ';
  const say = saying(language);
  return `# yaml-language-server: $schema=${schema}
#
# apipatrol scan    ${say('template.scan')}
# apipatrol check   ${say('template.check')}
# apipatrol run     ${say('template.run')}
#
# ${say('template.values')} \${env:NAME}, \${env:NAME:-default}, \${file:/run/secrets/name}

services:
  - docs: ${inline(docs)}
    ${setting('name', name, 'orders', say('template.name'))}
    ${setting('baseUrl', baseUrl, 'https://orders.example', say('template.baseUrl'))}
    ${credential === undefined ? '# ' : ''}credential: main
${docsCredential === undefined ? '' : '    docsCredential: docs\n'}    # owners: [zhangsan]                 # ${say('template.owners')}
    # params: { orderId: 1001 }          # ${say('template.params')}
    # operations:                        # ${say('template.operations')}
    #   - match: POST /orders/search     # ${say('template.match')}
    #     allow: true                    # ${say('template.allow')}
    #   - match: tag:internal
    #     skip: true

${credentialSection({ main: credential, docs: docsCredential }, registries, say('template.or'))}
# ${say('template.told', { kinds: addressedTitles(registries, language).join(comma) })}
# ${say('template.others', { kinds: unaddressed.join(comma) })}
webhook: ${inline(webhook)}

# ${say('template.defaults')}
# interval: 15m
# latency: { p95: 2s }                   # ${say('template.latency')}
# timeout: 15s
${setting('language', answers.told, 'zh', say('template.language'))}
${answers.ca === undefined ? '' : `\n# ${say('template.ca', { expression: '${file:/path/ca.pem}' })}\n${stringify({ network: { ca: answers.ca } }, { lineWidth: 0 })}`}`;
}

function saying(language: Language) {
  return <C extends SentenceCode>(...told: Parameters<typeof sentence<C>>): string =>
    inLanguage(sentence(...told), language);
}

/** A key with its value, or what it would be for. */
function setting(key: string, value: string | undefined, example: string, remark: string): string {
  return value === undefined ? `${`# ${key}: ${example}`.padEnd(37)}# ${remark}` : `${key}: ${inline(value)}`;
}

function credentialSection(
  credentials: Readonly<Record<string, CredentialAnswer | undefined>>,
  registries: Registries,
  or: string,
): string {
  const named = Object.entries(credentials).flatMap(([name, one]) =>
    one === undefined ? [] : [{ name, ...one }],
  );
  if (named.length === 0) {
    const [first, ...others] = registries.schemes;
    const written = stringify({ ...first?.example }, { lineWidth: 0 }).trimEnd();
    return `# credentials:
#   main:
#     scheme: ${first?.kind.padEnd(27)}# ${or} ${others.map(({ kind }) => kind).join(', ')}
${written.replaceAll(/^/gm, '#     ')}
`;
  }
  const sections = named.map(({ name, scheme, options }) => {
    const example = registries.schemes.find(({ kind }) => kind === scheme)?.example;
    const written = stringify({ scheme, ...(options ?? example) }, { lineWidth: 0 }).trimEnd();
    return `  ${name}:\n${written.replaceAll(/^/gm, '    ')}\n`;
  });
  return `credentials:\n${sections.join('')}`;
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
