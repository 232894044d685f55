import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** So many services, each with a document of its own. */
export interface Extent {
  readonly services: number;
  readonly operationsEach: number;
  /** All behind one gateway; else each has a host of its own. */
  readonly isOneHost?: boolean;
  readonly intervalS: number;
}

/**
 * A folder with documents and a configuration, made as it is needed. Hosts are addresses of 127.0.0.0/8, all of which
 * lead to the target at that port.
 */
export async function makeWorld(extent: Extent, port: number): Promise<string> {
  const { services, isOneHost, intervalS } = extent;
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-bench-'));
  await mkdir(path.join(folder, 'docs'));
  for (let no = 0; no < services; no++)
    await writeFile(path.join(folder, `docs/${no}.json`), JSON.stringify(documentOf(extent, no)));
  const hostOf = (no: number): string => (isOneHost === true ? '127.0.0.1' : `127.1.${no >> 8}.${no & 255}`);
  const config = {
    interval: `${intervalS}s`,
    limits: { concurrency: 64, perOrigin: 64, ratePerOrigin: 5000 },
    services: Array.from({ length: services }, (_, no) => ({
      name: `service-${no}`,
      docs: `./docs/${no}.json`,
      baseUrl: `http://${hostOf(no)}:${port}`,
    })),
    webhook: `http://127.0.0.1:${port}/cgi-bin/webhook/send?key=abcdef01-2345-6789-abcd-ef0123456789`,
  };
  // JSON is YAML.
  await writeFile(path.join(folder, 'apipatrol.yaml'), JSON.stringify(config));
  return folder;
}

/** As a detail view of each of many resources: an answer with a schema that the document has once. */
function documentOf({ operationsEach }: Extent, no: number): object {
  const schema = { $ref: '#/components/schemas/Order' };
  const responses = { 200: { description: 'ok', content: { 'application/json': { schema } } } };
  const paths = Array.from({ length: operationsEach }, (_, index) => {
    const id = no * operationsEach + index;
    return [`/orders/${id}`, { get: { operationId: `getOrder${id}`, tags: [`team-${no}`], responses } }];
  });
  const order = {
    type: 'object',
    required: ['id', 'status', 'total'],
    properties: { id: { type: 'integer' }, status: { type: 'string' }, total: { type: 'number' } },
  };
  return {
    openapi: '3.1.0',
    info: { title: `Service ${no}`, version: '1' },
    paths: Object.fromEntries(paths),
    components: { schemas: { Order: order } },
  };
}
