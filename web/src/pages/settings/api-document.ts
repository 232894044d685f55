import { exampleOf } from './example-of.ts';

export interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
  }[];
  readonly requestBody?: Media;
  readonly responses?: Readonly<Record<string, Media>>;
  readonly security?: readonly unknown[];
}

/** What is read of the document that the patrol has of itself. */
export interface ApiDocument {
  readonly tags: readonly { readonly name: string; readonly 'x-displayName': string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

export interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

export interface EndpointGroup {
  readonly title: string;
  readonly endpoints: readonly Endpoint[];
}

/** By tag, in the order of the document, as far as all words of `wanted` are in what is said of an endpoint. */
export function groupsOf({ tags, paths }: ApiDocument, wanted: string): readonly EndpointGroup[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return tags.flatMap(({ name, 'x-displayName': title }) => {
    const endpoints = all.filter(({ method, path, operation }) => {
      if (operation.tags?.[0] !== name) return false;
      const said = [method, path, operation.operationId, operation.summary, title, name]
        .join(' ')
        .toLowerCase();
      return words.every((word) => said.includes(word));
    });
    return endpoints.length === 0 ? [] : [{ title, endpoints }];
  });
}

/** Schemas by what refers to them. */
export function poolOf({ components }: ApiDocument): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(components.schemas).map(([name, schema]) => [`#/components/schemas/${name}`, schema]),
  );
}

/** A line for a shell that has `TOKEN`, and what the path takes, as variables. */
export function curlOf(
  { method, path, operation }: Endpoint,
  base: string,
  pool: Readonly<Record<string, unknown>>,
): string {
  const verb = method === 'GET' ? '' : ` -X ${method}`;
  const isOpen = operation.security?.length === 0;
  const token = isOpen ? '' : ' -H "Authorization: Bearer $TOKEN"';
  const schema = schemaOf(operation.requestBody);
  const body = schema === undefined ? undefined : JSON.stringify(exampleOf(schema, pool));
  const data =
    body === undefined
      ? ''
      : ` -H 'Content-Type: application/json' -d '${body.replaceAll("'", String.raw`'\''`)}'`;
  // Braces are something else to curl.
  const address = base + path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`);
  return `curl${verb}${token}${data} "${address}"`;
}

export function schemaOf(media: Media | undefined): unknown {
  return Object.values(media?.content ?? {})[0]?.schema;
}
