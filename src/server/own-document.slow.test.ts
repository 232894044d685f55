import { inEnglish } from '../messages/in-language.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve, type Served } from '../../test/support/served.ts';
import { loadConfig } from '../config/load.ts';
import { systemClock } from '../lib/time/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import { sha256 } from '../lib/text/text.ts';
import { buildParts } from '../app/composition.ts';
import { patrol } from '../app/run-cycle.ts';
import { inMemory } from '../store/sqlite/file/files.ts';
import { openStore } from '../store/open.ts';
import type { Result } from '../model/result.ts';
import type { Check } from '../model/check.ts';

let served: Served;
let folder: string;
const secret = 'apt_of-the-patrol-itself';

beforeAll(async () => {
  const guest = { name: 'guest', password: 'scrypt$32768$8$1$none$none', role: 'viewer' };
  served = await serve({ server: { signIn: { users: [guest] } } });
  const token = { id: 't', hash: sha256(secret), name: 'self', role: 'admin', by: 'test', createdAt: 0 };
  await served.daemon.store.people.addToken(token);
  await served.system.faults.set('orders-500', true);
  await served.cycle();
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-own-'));
}, 90_000);
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true });
});

it('patrols its own API with the document that it publishes, and finds it keeps every promise', async () => {
  const file = path.join(folder, 'apipatrol.yaml');
  const document = `${served.server.url}/api/v1/openapi.json`;
  await writeFile(
    file,
    `services:
  - { name: self, docs: "${document}", baseUrl: "${served.server.url}/api/v1", credential: own }
credentials:
  own: { scheme: bearer, token: ${secret} }
`,
  );
  const config = await loadConfig(file, { env: {} });
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  const { settings } = config;
  const tools = { clock: systemClock, log: silentLogger, redactor: new Redactor() };
  const store = await openStore(inMemory, tools);
  const parts = await buildParts({ settings, store, root: folder, env: {}, ...tools });
  const seen: [Check, Result][] = [];
  const assignment = { settings, dueAt: systemClock.now(), services: ['self'], missed: 0 };
  const report = await patrol(parts, assignment, new AbortController().signal, {
    result: (result, check) => seen.push([check, result]),
  });
  await parts.close();
  await store.close();
  expect(report.problems).toEqual([]);
  const verdicts = seen.map(([check, { verdict, reason }]) =>
    `${check.operation} ${verdict} ${inEnglish(reason.message)}`.trim(),
  );
  expect(verdicts.filter((line) => !/ pass /.test(`${line} `))).toEqual([]);
  expect(verdicts.length).toBeGreaterThan(15);
  const called = seen.map(([check]) => check.operation);
  expect(called).toContain('GET /incidents/{id}');
  expect(called).toContain('GET /operations/{id}');
});
