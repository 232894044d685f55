import type { Document, SecurityRequirement, SecurityScheme } from '../../../model/document.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import type { RawDocument, ReadContext, ReadDocument } from '../format.ts';
import { type Located, References } from '../reference/references.ts';
import { SchemaCollector } from '../reference/schema-pool.ts';
import { withSaidSignIn } from '../shared/sign-in-text.ts';
import { objectOf, textOf } from '../shared/text.ts';

/** What every part of an OpenAPI or Swagger document is read with. */
export interface Reading {
  readonly root: Located<JsonObject>;
  readonly references: References;
  readonly schemas: SchemaCollector;
}

export async function startReading(raw: RawDocument, context: ReadContext): Promise<Reading> {
  const references = await References.open(raw, context);
  return {
    root: { value: raw.data ?? {}, file: raw, pointer: '' },
    references,
    schemas: new SchemaCollector(references),
  };
}

export function finishReading(
  reading: Reading,
  found: Pick<Document, 'format' | 'dialect' | 'operations' | 'securitySchemes'>,
): ReadDocument {
  const info = objectOf(reading.root.value['info']);
  const version = textOf(info['version']);
  const problems: Problem[] = [...reading.references.problems];
  return {
    ...found,
    title: textOf(info['title']) ?? reading.root.file.uri,
    version,
    schemas: reading.schemas.pool,
    problems,
  };
}

const headerScheme = 'header Authorization';

/**
 * Generators that read annotations tend to declare the sign-in as a header parameter. As such a value would be made
 * up for it; as a security requirement it gets the service's credential.
 */
export function withDeclaredSignIn<T extends { readonly security?: readonly SecurityRequirement[] }>(
  operation: T,
  declaresAuthorization: boolean,
): T {
  if (!declaresAuthorization || operation.security !== undefined) return operation;
  return { ...operation, security: [{ [headerScheme]: [] }] };
}

export function withSignInScheme(
  schemes: Readonly<Record<string, SecurityScheme>>,
  operations: Document['operations'],
  root: Located<JsonObject>,
): Readonly<Record<string, SecurityScheme>> {
  const used = operations.some(({ security }) =>
    security?.some((requirement) => headerScheme in requirement),
  );
  if (!used) return withSaidSignIn(schemes, [textOf(objectOf(root.value['info'])['description']) ?? '']);
  return { ...schemes, [headerScheme]: { kind: 'apiKey', in: 'header', parameterName: 'Authorization' } };
}
