import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, PersistentVolumeClaim, Service, ServiceAccount } from 'kubernetes-models/v1';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { hashPassword } from '../../src/server/access/password.ts';
import { root } from './image.ts';

/** `.ci/run` takes it out of an npm package. */
const helm = process.env['HELM'] ?? 'helm';
const hasHelm = spawnSync(helm, ['version']).status === 0;
if (!hasHelm) process.stderr.write('SKIPPED: the chart cannot be rendered here, because there is no helm\n');

const chart = path.join(root, 'deploy/helm/apipatrol');

/** Their schemas are those of the API server. */
const kinds = {
  ConfigMap,
  Deployment,
  Ingress,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
  ServiceMonitor,
  StatefulSet,
};

interface Manifest {
  readonly kind: keyof typeof kinds;
  readonly metadata: { readonly name: string };
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly [member: string]: any;
}

/**
 * What validates goes through the members that it knows, and through all of a mapping with any names: what it has not read is misspelt.
 * Throws what it throws.
 */
function unread(manifest: { validate(): void }): readonly string[] {
  const seen = new Set<string>();
  const watch = (value: object, at: string): object =>
    new Proxy(value, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof name !== 'string' || !Object.hasOwn(target, name)) return member;
        const place = `${at}/${name}`;
        seen.add(place);
        return isAnObject(member) ? watch(member, place) : member;
      },
    });
  (watch(manifest, '') as typeof manifest).validate();
  const unseenIn = (value: object, at: string): readonly string[] =>
    Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
      const place = `${at}/${name}`;
      if (!seen.has(place)) return [place];
      return isAnObject(member) ? unseenIn(member, place) : [];
    });
  return unseenIn(manifest, '');
}

const isAnObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function run(args: readonly string[], values: unknown): { readonly out: string; readonly err: string } {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'apipatrol-chart-')), 'values.yaml');
  writeFileSync(file, stringify(values));
  const { stdout, stderr } = spawnSync(helm, [...args, '--values', file], { encoding: 'utf8' });
  return { out: stdout, err: stderr };
}

function rendered(values: unknown): readonly Manifest[] {
  const { out, err } = run(['template', 'patrol', chart], values);
  if (err !== '') throw new Error(err);
  return parseAllDocuments(out).flatMap((one) => (one.toJS() as Manifest | null) ?? []);
}

const only = (manifests: readonly Manifest[], kind: Manifest['kind']): Manifest | undefined =>
  manifests.find((one) => one.kind === kind);

const signIn = { users: [{ name: 'admin', password: '${env:ADMIN_HASH}', role: 'admin' }] };
const services = [{ name: 'orders', docs: './orders.yaml', baseUrl: 'http://orders' }];
const embedded = { config: { services, server: { signIn } }, files: { 'orders.yaml': 'openapi: 3.0.3\n' } };
const address = 'postgres://patrol:${env:DATABASE_PASSWORD}@db/patrol';
const ha = {
  ...embedded,
  mode: 'ha',
  key: { existingSecret: 'patrol-key' },
  database: { url: address, existingSecret: 'patrol-database' },
};
const everything = {
  ...ha,
  replicaCount: 3,
  image: { digest: `sha256:${'0'.repeat(64)}` },
  imagePullSecrets: [{ name: 'registry' }],
  secretEnv: ['patrol-webhooks'],
  secretFiles: 'patrol-files',
  extraEnv: [{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }],
  service: { annotations: { a: 'b' } },
  ingress: {
    enabled: true,
    className: 'nginx',
    annotations: { a: 'b' },
    host: 'patrol.example',
    tlsSecret: 'tls',
  },
  networkPolicy: {
    from: [{ namespaceSelector: { matchLabels: { name: 'ingress' } } }],
    egress: [{ ports: [{ protocol: 'TCP', port: 443 }] }],
  },
  serviceMonitor: { enabled: true, labels: { release: 'prometheus' }, tokenSecret: { name: 'patrol-token' } },
  serviceAccount: { annotations: { a: 'b' } },
  podAnnotations: { a: 'b' },
  podLabels: { team: 'sre' },
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ key: 'a', operator: 'Exists' }],
  affinity: { nodeAffinity: {} },
  priorityClassName: 'high',
  workers: [
    { location: 'shanghai', tokenSecret: { name: 'worker-shanghai' } },
    {
      location: 'beijing',
      tokenSecret: { name: 'worker-beijing', key: 'join' },
      server: ['https://patrol.example'],
    },
  ],
};

it('finds what Kubernetes would not know, or not take', () => {
  const claim = (spec: object) => new PersistentVolumeClaim({ metadata: { name: 'a' }, spec });
  expect(unread(claim({ storageClasName: 'a' }))).toEqual(['/spec/storageClasName']);
  expect(() => unread(claim({ accessModes: 'ReadWriteOnce' }))).toThrow('must be array');
});

describe.runIf(hasHelm)('the chart', () => {
  it.each([
    ['as it is', {}],
    ['with a file', embedded],
    [
      'with a claim and a map of others',
      { existingConfigMap: 'mine', persistence: { existingClaim: 'mine' } },
    ],
    ['with PostgreSQL', ha],
    ['with everything', everything],
  ])('%s: without a complaint, and what Kubernetes takes', (_, values) => {
    expect(run(['lint', '--strict', chart], values).err).toBe('');
    for (const manifest of rendered(values)) {
      const Kind = kinds[manifest.kind];
      expect(unread(new Kind(manifest as never))).toEqual([]);
    }
  });

  it('has one patrol with a file, or several on PostgreSQL of which one at least stays', () => {
    const one = rendered(embedded);
    expect(only(one, 'StatefulSet')).toMatchObject({ spec: { replicas: 1 } });
    expect(only(one, 'Deployment')).toBeUndefined();
    expect(only(one, 'PodDisruptionBudget')).toBeUndefined();
    const several = rendered(ha);
    expect(only(several, 'Deployment')).toMatchObject({ spec: { replicas: 2 } });
    expect(only(several, 'PodDisruptionBudget')).toMatchObject({ spec: { minAvailable: 1 } });
  });

  it('lets what it runs do no more than the image needs', () => {
    for (const { spec } of rendered(everything).filter(({ kind }) => kind === 'Deployment')) {
      const pod = spec.template.spec;
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532, fsGroup: 65532 });
      expect(pod.containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(pod.containers[0].image).toMatch(/@sha256:/);
    }
  });

  it('selects the pods that it makes, and of servers and workers the right ones', () => {
    const manifests = rendered(everything);
    const pods = manifests.filter(({ kind }) => kind === 'Deployment');
    const labelsOf = ({ spec }: Manifest) => spec.template.metadata.labels as Record<string, string>;
    const isIn = (selector: Readonly<Record<string, string>>) => (one: Manifest) =>
      Object.entries(selector).every(([name, value]) => labelsOf(one)[name] === value);
    for (const pod of pods) expect(pods.filter(isIn(pod['spec'].selector.matchLabels))).toEqual([pod]);
    const servers = pods.filter((one) => labelsOf(one)['app.kubernetes.io/component'] === 'server');
    expect(servers).toHaveLength(1);
    for (const [kind, select] of [
      ['Service', (one: Manifest) => one['spec'].selector],
      ['PodDisruptionBudget', (one: Manifest) => one['spec'].selector.matchLabels],
      ['NetworkPolicy', (one: Manifest) => one['spec'].podSelector.matchLabels],
    ] as const) {
      const found = only(manifests, kind);
      expect(pods.filter(isIn(found === undefined ? {} : select(found)))).toEqual(servers);
    }
  });

  it.each([
    ['a file', embedded, '/data/patrol.db'],
    ['PostgreSQL', ha, address.replace('${env:DATABASE_PASSWORD}', 'pw')],
  ])('with %s has a configuration that the patrol takes', async (_, values, store) => {
    const text = only(rendered(values), 'ConfigMap')?.['data']['apipatrol.yaml'] as string;
    const loaded = await loadConfig('/etc/apipatrol/apipatrol.yaml', {
      env: {
        ADMIN_HASH: await hashPassword('geheim'),
        DATABASE_PASSWORD: 'pw',
        APIPATROL_KEY: 'k'.repeat(16),
      },
      readFile: () => Promise.resolve(text),
    });
    if (!loaded.ok) throw new Error(stringify(loaded.problems));
    expect(loaded.settings.server.host).toBe('0.0.0.0');
    expect([loaded.settings.store.path, loaded.settings.store.url?.reveal()]).toContain(store);
  });

  it('is documented with values that it takes', () => {
    const guide = readFileSync(path.join(root, 'docs/guide/deploy.md'), 'utf8');
    const values: unknown = parse(/^# values\.yaml\n[^`]*/m.exec(guide)?.[0] ?? '');
    expect(only(rendered(values), 'StatefulSet')).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'registry.example/apipatrol:0.2.0' }] } } },
    });
  });

  it('leaves what the values say of host and store as it is', () => {
    const values = { config: { server: { port: 9000 }, store: { path: '/data/other.db', retention: '7d' } } };
    const text = only(rendered(values), 'ConfigMap')?.['data']['apipatrol.yaml'] as string;
    expect(parse(text)).toEqual({
      server: { host: '0.0.0.0', port: 9000 },
      store: { path: '/data/other.db', retention: '7d' },
    });
  });

  it.each([
    ['mode ha without a key', { ...ha, key: {} }, 'key/existingSecret'],
    ['mode ha without an address', { ...ha, database: {} }, 'mode ha needs database.url'],
    [
      'a password in the address',
      { database: { url: 'postgres://patrol:geheim@db/patrol' } },
      '/database/url',
    ],
    ['a key that is not known', { replicas: 2 }, "'replicas' not allowed"],
    [
      'a location that is no name',
      { workers: [{ location: 'A b', tokenSecret: { name: 't' } }] },
      '/workers/0/location',
    ],
    ['a second configuration among the files', { files: { 'apipatrol.yaml': '' } }, 'apipatrol.yaml'],
  ])('refuses %s', (_, values, said) => {
    expect(run(['template', 'patrol', chart], values).err).toContain(said);
  });

  it('has the version of the program', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(parse(readFileSync(path.join(chart, 'Chart.yaml'), 'utf8'))).toMatchObject({
      version,
      appVersion: version,
    });
  });
});
