import { readFile } from 'node:fs/promises';
import { isSensitiveName } from '../lib/secrets/secret.ts';
import { isSecretSent } from '../lib/secrets/sent-secrets.ts';
import { isSecretHeader } from '../lib/secrets/token-segments.ts';
import { isObject } from '../model/json.ts';
import type { Shape } from './validation/conform.ts';
import { builtIn, type Registries } from './registries.ts';
import { configSchema } from './schema/schema.ts';
import { rootShape } from './tagged.ts';
import { type Path, YamlFile } from './yaml-file.ts';

/** One value of a configuration, as it was written; secrets are `***`. */
export interface ConfigValue {
  /** `services[0].baseUrl` */
  readonly path: string;
  readonly value: unknown;
  readonly origin:
    | { readonly kind: 'default' }
    | { readonly kind: 'file'; readonly line: number; readonly column: number };
}

/** Below these keys of a credential stands what it sends. */
const sent: ReadonlySet<PropertyKey> = new Set(['json', 'form', 'multipart', 'parameters', 'values']);

const expression = /^\$\{(?:env|file):[^}]*\}$/;

/**
 * Every value of a configuration file with its place, and every default that it leaves as it is, in the order of
 * the reference. References to the environment and to files are shown as they were written.
 */
export async function configOrigins(
  file: string,
  registries: Registries = builtIn,
): Promise<readonly ConfigValue[]> {
  const yaml = YamlFile.parse(file, await readFile(file, 'utf8'));
  if (!(yaml instanceof YamlFile)) return [];
  const raw = yaml.data();
  if ('problem' in raw) return [];
  const values: ConfigValue[] = [];
  const put = (path: Path, value: unknown, isSecret: boolean): void => {
    const { line, column } = yaml.place(path);
    values.push({
      path: written(path),
      value: isSecret ? masked(value) : value,
      origin: { kind: 'file', line, column },
    });
  };
  const walk = (value: unknown, shape: Shape, path: Path, isSecret: boolean): void => {
    const own = alternativeFor(shape, value);
    const hidden =
      isSecret ||
      own.format === 'secret' ||
      (!isNamedSection(value, own) && !isPlace(value) && isSensitiveName(String(path.at(-1)))) ||
      isSentSecret(value, path) ||
      isHeaderSecret(value, path);
    if (Array.isArray(value) && value.some(isObject)) {
      const { items } = own;
      for (const [index, item] of value.entries())
        walk(item, (Array.isArray(items) ? items[index] : items) ?? {}, [...path, index], hidden);
      return;
    }
    if (!isObject(value)) {
      put(path, value, hidden);
      return;
    }
    const properties = own.properties ?? {};
    const rest = typeof own.additionalProperties === 'object' ? own.additionalProperties : {};
    const keys = new Set([...Object.keys(properties), ...Object.keys(value)]);
    for (const key of keys) {
      const next = properties[key] ?? rest;
      if (Object.hasOwn(value, key)) walk(value[key], next, [...path, key], hidden);
      else putDefaults(next, [...path, key], values);
    }
  };
  walk(raw.data, shapeOf(registries), [], false);
  return values;
}

/** What a sign-in sends is secret by another rule than what the configuration calls by names of its own. */
function isSentSecret(value: unknown, path: Path): boolean {
  if (path[0] !== 'credentials' || (typeof value !== 'string' && typeof value !== 'number')) return false;
  const isSent = path.slice(2).some((key) => sent.has(key));
  return isSent && isSecretSent(String(path.findLast((key) => typeof key === 'string')), String(value));
}

function isHeaderSecret(value: unknown, path: Path): boolean {
  if (path.at(-2) !== 'headers' || (typeof value !== 'string' && typeof value !== 'number')) return false;
  return isSecretHeader(String(path.at(-1)), String(value), path[0] === 'credentials');
}

/** A credential called `apiKey` is not a secret; what is in it says for itself what it is. */
function isNamedSection(value: unknown, shape: Shape): boolean {
  return isObject(value) && shape.properties !== undefined;
}

/** `token: $.data.token` says where a secret is. */
function isPlace(value: unknown): boolean {
  return typeof value === 'string' && /^\$[.[]/.test(value);
}

const shapes = new WeakMap<Registries, Shape>();

/** Building it takes far longer than walking along it. */
function shapeOf(registries: Registries): Shape {
  let shape = shapes.get(registries);
  if (shape === undefined) {
    shape = rootShape(configSchema(registries)) as Shape;
    shapes.set(registries, shape);
  }
  return shape;
}

/** What holds although nobody wrote it. */
function putDefaults(shape: Shape, path: Path, values: ConfigValue[]): void {
  if (shape.default !== undefined && !isEmptySection(shape.default)) {
    values.push({ path: written(path), value: shape.default, origin: { kind: 'default' } });
    return;
  }
  if (shape.default === undefined) return;
  for (const [key, child] of Object.entries(shape.properties ?? {}))
    putDefaults(child, [...path, key], values);
}

function isEmptySection(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

/** Of several shapes the one whose constants the value has. */
function alternativeFor(shape: Shape, value: unknown): Shape {
  const options = shape.oneOf ?? shape.anyOf;
  if (options === undefined) return shape;
  const fits = (one: Shape): boolean => {
    if (Array.isArray(value)) return one.type === 'array' || one.items !== undefined;
    if (!isObject(value))
      return one.type !== 'object' && one.type !== 'array' && one.properties === undefined;
    if (one.oneOf !== undefined || one.anyOf !== undefined) return (one.oneOf ?? one.anyOf ?? []).some(fits);
    return Object.entries(one.properties ?? {}).every(
      ([key, child]) => child.const === undefined || child.const === value[key],
    );
  };
  const found = options.find(fits);
  return found === undefined ? shape : alternativeFor(found, value);
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return expression.test(value) ? value : '***';
  if (Array.isArray(value)) return value.map(masked);
  return value === null || typeof value === 'boolean' ? value : '***';
}

function written(path: Path): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
