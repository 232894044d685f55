import type { Plan } from '../../src/model/check.ts';
import type { Document, Operation, Parameter } from '../../src/model/document.ts';
import type { Settings, ServiceSettings } from '../../src/model/settings.ts';
import { CredentialHosts } from '../../src/plan/request/credential-hosts.ts';
import { makePlan, type PlanOptions } from '../../src/plan/plan.ts';

/** Inputs of the planner with everything that a test does not care about filled in. */
export function aService(given: Partial<ServiceSettings> = {}): ServiceSettings {
  return {
    name: 'orders',
    docs: ['/docs/orders.yaml'],
    root: '/docs',
    baseUrl: 'https://orders.internal',
    headers: {},
    owners: [],
    intervalMs: 900_000,
    timeouts: { connectMs: 3000, firstByteMs: 10_000, totalMs: 15_000 },
    retries: 2,
    severity: 'major',
    latency: { p95Ms: 2000 },
    params: {},
    expect: [],
    overrides: [],
    ...given,
  };
}

/** `anOperation('GET /orders/{id}')`; parameters of the path are declared as required texts. */
export function anOperation(key: string, given: Partial<Operation> = {}): Operation {
  const [method, path] = key.split(' ') as [Operation['method'], string];
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return {
    key,
    method,
    path,
    tags: [],
    deprecated: false,
    servers: [],
    parameters: names.map((name) => aParameter(name, 'path')),
    responses: [{ status: '200', media: [{ contentType: 'application/json', schema: {}, examples: [] }] }],
    extensions: {},
    pointer: `/paths/${path.replaceAll('/', '~1')}/${method.toLowerCase()}`,
    ...given,
  };
}

export function aParameter(
  name: string,
  place: Parameter['in'] = 'query',
  given: Partial<Parameter> = {},
): Parameter {
  return { name, in: place, required: true, schema: { type: 'string' }, examples: [], ...given };
}

export function aDocument(operations: readonly Operation[], given: Partial<Document> = {}): Document {
  return {
    id: 'orders:docs/orders.yaml',
    service: 'orders',
    uri: 'docs/orders.yaml',
    format: 'openapi-3.1',
    title: 'Orders',
    contentHash: 'abc',
    dialect: '2020-12',
    operations,
    securitySchemes: {},
    schemas: {},
    problems: [],
    ...given,
  };
}

export interface PlanInput {
  readonly documents?: readonly Document[];
  readonly services?: readonly ServiceSettings[];
  readonly credentials?: Settings['credentials'];
  readonly options?: Partial<PlanOptions>;
}

export const noon = Date.UTC(2026, 0, 15, 12);

export function planFor(input: PlanInput): Plan {
  const services = input.services ?? [aService()];
  return makePlan(
    input.documents ?? [],
    { services, credentials: input.credentials ?? {}, language: 'zh' },
    {
      now: noon,
      version: '1.2.3',
      satisfies: () => ['bearer'],
      hosts: new CredentialHosts(services, () => []),
      readExpectation: (kind, settings) => ({ kind, settings }),
      ...input.options,
    },
  );
}

/** The plan of a single operation of an otherwise ordinary service. */
export function planOf(
  operation: Operation,
  service: Partial<ServiceSettings> = {},
  rest: PlanInput = {},
): Plan {
  return planFor({ documents: [aDocument([operation])], services: [aService(service)], ...rest });
}
