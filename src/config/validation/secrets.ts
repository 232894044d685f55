import { isSensitiveName, Secret } from '../../lib/secrets/secret.ts';
import { isObject } from '../../model/json.ts';
import type { Settings } from '../../model/settings.ts';
import type { Path, YamlFile } from '../yaml-file.ts';

/**
 * Every secret of a configuration, for the redactor: what its schemas call secret, values of headers and parameters
 * whose names say so, and the keys inside of secret addresses.
 */
export function secretsOf(settings: Settings): readonly Secret[] {
  const found: Secret[] = [];
  const visit = (value: unknown, name: string): void => {
    if (value instanceof Secret) found.push(value, ...insideOf(value.reveal()));
    else if (typeof value === 'string' && isSensitiveName(name)) found.push(new Secret(value));
    else if (Array.isArray(value)) for (const item of value) visit(item, name);
    else if (isObject(value)) for (const [key, child] of Object.entries(value)) visit(child, key);
  };
  for (const { options } of Object.values(settings.credentials)) visit(options, '');
  for (const { options } of Object.values(settings.channels)) visit(options, '');
  if (settings.heartbeat !== undefined) found.push(new Secret(settings.heartbeat));
  visit(settings.server.signIn, '');
  for (const { headers, params, overrides, network } of settings.services) {
    visit({ headers, params, overrides }, '');
    found.push(...insideOf(network?.proxy ?? ''));
  }
  return found;
}

/** Whatever is shorter is a word, a number or a switch, and would be masked wherever it stands. */
const leastFilledIn = 8;

/**
 * What headers and parameters take from the environment or a file, whatever they are called: who keeps a value out of the
 * configuration keeps it secret.
 *
 * @param data The configuration as it was written, filled in.
 */
export function filledInSecrets(data: unknown, yaml: Pick<YamlFile, 'filledIn'>): readonly Secret[] {
  const visit = (value: unknown, path: Path, isSent: boolean): readonly string[] => {
    if (Array.isArray(value)) return value.flatMap((item, no) => visit(item, [...path, no], isSent));
    if (isObject(value))
      return Object.entries(value).flatMap(([key, child]) =>
        visit(child, [...path, key], isSent || key === 'headers' || key === 'params'),
      );
    return isSent ? yaml.filledIn(path) : [];
  };
  return visit(data, [], false).flatMap((text) => {
    // An address is no secret, but what is inside of it may be.
    if (/^https?:\/\//i.test(text)) return insideOf(text);
    return text.length < leastFilledIn ? [] : [new Secret(text)];
  });
}

/** A robot's address is secret because of the key in it; logs may show the key alone. */
function insideOf(text: string): readonly Secret[] {
  if (!URL.canParse(text)) return [];
  const url = new URL(text);
  const values = [...url.searchParams].flatMap(([name, value]) => (isSensitiveName(name) ? [value] : []));
  if (url.password !== '') values.push(decodeURIComponent(url.password));
  return values.map((value) => new Secret(value));
}
