import { sentence } from '../../messages/sentence.ts';
import { maskedCheck } from '../../check/answer/evidence.ts';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { schemes } from '../../auth/schemes/registry.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { createPost } from '../../notify/delivery/post.ts';
import type { Address } from '../../notify/channels/channel.ts';
import { channels } from '../../notify/channels/registry.ts';
import { preview } from '../../notify/test-message/preview.ts';
import { sendTestMessage } from '../../notify/test-message/test-message.ts';
import { type BuiltParts, buildParts } from '../../app/composition.ts';
import { mayBlameAtFirstSight } from '../../app/cycle/without-memory.ts';
import { inMemory } from '../../store/sqlite/file/files.ts';
import { openStore } from '../../store/open.ts';
import { packageVersion } from '../../lib/version.ts';
import type { endpoints } from '../api/endpoints.ts';
import type { Handlers } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { loadConfig, type LoadedConfig } from '../../config/load.ts';
import { stringify } from 'yaml';
import { configTemplate, schemaReference } from '../../config/template.ts';
import type { Redactor } from '../../lib/secrets/secret.ts';

export interface SetupTools extends SetupFolder {
  /** The working folder. */
  readonly root: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** The configuration has been written. */
  saved(): void;
}

const patienceMs = 60_000;
const shownOperations = 200;

type Keys = Extract<keyof typeof endpoints, `setup${string}`> | 'getMeta' | 'getSession';

export function setupHandlers(tools: SetupTools): Handlers<Keys> {
  return {
    getMeta: () => ({
      version: packageVersion(),
      language: 'zh',
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      setup: true,
      signIn: [],
      statusPage: false,
    }),

    getSession: ({ caller: { name, role, via } }) => ({ user: name, role, via, csrf: '' }),

    setupSchemes: () => ({
      items: schemes.map(({ kind, title, summary, options, example }) => ({
        kind,
        title: { $say: title },
        summary,
        example,
        schema: z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }),
      })),
    }),

    setupChannels: () => ({
      items: channels.flatMap(({ kind, title, address }) =>
        address === undefined ? [] : [{ kind, title: { $say: title }, ...addressView(address) }],
      ),
    }),

    async setupScan({ body }) {
      const config = await draftConfig(body, tools);
      return withParts(tools, config, async (parts) => {
        const scanned = await parts.scanner.scan(config.settings.services, AbortSignal.timeout(patienceMs));
        const plan = await parts.plan(scanned.documents, config.settings);
        const kinds = scanned.documents.flatMap(({ securitySchemes }) =>
          Object.values(securitySchemes).map(({ kind }) => kind),
        );
        return {
          documents: scanned.documents.map(({ uri, title, format, operations }) => ({
            uri,
            title,
            format,
            operations: operations.length,
          })),
          checks: plan.checks
            .slice(0, shownOperations)
            .map((check) => maskedCheck(check, tools.redactor))
            .map(({ operation, request }) => ({ operation, url: request.url })),
          checkCount: plan.checks.length,
          skipped: plan.skipped.slice(0, shownOperations).map(({ operation, code, reason, hint }) => ({
            operation,
            code,
            reason,
            hint,
          })),
          skippedCount: plan.skipped.length,
          schemes: [...new Set(kinds)],
          problems: [...scanned.problems, ...plan.problems],
        };
      });
    },

    async setupSignIn({ body }) {
      const config = await draftConfig(body, tools);
      return withParts(tools, config, async (parts) => {
        const signal = AbortSignal.timeout(patienceMs);
        const scanned = await parts.scanner.scan(config.settings.services, signal);
        const { checks } = await parts.plan(scanned.documents, config.settings);
        const sample = checks.find(({ credential }) => credential === 'main')?.request ?? plainSample(body);
        const steps = await parts.tokens.test('main', sample, signal);
        return {
          ok: steps.every(({ ok }) => ok),
          steps: steps.map(({ title, ok, details }) => ({ title, ok, details: [...details] })),
          problems: [...scanned.problems],
        };
      });
    },

    async setupMessage({ body }) {
      const config = await draftConfig({ docs: './openapi.yaml', webhook: body.webhook }, tools);
      const { settings } = config;
      const [channel] = Object.values(settings.channels);
      if (channel === undefined) throw new HttpProblem(422, sentence('webhookUnknown'));
      const { clock, redactor } = tools;
      const { language, timeZone } = settings;
      const about = { scenario: 'failure', language, timeZone } as const;
      const shown = await preview(channel, { ...about, at: clock.now() });
      const trial = await sendTestMessage(channel, {
        ...about,
        mentions: [],
        post: createPost(),
        clock,
        redactor,
      });
      const failed = trial.steps.find(({ ok }) => !ok);
      return {
        ok: trial.ok,
        shown: [...shown.messages],
        ...(failed === undefined
          ? {}
          : {
              problem: { message: failed.text, hint: failed.hint },
            }),
      };
    },

    async setupSave({ body }) {
      await draftConfig(body, tools);
      const text = draftText(body, tools);
      const file = path.resolve(tools.file);
      try {
        // It may hold secrets; and what somebody else has written meanwhile is theirs.
        await writeFile(file, text, { flag: 'wx', mode: 0o600 });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        throw new HttpProblem(409, sentence('isThere', { file }));
      }
      tools.saved();
      return { file, text: tools.redactor.scrub(text) };
    },
  };
}

function addressView({ form, example, found }: Address) {
  return { form: form.source, example, found };
}

/** On a store in memory: trying leaves no trace. */
async function withParts<T>(
  { clock, log, redactor, root, env }: SetupTools,
  { settings }: LoadedConfig,
  work: (parts: BuiltParts) => Promise<T>,
): Promise<T> {
  const store = await openStore(inMemory, { clock, log });
  const parts = await buildParts({
    settings,
    store,
    clock,
    log,
    redactor,
    root,
    env,
    mayBlame: mayBlameAtFirstSight,
  });
  try {
    return await work(parts);
  } finally {
    await parts.close();
    await store.close();
  }
}

/** When no operation needs the credential: where its token would be shown to nobody. */
function plainSample({ baseUrl }: SetupDraft): OutgoingRequest {
  return { method: 'GET', url: baseUrl ?? 'https://api.example/', headers: {} };
}

/** What the first-run page has asked so far. */
interface SetupDraft {
  readonly docs: string;
  readonly baseUrl?: string;
  readonly webhook?: string;
  readonly credential?: { readonly scheme: string; readonly options: Readonly<Record<string, unknown>> };
}

/** Where the first run happens. */
interface SetupFolder {
  /** The configuration that is going to be written. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly redactor: Redactor;
}

/** The commented configuration that the answers make. */
function draftText({ docs, baseUrl, webhook, credential }: SetupDraft, { file }: SetupFolder): string {
  const text = configTemplate({
    docs,
    schema: schemaReference(path.dirname(path.resolve(file))),
    webhook,
    credential,
  });
  const withBase =
    baseUrl === undefined
      ? text
      : text.replace(/^ {4}# baseUrl:.*$/m, () => `    baseUrl: ${stringify(baseUrl).trim()}`);
  // Nobody is told yet: the line stays as a comment to be filled in.
  return webhook === undefined ? withBase.replace(/^(?=webhook: )/m, '# ') : withBase;
}

/** The answers as a configuration that is read and checked as if it stood in the file already. */
async function draftConfig(draft: SetupDraft, place: SetupFolder): Promise<LoadedConfig> {
  const self = path.resolve(place.file);
  const text = draftText(draft, place);
  const loaded = await loadConfig(place.file, {
    env: place.env,
    readFile: async (file) => (path.resolve(file) === self ? text : readFile(file, 'utf8')),
  });
  if (!loaded.ok) {
    const errors = loaded.problems.map((problem) => ({
      pointer: `/body/${(problem.pointer ?? '').replace(/^credentials\.main/, 'credential.options').replaceAll('.', '/')}`,
      message: problem.message,
    }));
    const [first] = loaded.problems;
    const more = { errors, hint: first?.hint };
    throw new HttpProblem(422, first?.message ?? sentence('givenNotValid'), more);
  }
  for (const secret of loaded.secrets) place.redactor.add(secret);
  return loaded;
}
