import { sentence } from '../../../messages/sentence.ts';
import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  isTypeDefinitionNode,
  Kind,
  specifiedScalarTypes,
  visit,
  buildClientSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  type IntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  getNamedType,
  parse,
} from 'graphql';
import { messageOf } from '../../../lib/errors.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import type { RawDocument, ReadDocument } from '../format.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { introspectionIn } from './graphql-introspection.ts';

const maxTokens = 500_000;
const maxDepth = 3;
const maxFields = 30;

/** Reads the query fields of a schema. */
export function readGraphql(raw: RawDocument): ReadDocument {
  const built = buildSchema(raw);
  if ('level' in built) return assemble({ format: 'graphql', title: raw.uri, found: [], problems: [built] });
  const found = fieldsOf(built.getQueryType()).map(operationOfField);
  return assemble({
    format: 'graphql',
    title: raw.uri,
    found,
    problems: leftOut(raw.uri, built, found.length),
  });
}

function buildSchema(raw: RawDocument): GraphQLSchema | Problem {
  try {
    const introspection = introspectionIn(raw.data);
    if (introspection !== undefined) {
      return buildClientSchema(introspection as unknown as IntrospectionQuery, { assumeValid: true });
    }
    return buildASTSchema(completed(parse(raw.text, { noLocation: true, maxTokens })), {
      assumeValid: true,
      assumeValidSDL: true,
    });
  } catch (error) {
    return {
      level: 'error',
      code: 'graphql-syntax',
      message: sentence('graphqlNotReadable', { why: messageOf(error) }),
      file: raw.uri,
      hint: sentence('exportSchemaAgain'),
    };
  }
}

/** A part of a schema over several files: extensions of what stands elsewhere become types, unknown types scalars. */
function completed(document: DocumentNode): DocumentNode {
  const defined = new Set(
    document.definitions.flatMap((node) => (isTypeDefinitionNode(node) ? [node.name.value] : [])),
  );
  const definitions = document.definitions.map((node): DefinitionNode => {
    if (node.kind !== Kind.OBJECT_TYPE_EXTENSION || defined.has(node.name.value)) return node;
    defined.add(node.name.value);
    return { ...node, kind: Kind.OBJECT_TYPE_DEFINITION };
  });
  const missing = new Set<string>();
  visit(document, {
    NamedType: ({ name }) => {
      if (!defined.has(name.value) && !specifiedScalarTypes.some((scalar) => scalar.name === name.value))
        missing.add(name.value);
    },
  });
  const scalarsOf = [...missing].map(
    (name): DefinitionNode => ({
      kind: Kind.SCALAR_TYPE_DEFINITION,
      name: { kind: Kind.NAME, value: name },
    }),
  );
  return { ...document, definitions: [...definitions, ...scalarsOf] };
}

/** Nobody has checked that what a schema names as its query is an object. */
function fieldsOf(type: GraphQLObjectType | null | undefined): readonly GraphQLField<unknown, unknown>[] {
  return isObjectType(type) ? Object.values(type.getFields()) : [];
}

function leftOut(file: string, schema: GraphQLSchema, queries: number): Problem[] {
  const mutations = fieldsOf(schema.getMutationType()).length;
  const subscriptions = fieldsOf(schema.getSubscriptionType()).length;
  const problems: Problem[] = [];
  if (mutations + subscriptions > 0) {
    const message = sentence('mutationsLeftOut', { mutations, subscriptions });
    problems.push({ level: 'info', code: 'mutations-left-out', message, file });
  }
  if (queries === 0) {
    const message = sentence('noQueryType');
    problems.push({ level: 'info', code: 'no-operations', message, file });
  }
  return problems;
}

function operationOfField(field: GraphQLField<unknown, unknown>): FoundOperation {
  const required = field.args.filter(
    (argument) => isNonNullType(argument.type) && argument.defaultValue === undefined,
  );
  const query = queryText(field, required);
  const variables: JsonObject = Object.fromEntries(
    required.map((argument) => [argument.name, schemaOf(argument.type, 0)]),
  );
  const body = bodyFor(query, variables, required.length === 0);
  return {
    schemes: {},
    operation: {
      key: `QUERY ${field.name}`,
      method: 'POST',
      path: '/graphql',
      operationId: field.name,
      ...(typeof field.description === 'string' && field.description !== ''
        ? { summary: firstLine(field.description) }
        : {}),
      tags: [],
      deprecated: typeof field.deprecationReason === 'string',
      servers: [],
      parameters: [],
      body: { required: true, media: [body] },
      responses: [
        {
          status: '200',
          media: [{ contentType: 'application/json', schema: answerSchema(field), examples: [] }],
        },
      ],
      extensions: { 'x-graphql': { query, variables: required.map(argumentNote) } },
      pointer: `Query.${field.name}`,
    },
  };
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.slice(0, 200) ?? '';
}

function argumentNote(argument: GraphQLArgument): JsonObject {
  return { name: argument.name, type: String(argument.type), schema: schemaOf(argument.type, 0) };
}

function bodyFor(
  query: string,
  variables: JsonObject,
  complete: boolean,
): { contentType: string; schema: JsonObject; examples: Json[] } {
  const names = Object.keys(variables);
  const inner: JsonObject = {
    type: 'object',
    properties: variables,
    ...(names.length === 0 ? {} : { required: names }),
  };
  return {
    contentType: 'application/json',
    schema: {
      type: 'object',
      properties: { query: { type: 'string', const: query }, variables: inner },
      required: names.length === 0 ? ['query'] : ['query', 'variables'],
    },
    examples: complete ? [{ query }] : [],
  };
}

/** The whole query document: `query orders($first: Int!) { orders(first: $first) { id total } }`. */
function queryText(field: GraphQLField<unknown, unknown>, required: readonly GraphQLArgument[]): string {
  const declared = required.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ');
  const passed = required.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const head = declared === '' ? `query ${field.name}` : `query ${field.name}(${declared})`;
  const call = passed === '' ? field.name : `${field.name}(${passed})`;
  return `${head} { ${call}${selection(getNamedType(field.type), 0)} }`;
}

/** Scalars that need no arguments; where there are none, those one object further in; else the type's name. */
function selection(type: GraphQLNamedType, depth: number): string {
  if (isLeafType(type)) return '';
  const scalars = selectable(type).filter((field) => isLeafType(getNamedType(field.type)));
  if (scalars.length > 0)
    return ` { ${scalars
      .slice(0, maxFields)
      .map((field) => field.name)
      .join(' ')} }`;
  const inner = depth < maxDepth ? selectable(type)[0] : undefined;
  return inner === undefined
    ? ' { __typename }'
    : ` { ${inner.name}${selection(getNamedType(inner.type), depth + 1)} }`;
}

function selectable(type: GraphQLNamedType): GraphQLField<unknown, unknown>[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).filter(
    (field) =>
      typeof field.deprecationReason !== 'string' &&
      field.args.every((argument) => !isNonNullType(argument.type) || argument.defaultValue !== undefined),
  );
}

/** `data.<field>` must be there, and errors must not; a field that may be null may be. */
function answerSchema(field: GraphQLField<unknown, unknown>): JsonObject {
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  const kind = isListType(type) ? 'array' : isLeafType(type) ? undefined : 'object';
  const value: JsonObject =
    kind === undefined ? {} : { type: isNonNullType(field.type) ? kind : [kind, 'null'] };
  return {
    type: 'object',
    properties: {
      data: { type: 'object', properties: { [field.name]: value }, required: [field.name] },
      errors: { type: 'array', maxItems: 0 },
    },
    required: ['data'],
  };
}

const scalars: Readonly<Record<string, JsonObject>> = {
  Int: { type: 'integer' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
  ID: { type: 'string' },
  String: { type: 'string' },
  DateTime: { type: 'string', format: 'date-time' },
  Date: { type: 'string', format: 'date' },
  UUID: { type: 'string', format: 'uuid' },
  JSON: {},
};

function schemaOf(type: GraphQLType, depth: number): JsonObject {
  if (isNonNullType(type)) return schemaOf(type.ofType, depth);
  if (isListType(type)) return { type: 'array', items: schemaOf(type.ofType, depth) };
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map((value) => value.name) };
  if (!isInputObjectType(type)) return scalars[getNamedType(type).name] ?? { type: 'string' };
  if (depth >= maxDepth) return { type: 'object' };
  const needed = Object.values(type.getFields()).filter(
    (field) => isNonNullType(field.type) && field.defaultValue === undefined,
  );
  return {
    type: 'object',
    properties: Object.fromEntries(needed.map((field) => [field.name, schemaOf(field.type, depth + 1)])),
    required: needed.map((field) => field.name),
  };
}
