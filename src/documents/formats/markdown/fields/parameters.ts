import type { Parameter } from '../../../../model/document.ts';
import type { Json } from '../../../../model/json.ts';
import type { FoundOperation } from '../../shared/assemble.ts';
import type { Details, FieldGroup } from './details.ts';
import { type Field, fieldsOf } from './fields.ts';
import { operationOf } from '../../shared/recorded-request.ts';
import { pathNames } from '../../shared/url-template.ts';

type ParameterPlace = 'path' | 'query' | 'header' | 'cookie' | 'body';

export interface Placed {
  readonly place: ParameterPlace;
  readonly field: Field;
}

export function placedFields(
  method: string,
  path: string,
  details: Details,
  sent: readonly FoundOperation['operation'][],
): Placed[] {
  const names = pathNames(path);
  const queried = sent.some((one) => one.parameters.some((parameter) => parameter.in === 'query'));
  const bodiless =
    /^(?:GET|HEAD|DELETE|OPTIONS)$/.test(method) || (queried && sent.every((one) => one.body === undefined));
  const carriesBody = !bodiless || details.requestSamples.length > 0;
  return details.groups
    .filter((group) => group.role !== 'response')
    .flatMap((group) =>
      insideFields(group).map((field): Placed => {
        const named = placeOf(field);
        const name = field.path[0] ?? '';
        const inTemplate = names.includes(name) && group.inside === undefined;
        if (inTemplate && named !== 'body' && group.role !== 'body') return { place: 'path', field };
        return { place: named ?? rolePlace(group.role, carriesBody), field };
      }),
    )
    .filter((one) => one.place !== 'path' || names.includes(one.field.path[0] ?? ''));
}

export function insideFields(group: FieldGroup): Field[] {
  const fields = fieldsOf(group.rows);
  return group.inside === undefined
    ? fields
    : fields.map((field) => ({ ...field, path: [group.inside ?? '', ...field.path] }));
}

function placeOf(field: Field): ParameterPlace | undefined {
  const words = field.place.toLowerCase();
  if (field.schema['format'] === 'binary') return 'body';
  if (/query|url参数|查询|^url$/.test(words)) return 'query';
  if (/path|路径/.test(words)) return 'path';
  if (/head|头/.test(words)) return 'header';
  if (/cookie/.test(words)) return 'cookie';
  return /body|form|json|体|表单/.test(words) ? 'body' : undefined;
}

function rolePlace(role: FieldGroup['role'], carriesBody: boolean): ParameterPlace {
  switch (role) {
    case 'path':
    case 'query':
    case 'body':
      return role;
    case 'headers':
      return 'header';
    case 'params':
    case 'response':
      return carriesBody ? 'body' : 'query';
  }
}

export function headerPairs(fields: readonly Placed[]): { name: string; value: string }[] {
  return fields
    .filter((one) => one.place === 'header')
    .map(({ field }) => {
      const remark = `${typeof field.example === 'string' ? field.example : ''} ${field.description}`;
      return {
        name: field.path[0] ?? '',
        value: /bearer/i.test(remark) ? 'Bearer' : /basic/i.test(remark) ? 'Basic' : '',
      };
    });
}

const setByClient =
  /^(?:content-type|accept|content-length|host|user-agent|connection|accept-encoding|cookie)$/i;

export function parametersOf(
  url: { path: string; query: readonly { name: string; value: string }[] },
  fields: readonly Placed[],
  sent: readonly FoundOperation['operation'][],
): Parameter[] {
  const recorded = sent
    .flatMap((operation) => operation.parameters)
    .map(
      (one): Parameter => ({
        ...one,
        examples: one.examples.filter((value) => typeof value !== 'string' || !/^<[^<>]+>?$/.test(value)),
      }),
    );
  const inUrl = operationOf({
    method: 'GET',
    url: `/?${url.query.map((one) => `${one.name}=${encodeURIComponent(one.value)}`).join('&')}`,
    tags: [],
    headers: [],
    pointer: '',
  }).operation.parameters.map(
    (parameter): Parameter => ({
      ...parameter,
      examples: parameter.examples.filter((value) => !isPlaceholderWord(value)),
    }),
  );
  const documented = fields
    .filter(
      (one) =>
        one.place !== 'body' && one.field.path.length === 1 && !setByClient.test(one.field.path[0] ?? ''),
    )
    .map(({ place, field }): Parameter => parameterOf(place as Parameter['in'], field));
  const template = pathNames(url.path).map(
    (name): Parameter => ({ name, in: 'path', required: true, schema: { type: 'string' }, examples: [] }),
  );
  const parameters: Parameter[] = [];
  for (const parameter of [...documented, ...template, ...inUrl, ...recorded]) {
    const index = parameters.findIndex((other) => other.in === parameter.in && other.name === parameter.name);
    const known = parameters[index];
    if (known === undefined)
      parameters.push({
        ...parameter,
        required:
          parameter.in === 'path' ||
          (parameter.required && !recorded.includes(parameter)) ||
          documented.length === 0,
      });
    else
      parameters[index] = {
        ...known,
        examples: [
          ...known.examples,
          ...parameter.examples.filter((value) => !known.examples.includes(value)),
        ].slice(0, 5),
      };
  }
  return parameters.toSorted((a, b) => Number(b.in === 'path') - Number(a.in === 'path'));
}

/** `?appid=APPID&date=YYYY-MM-DD&id={id}`: words in capitals or brackets stand for the reader's own values. */
function isPlaceholderWord(value: Json): boolean {
  return (
    typeof value === 'string' &&
    /^(?:[A-Z][A-Z_\d-]{1,}|[<{[].*|x{2,}|your.*|[^\x20-\x7e]+|\.+)$/i.test(value) &&
    !/^[a-z\d]+$/.test(value)
  );
}

function parameterOf(place: Parameter['in'], field: Field): Parameter {
  return {
    name: field.path[0] ?? '',
    in: place,
    required: place === 'path' || field.required === true,
    schema: Object.keys(field.schema).length === 0 ? { type: 'string' } : field.schema,
    examples: field.example === undefined ? [] : [field.example],
    ...(field.description === '' ? {} : { description: field.description.slice(0, 500) }),
  };
}
