import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { validate as lint } from 'dockerfile-utils';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { root } from './image.ts';

const read = (file: string): string => readFileSync(path.join(root, 'deploy/container', file), 'utf8');

/** Of the Compose Specification (Apache-2.0), https://github.com/compose-spec/compose-spec, commit 170098ba of 23 June 2026. */
const schema = JSON.parse(readFileSync(new URL('compose-spec.json', import.meta.url), 'utf8')) as {
  $schema?: string;
};
// The address of the draft that ajv knows ends otherwise.
delete schema.$schema;
const ajv = new Ajv({ strict: false, validateFormats: false });
const isCompose = ajv.compile(schema);

interface Service {
  readonly image: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly command?: readonly string[];
  readonly profiles?: readonly string[];
}

const files = ['compose.yaml', 'compose.cluster.yaml'];
const servicesOf = (file: string): Readonly<Record<string, Service>> =>
  (parse(read(file), { merge: true }) as { services: Record<string, Service> }).services;

describe.each(files)('%s', (file) => {
  it('is what the Compose Specification allows', () => {
    isCompose(parse(read(file), { merge: true }));
    expect(isCompose.errors).toBeNull();
  });

  it('gives the patrol no rights, nothing to write but its volumes, and versions to images', () => {
    const services = Object.entries(servicesOf(file));
    for (const [, { image }] of services) expect(image).toMatch(/:\d[\w.-]*\}?$/);
    for (const [, service] of services.filter(([name]) => name !== 'database'))
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });
});

it('has two servers and a database, and two workers for whoever asks for them', () => {
  const services = Object.entries(servicesOf('compose.cluster.yaml'));
  const always = services.filter(([, { profiles }]) => profiles === undefined);
  expect(always.map(([name]) => name)).toEqual(['database', 'server-1', 'server-2']);
  const workers = services.filter(([, { profiles }]) => profiles?.includes('workers'));
  expect(workers.map(([, { command }]) => command?.slice(0, 3))).toEqual([
    ['worker', '--location', 'shanghai'],
    ['worker', '--location', 'beijing'],
  ]);
});

describe('the Dockerfile', () => {
  it('is without a complaint', () => {
    expect(lint(read('Dockerfile'))).toEqual([]);
  });

  it('names the version of its base, and what it copies is not ignored', () => {
    expect(read('Dockerfile')).toMatch(/^ARG NODE_IMAGE=\S+node:24\.\d+\.\d+-\w+-slim$/m);
    const ignored = readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n');
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    for (const file of copied.filter((one) => one !== '.')) expect(ignored).toContain(`!${file}`);
  });
});
