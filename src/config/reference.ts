import { stringify } from 'yaml';
import type { ChannelKind } from '../notify/channels/channel.ts';
import type { Shape } from './validation/conform.ts';
import { builtIn, type Registries } from './registries.ts';
import { configSchema } from './schema/schema.ts';
import { rootShape, writtenShape } from './tagged.ts';
import { isObject, type JsonObject } from '../model/json.ts';

/** The files of `docs/reference/` by name; `npm run docs` writes them. */
export function referenceFiles(): Readonly<Record<string, string>> {
  return {
    'configuration.md': configReference(),
    'apipatrol.schema.json': `${JSON.stringify(jsonSchema(), null, 2)}\n`,
  };
}

/** The reference page of the configuration in Markdown, every key from the schema. */
export function configReference(registries: Registries = builtIn): string {
  const root = rootShape(configSchema(registries)) as Shape;
  const service = itemsOf(root.properties?.['services']);
  const operation = itemsOf(service.properties?.['operations']);
  const parts = [
    introduction,
    section('Top level', 'Everything but `services` (or `docs`) may be left out.', root, [
      'services',
      'expect',
    ]),
    section('`services[]`', 'Keys that also stand at the top level win over it.', service, [
      'operations',
      'expect',
    ]),
    section(
      '`services[].operations[]`',
      'What narrows can stand in the document as an `x-patrol` extension of an operation: `skip`, `allow: false`, `params` and `body` for what it documents, `expect`, `latency`, `tags`, a longer `interval`, a shorter `timeout`, and, in documents that are trusted (`docsTrusted`), `owners` and `severity`. Everything else there is ignored and listed as a problem. The configuration wins over the document, the document over the default.',
      operation,
      ['expect'],
    ),
    section(
      '`expect`',
      'At the top level, of a service or of an operation.',
      root.properties?.['expect'] ?? {},
    ),
    '## `credentials`\n\nA mapping from a name of your choice to one of these.',
    ...choicesOf(root.properties?.['credentials'], 'scheme', (kind) => schemeExample(kind, registries)),
    '## `channels`\n\nA mapping from a name of your choice to one of these.',
    ...choicesOf(root.properties?.['channels'], 'kind', (kind) => channelExample(kind, registries)),
    section('`slo[]`', 'At least one of `availability` and `latency`.', itemsOf(root.properties?.['slo'])),
    section(
      '`routes[]`',
      'Without routes everything goes to every channel.',
      itemsOf(root.properties?.['routes']),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Secrets of a kind's example by the variables that the reference has in their place. */
export function exampleSecrets({
  kind,
  options,
  examples: [example],
}: ChannelKind): ReadonlyMap<string, string> {
  const { properties = {} } = writtenShape(options) as Shape;
  const [vendor = ''] = kind.split('-');
  return new Map(
    Object.entries(example).flatMap(([key, value]) =>
      properties[key]?.format === 'secret'
        ? [[`${vendor}_${key.replaceAll(/(?=[A-Z])/g, '_')}`.toUpperCase(), String(value)] as const]
        : [],
    ),
  );
}

function schemeExample(name: string, { schemes }: Registries): string {
  const example = schemes.find(({ kind }) => kind === name)?.example;
  return yamlBlock({ credentials: { main: { scheme: name, ...example } } });
}

function yamlBlock(config: object): string {
  return `\`\`\`yaml\n${stringify(config, { lineWidth: 0 })}\`\`\`\n\n`;
}

/** A configuration to copy, and where the vendor says more. */
function channelExample(name: string, { channels }: Registries): string {
  const kind = channels.find((one) => one.kind === name);
  if (kind === undefined) return '';
  const names = new Map([...exampleSecrets(kind)].map(([variable, value]) => [value, variable]));
  const options = Object.entries(kind.examples[0]).map(([key, value]) => {
    const variable = names.get(String(value));
    return [key, variable === undefined ? value : `\${env:${variable}}`];
  });
  const more = kind.docs === undefined ? '' : `The vendor's page: <${kind.docs}>.\n\n`;
  return `${yamlBlock({ channels: { ops: { kind: name, ...Object.fromEntries(options) } } })}${more}`;
}

const channelMarks = ['<!-- channels: written by `npm run docs` -->', '<!-- end of channels -->'] as const;

/** The page of the guide with its table of channels as the registry has them. */
export function withChannels(page: string, { channels }: Registries = builtIn): string {
  const [before, rest] = cutAt(page, channelMarks[0]);
  const [, after] = cutAt(rest, channelMarks[1]);
  const rows = channels.map(({ kind, title, summary, address, docs }) => {
    const alone = address === undefined ? '' : `\`${address.example}\``;
    const name = docs === undefined ? title.en : `[${title.en}](${docs})`;
    return `| ${name} | [\`${kind}\`](../reference/configuration.md#kind-${kind}) | ${cell(summary)} | ${alone} |`;
  });
  const head = ['| channel | `kind` | | an address that `webhook:` takes alone |', '|---|---|---|---|'];
  return `${before}${channelMarks[0]}\n\n${[...head, ...rows].join('\n')}\n\n${channelMarks[1]}${after}`;
}

function cutAt(text: string, mark: string): readonly [before: string, after: string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`the page has no ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

const introduction = `# Configuration reference

<!-- Generated from the schema in src/config/schema.ts by \`npm run docs\`. -->

One YAML file, \`apipatrol.yaml\` unless \`--config\` names another. Three lines are enough:

\`\`\`yaml
docs: https://orders.internal.example/v3/api-docs
webhook: \${env:WECOM_WEBHOOK}
interval: 15m
\`\`\`

- **Durations** are written as \`250ms\`, \`2s\`, \`15m\`, \`1h30m\`, \`7d\`; **sizes** as \`512KiB\`, \`1MiB\`, \`2MB\`.
- **Values from elsewhere**: \`\${env:NAME}\` is an environment variable, \`\${env:NAME:-default}\` has a default for when
  it is not set or empty, \`\${file:path}\` is the content of a file without the newline at its end, relative to the
  configuration. They may stand anywhere in a value and several times; \`$\${\` stands for \`\${\` itself. Inside \`{ }\` and
  \`[ ]\` put them in quotes.
- **Secrets** are values of the type *secret*. They are never shown: not in a log, a message, a report or the store.
- **Keys that start with \`x-\`** at the top level are yours, a place for YAML anchors (\`x-common: &common …\`, then
  \`<<: *common\`).
- **Editors** complete and check the file with [apipatrol.schema.json](apipatrol.schema.json); \`apipatrol init\` writes
  the line for it.
- **A change** of the file, or of a file that it takes values from, takes effect at once;
  \`store.path\`, \`store.url\`, \`server.host\`, \`server.port\` and \`logLevel\` do after a restart, which the log says. A wrong one is
  reported and the last good one stays in use. \`apipatrol config check\` says all that is wrong without running
  anything.`;

function section(title: string, text: string, shape: Shape, apart: readonly string[] = []): string {
  return `## ${title}\n\n${text}\n\n${table(shape, apart)}`;
}

/** A section for each entry of a tagged mapping. */
function choicesOf(
  shape: Shape | undefined,
  tag: string,
  exampleOf: (kind: string) => string,
): readonly string[] {
  const entry = shape?.additionalProperties;
  const choices = typeof entry === 'object' ? (entry.oneOf ?? []) : [];
  return choices.map(
    (choice) =>
      `### \`${tag}: ${choice.title}\`\n\n${choice.description}\n\n${exampleOf(choice.title ?? '')}${table(choice, [], tag)}`,
  );
}

/** One row a key; keys of nested mappings follow theirs, dotted. Keys in `apart` have sections of their own. */
function table(shape: Shape, apart: readonly string[], tag?: string): string {
  const rows = rowsOf(shape, '', apart).filter(([name]) => name !== tag);
  const lines = rows.map(
    ([name, part, required]) =>
      `| \`${name}\`${required ? ' **required**' : ''} | ${typeOf(part)} | ${defaultOf(part)} | ${cell(part.description ?? '')} |`,
  );
  return ['| key | type | default | |', '|---|---|---|---|', ...lines].join('\n');
}

function rowsOf(
  shape: Shape,
  prefix: string,
  apart: readonly string[] = [],
): readonly (readonly [name: string, shape: Shape, required: boolean])[] {
  const required = new Set(shape.required);
  const own = Object.entries(shape.properties ?? {}).flatMap(([key, part]) => {
    const nested = apart.includes(key)
      ? []
      : rowsOf(nestedOf(part), `${prefix}${key}${isList(part) ? '[]' : ''}.`);
    return [[`${prefix}${key}`, part, required.has(key)] as const, ...nested];
  });
  // Required in one branch is not required.
  const all = shape.anyOf ?? shape.oneOf ?? [];
  const branches = all.flatMap((branch) =>
    rowsOf(branch, prefix).map(
      ([name, part, isRequired]) => [name, part, isRequired && all.length === 1] as const,
    ),
  );
  const seen = new Set<string>();
  return [...own, ...branches].filter(([name]) => !seen.has(name) && seen.add(name));
}

function isList(shape: Shape): boolean {
  return shape.type === 'array';
}

/** The mapping in a key's value that has keys worth a row of their own. */
function nestedOf(shape: Shape): Shape {
  if (isList(shape)) return nestedOf(itemsOf(shape));
  if (shape.properties !== undefined) return shape;
  const branches = (shape.anyOf ?? []).filter((branch) => branch.properties !== undefined);
  return branches.length === 0 ? {} : { anyOf: branches };
}

function itemsOf(shape: Shape | undefined): Shape {
  const items = shape?.items;
  return Array.isArray(items) ? {} : ((items as Shape | undefined) ?? {});
}

function typeOf(shape: Shape): string {
  const branches = shape.anyOf ?? shape.oneOf;
  if (branches !== undefined) return [...new Set(branches.map(typeOf))].join(' or ');
  if (shape.const !== undefined) return `\`${plain(shape.const)}\``;
  if (shape.enum !== undefined) return shape.enum.map((value) => `\`${plain(value)}\``).join(', ');
  if (shape.title !== undefined) return shape.title;
  switch (shape.type) {
    case 'array':
      return itemsOf(shape).type === 'object' ? 'list' : `list of ${typeOf(itemsOf(shape))}`;
    case 'object': {
      const values = shape.additionalProperties;
      return typeof values === 'object' && values.oneOf === undefined
        ? `mapping to ${typeOf(values)}`
        : 'mapping';
    }
    case 'string':
      return { secret: 'secret', uri: 'URL' }[shape.format ?? ''] ?? 'text';
    case 'integer':
      return shape.minimum !== undefined && Number.isSafeInteger((shape.maximum ?? Infinity) + 1)
        ? `${shape.minimum} to ${shape.maximum}`
        : 'whole number';
    case undefined:
      return 'anything';
    default:
      return String(shape.type);
  }
}

function defaultOf(shape: Shape): string {
  const isEmpty = JSON.stringify(shape.default) === '{}' || JSON.stringify(shape.default) === '[]';
  return shape.default === undefined || isEmpty ? '' : `\`${plain(shape.default)}\``;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** JSON Schema (draft 7) of `apipatrol.yaml` for editors. Accepts `${env:…}` and `${file:…}` wherever loading does. */
export function jsonSchema(registries: Registries = builtIn): JsonObject {
  const shape = widened(rootShape(configSchema(registries))) as JsonObject;
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'API Patrol configuration', ...shape };
}

const expression = '\\$\\{(env|file):';

/** Lets an expression stand for every value whose form is checked: it is filled in before the check. */
function widened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(widened);
  if (!isObject(value)) return value;
  const { format, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, child]): [string, unknown] => [key, widened(child)]),
  );
  if (rest['type'] === 'number' || rest['type'] === 'integer' || rest['type'] === 'boolean') {
    return { ...rest, type: [rest['type'], 'string'], pattern: expression };
  }
  if (rest['type'] !== 'string') return format === undefined ? rest : { ...rest, format };
  if (format === 'uri') return { ...rest, pattern: `^https?://|${expression}` };
  return typeof rest['pattern'] === 'string'
    ? { ...rest, pattern: `(${rest['pattern']})|${expression}` }
    : rest;
}
