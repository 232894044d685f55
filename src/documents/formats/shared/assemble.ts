import { groupBy } from '../../../lib/group-by.ts';
import type { Operation, SecurityScheme, SchemaDialect } from '../../../model/document.ts';
import type { JsonSchema } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import type { ReadDocument } from '../format.ts';
import { chosenByQuery } from './dispatch.ts';
import type { Pair } from './url-template.ts';

/** An operation before it has its key, with the schemes that its `security` names. */
export interface FoundOperation {
  readonly operation: Omit<Operation, 'key' | 'ordinal'> & { readonly key?: string };
  readonly schemes: Readonly<Record<string, SecurityScheme>>;
  /** The query that stands in its address, without secrets. */
  readonly written?: readonly Pair[];
}

/** Gives every operation its key (a repeated one gets ` #2`) and puts the document together. */
export function assemble(parts: {
  readonly format: string;
  readonly title: string;
  readonly version?: string;
  readonly dialect?: SchemaDialect;
  readonly found: readonly FoundOperation[];
  readonly schemas?: Readonly<Record<string, JsonSchema>>;
  readonly problems: readonly Problem[];
}): ReadDocument {
  const found = chosenByQuery(parts.found);
  const bases = found.map(({ key, method, path }) => key ?? `${method} ${path}`);
  const alike = groupBy(bases, (base) => base);
  const seen = new Map<string, number>();
  const operations = found.map((operation, index): Operation => {
    const base = bases[index] ?? '';
    const ordinal = (seen.get(base) ?? 0) + 1;
    seen.set(base, ordinal);
    const key = ordinal === 1 ? base : `${base} #${ordinal}`;
    return (alike.get(base)?.length ?? 0) > 1 ? { ...operation, key, ordinal } : { ...operation, key };
  });
  return {
    format: parts.format,
    title: parts.title,
    version: parts.version,
    dialect: parts.dialect ?? '2020-12',
    operations,
    securitySchemes: Object.assign({}, ...parts.found.map((one) => one.schemes)) as Record<
      string,
      SecurityScheme
    >,
    schemas: parts.schemas ?? {},
    problems: parts.problems,
  };
}
