import { sentence } from '../messages/sentence.ts';
import { nearest } from '../lib/text/text.ts';
import type { Document, Operation } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import type { ServiceSettings } from '../model/settings.ts';
import { queryOf } from './request/graphql.ts';
import { templateNames } from './request/template.ts';

/**
 * Values that the settings of a service have for parameters that none of its operations has: unlike those of one operation, they
 * are sent only where they are documented.
 */
export function unknownParams(service: ServiceSettings, documents: readonly Document[]): readonly Problem[] {
  const given = Object.keys(service.params);
  if (given.length === 0 || documents.every(({ operations }) => operations.length === 0)) return [];
  const known = new Set(documents.flatMap((document) => [...tokensOf(document), ...namesIn(document)]));
  return given
    .filter((name) => !known.has(name))
    .map((name) => {
      const meant = nearest(name, known);
      return {
        level: 'warning',
        code: 'unknown-param',
        message: sentence('paramOfNone', { name, service: service.name }),
        ...positionOf(service.paramPlaces?.[name]),
        hint: meant === undefined ? sentence('paramOfOne') : sentence('wasMeant', { what: meant }),
      };
    });
}

function namesIn({ operations }: Document): ReadonlySet<string> {
  return new Set(operations.flatMap(namesOf));
}

function namesOf(operation: Operation): readonly string[] {
  return [
    ...operation.parameters.map(({ name }) => name),
    ...templateNames(operation.path),
    ...(queryOf(operation)?.variables.map(({ name }) => name) ?? []),
  ];
}

/** A token that is given as a value. */
function tokensOf({ securitySchemes }: Document): readonly string[] {
  return Object.values(securitySchemes).flatMap(({ parameterName }) => parameterName ?? []);
}

/** `apipatrol.yaml:12:5` */
export function positionOf(at: string | undefined): Pick<Problem, 'file' | 'line' | 'column'> {
  const [, file, line, column] = /^(.*?):(\d+)(?::(\d+))?$/.exec(at ?? '') ?? [];
  if (file === undefined) return at === undefined ? {} : { file: at };
  return { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
}
