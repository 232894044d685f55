import { sentence } from '../../messages/sentence.ts';
import type { SharedOptions } from '../../auth/scheme.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Problem } from '../../model/problem.ts';
import { noCredential } from '../../model/settings.ts';
import { dotted, unknownNameProblem, unknownNamesIn } from './issues.ts';
import type { Written } from '../schema/schema.ts';
import { namesOf, servicesOf } from '../settings.ts';
import { locationProblems } from './locations.ts';
import type { Path, YamlFile } from '../yaml-file.ts';

/** What the schema cannot see: names that point nowhere, names given twice, forms that exclude each other. */
export function referenceProblems(written: Written, yaml: YamlFile): readonly Problem[] {
  return [
    ...formProblems(written, yaml),
    ...credentialProblems(written, yaml),
    ...chainProblems(written, yaml),
    ...fallbackProblems(written, yaml),
    ...routeProblems(written, yaml),
    ...statusPageProblems(written, yaml),
    ...headerProblems(written, yaml),
    ...locationProblems(written, yaml),
    ...goalProblems(
      written,
      { services: namesOf(servicesOf(written)), channels: channelNames(written) },
      yaml,
    ),
  ];
}

function formProblems(written: Written, yaml: YamlFile): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (code: string, message: Sentence, path: Path, hint: Sentence) =>
    problems.push({ level: 'error', code, message, ...yaml.keyPlace(path), pointer: dotted(path), hint });
  if (written.services === undefined && written.docs === undefined) {
    report('missing-key', sentence('neitherServicesNorDocs'), [], sentence('sayWhereDocuments'));
  }
  for (const key of ['docs', 'baseUrl'] as const) {
    if (written.services === undefined || written[key] === undefined) continue;
    report(
      'conflicting-keys',
      sentence('excludeEachOther', { key }),
      [key],
      sentence('moveIntoServices', { key }),
    );
  }
  if (written.webhook !== undefined && 'team' in written.channels) {
    report('conflicting-keys', sentence('webhookIsTeam'), ['webhook'], sentence('keepOne'));
  }
  const seen = new Set<string>();
  for (const [index, { name }] of (written.services ?? []).entries()) {
    if (name === undefined) continue;
    if (seen.has(name)) {
      report(
        'duplicate-name',
        sentence('servicesOfOneName', { name }),
        ['services', index, 'name'],
        sentence('renameOne'),
      );
    }
    seen.add(name);
  }
  return problems;
}

function credentialProblems(written: Written, yaml: YamlFile): readonly Problem[] {
  const defined = Object.keys(written.credentials);
  const places = (written.services ?? []).flatMap((service, index) => [
    { name: service.credential, path: ['services', index, 'credential'] },
    { name: service.docsCredential, path: ['services', index, 'docsCredential'] },
    ...service.operations.map(({ credential }, at) => ({
      name: credential,
      path: ['services', index, 'operations', at, 'credential'],
    })),
  ]);
  return places.flatMap(({ name, path }) =>
    unknown('credential', name === undefined || name === noCredential ? [] : [name], defined, [path], yaml),
  );
}

/** Credentials may need one another, but not in a circle. */
function chainProblems(written: Written, yaml: YamlFile): readonly Problem[] {
  const defined = Object.keys(written.credentials);
  const usesOf = (name: string): readonly string[] =>
    (written.credentials[name]?.options as SharedOptions | undefined)?.uses ?? [];
  const missing = defined.flatMap((name) => {
    const path: Path = ['credentials', name, 'uses'];
    return unknown(
      'credential',
      usesOf(name),
      defined,
      usesOf(name).map(() => path),
      yaml,
    );
  });
  const tokens = [...yaml.texts()].flatMap(({ text, place }) =>
    [...text.matchAll(/\{\{\s*token\.([\w-]+)/g)]
      .map((match) => match[1] ?? '')
      .filter((name) => !defined.includes(name))
      .map((name) => unknownNameProblem('credential', name, defined, [], place)),
  );
  const circles = defined
    .filter((name) => reaches(name, name, usesOf))
    .map((name): Problem => {
      const path = ['credentials', name, 'uses'];
      const message = sentence('credentialNeedsItself', { name, way: usesOf(name) });
      return { level: 'error', code: 'circle', message, ...yaml.place(path), pointer: dotted(path) };
    });
  return [...missing, ...tokens, ...circles];
}

function reaches(from: string, to: string, next: (name: string) => readonly string[]): boolean {
  const seen = new Set<string>();
  const waiting = [...next(from)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === to) return true;
    if (!seen.has(name)) waiting.push(...next(name));
    seen.add(name);
  }
  return false;
}

function channelNames(written: Written): readonly string[] {
  return [...(written.webhook === undefined ? [] : ['team']), ...Object.keys(written.channels)];
}

function fallbackProblems(written: Written, yaml: YamlFile): readonly Problem[] {
  return Object.entries(written.channels).flatMap(([name, { fallback = [] }]) => {
    const paths: readonly Path[] = fallback.map((_, at) => ['channels', name, 'fallback', at]);
    const own = paths[fallback.indexOf(name)];
    const message = sentence('channelForItself', { name });
    const loop: readonly Problem[] =
      own === undefined
        ? []
        : [{ level: 'error', code: 'circle', message, ...yaml.place(own), pointer: dotted(own) }];
    return [...unknown('channel', fallback, channelNames(written), paths, yaml), ...loop];
  });
}

function routeProblems(written: Written, yaml: YamlFile): readonly Problem[] {
  const channels = channelNames(written);
  const services = [...new Set(namesOf(servicesOf(written)))];
  const windows = written.maintenance.flatMap(({ services: of = [] }, index) => {
    return unknown(
      'service',
      of,
      services,
      of.map((_, at) => ['maintenance', index, 'services', at]),
      yaml,
    );
  });
  const routes = (written.routes ?? []).flatMap((route, index) => {
    const paths = (key: string, names: readonly string[]) => names.map((_, at) => ['routes', index, key, at]);
    const escalations = (route.escalate ?? []).flatMap(({ to }, step) =>
      unknown(
        'channel',
        to,
        channels,
        to.map((_, at) => ['routes', index, 'escalate', step, 'to', at]),
        yaml,
      ),
    );
    return [
      ...unknown('channel', route.to, channels, paths('to', route.to), yaml),
      ...escalations,
      ...unknown('service', route.services ?? [], services, paths('services', route.services ?? []), yaml),
    ];
  });
  return [...routes, ...windows];
}

/** A service that is misspelt would be on no page, and its name would stand there as it is inside. */
function statusPageProblems(written: Written, yaml: YamlFile): readonly Problem[] {
  const { services = [], names = {} } = written.server.statusPage ?? {};
  const defined = [...new Set(namesOf(servicesOf(written)))];
  const path = ['server', 'statusPage', 'names'];
  return [
    ...unknownNamesIn('service', services, defined, ['server', 'statusPage', 'services'], yaml),
    ...Object.keys(names)
      .filter((name) => !defined.includes(name))
      .map((name) => {
        const at = [...path, name];
        return unknownNameProblem('service', name, defined, at, yaml.keyPlace(at));
      }),
  ];
}

/** `token` of RFC 9110, section 5.6.2. */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;

function headerProblems(written: Written, yaml: YamlFile): readonly Problem[] {
  return (written.services ?? []).flatMap(({ headers = {} }, index) =>
    Object.keys(headers)
      .filter((name) => !headerName.test(name))
      .map((name): Problem => {
        const path = ['services', index, 'headers', name];
        const message = sentence('badHeaderName', { name });
        const hint = sentence('headerNames');
        return {
          level: 'error',
          code: 'invalid-value',
          message,
          ...yaml.keyPlace(path),
          pointer: dotted(path),
          hint,
        };
      }),
  );
}

function unknown(
  what: 'credential' | 'channel' | 'service',
  names: readonly string[],
  defined: readonly string[],
  paths: readonly Path[],
  yaml: YamlFile,
): readonly Problem[] {
  return names.flatMap((name, index) => {
    const path = paths[index] ?? [];
    return defined.includes(name) ? [] : [unknownNameProblem(what, name, defined, path, yaml.place(path))];
  });
}

/** Objectives and summaries: names that point nowhere or are given twice, objectives without a goal. */
function goalProblems(
  { slo, summaries }: Written,
  known: { readonly services: readonly string[]; readonly channels: readonly string[] },
  yaml: YamlFile,
): readonly Problem[] {
  return [
    ...slo.flatMap(({ name, services = [], availability, latency }, index): readonly Problem[] => {
      const at = ['slo', index] as const;
      const problems = [...unknownNamesIn('service', services, known.services, [...at, 'services'], yaml)];
      const named = [...at, 'name'];
      if (slo.findIndex((one) => one.name === name) !== index)
        problems.push({
          level: 'error',
          code: 'duplicate-name',
          message: sentence('objectivesOfOneName', { name }),
          ...yaml.place(named),
          pointer: dotted(named),
          hint: sentence('renameOne'),
        });
      if (availability === undefined && latency === undefined)
        problems.push({
          level: 'error',
          code: 'missing-key',
          message: sentence('objectiveWithoutGoal', { name }),
          ...yaml.place(at),
          pointer: dotted(at),
          hint: sentence('writeAvailability'),
        });
      return problems;
    }),
    ...summaries.flatMap(({ to = [] }, index) =>
      unknownNamesIn('channel', to, known.channels, ['summaries', index, 'to'], yaml),
    ),
  ];
}
