import type { core } from 'zod';
import { isStandIn, otherStandIns } from './interpolate.ts';
import type { Registries } from './registries.ts';
import type { configSchema } from './schema/schema.ts';

type Kinds = Registries['channels'];
type ConfigSchema = ReturnType<typeof configSchema>;

/**
 * With stand-ins that fit: as an address of another kind, a word, or what a channel gives as an example; without those that are
 * no number, no choice or no span of time where one has to be.
 */
export function withFittingStandIns(data: unknown, schema: ConfigSchema, kinds: Kinds): unknown {
  const fitted = otherStandIns.reduce(
    (rest: unknown, standIn) => atUnfit(rest, schema, (one, at) => changed(one, at, () => [standIn])),
    data,
  );
  return atUnfit(fitted, schema, (rest, at) => changed(rest, at, () => exampleAt(rest, at, kinds)));
}

/** Whether a text is a channel's example. */
export function isExample(text: string, kinds: Kinds): boolean {
  return kinds.some(({ examples: [example] }) => Object.values(example).includes(text));
}

function exampleAt(data: unknown, at: Place, kinds: Kinds): readonly unknown[] {
  const [place, name = '', key = ''] = at;
  const channel = place === 'channels' ? at.slice(0, 2).reduce<unknown>(valueAt, data) : undefined;
  const kind = kinds.find((one) => isContainer(channel) && one.kind === channel['kind']);
  const example: unknown = kind?.examples[0];
  return name === '' || !isContainer(example) || example[key] === undefined ? [] : [example[key]];
}

function valueAt(value: unknown, key: PropertyKey): unknown {
  return isContainer(value) ? value[key] : undefined;
}

type Place = readonly PropertyKey[];

function atUnfit(
  data: unknown,
  schema: ConfigSchema,
  change: (rest: unknown, at: Place) => unknown,
): unknown {
  const { error } = schema.safeParse(data);
  return (error?.issues ?? []).flatMap(placesOf).reduce((rest, at) => {
    const unfit = at.reduce<unknown>(valueAt, rest);
    return typeof unfit === 'string' && isStandIn(unfit) ? change(rest, at) : rest;
  }, data);
}

/** Of what may be of several forms, those of each. */
function placesOf(issue: core.$ZodIssue): readonly Place[] {
  if (issue.code !== 'invalid_union') return [issue.path];
  const below = issue.errors.flat().flatMap(placesOf);
  return [issue.path, ...below.map((at) => [...issue.path, ...at])];
}

function isContainer(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** With what `value` yields in its place: one value, or none. */
function changed(data: unknown, [key, ...rest]: Place, value: () => readonly unknown[]): unknown {
  const change = (item: unknown) => (rest.length === 0 ? value() : [changed(item, rest, value)]);
  if (Array.isArray(data))
    return data.flatMap((item: unknown, index) => (index === key ? change(item) : [item]));
  if (!isContainer(data)) return data;
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, item]) =>
      name === key ? change(item).map((one) => [name, one] as const) : [[name, item] as const],
    ),
  );
}
