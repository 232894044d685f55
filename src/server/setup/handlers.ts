import { isSaid, sentence } from '../../messages/sentence.ts';
import { maskedCheck } from '../../check/answer/evidence.ts';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { schemes } from '../../auth/schemes/registry.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { SignInProposal } from '../../model/sign-in.ts';
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
import type { LoadedConfig } from '../../config/load.ts';
import { draftConfig, draftText, type SetupFolder, understood } from './draft.ts';
import { docsLogin, signInTrial } from './sign-in.ts';
import { nameFromTitle } from '../../config/docs-place.ts';

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
      const { docsCredential: given, ...draft } = understood(body, tools.root);
      const { docs, baseUrl } = draft;
      const docsLearned = await docsLogin({ ...draft, docsCredential: given }, tools, (config, work) =>
        withParts(tools, config, work),
      );
      const docsCredential = given && { ...given, options: { ...given.options, ...docsLearned } };
      const config = await draftConfig({ ...draft, docsCredential }, tools);
      return withParts(tools, config, async (parts) => {
        const scanned = await parts.scanner.scan(config.settings.services, AbortSignal.timeout(patienceMs));
        const plan = await parts.plan(scanned.documents, config.settings);
        return {
          docs,
          baseUrl,
          name: scanned.documents.map(({ title }) => nameFromTitle(title)).find((name) => name !== undefined),
          isOfUnknownCa: scanned.problems.some(({ hint }) => isSaid(hint, 'giveOwnCa')),
          isLocked: scanned.problems.some(({ code }) => code === 'document-unauthorized'),
          docsLearned,
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
          signIns: parts.signIns(scanned.documents, config.settings).map(proposalView),
          problems: [...scanned.problems, ...plan.problems],
        };
      });
    },

    async setupSignIn({ body }) {
      const draft = understood(body, tools.root);
      return signInTrial(draft, tools, (config, work) => withParts(tools, config, work));
    },

    async setupMessage({ body, language: ofPage }) {
      const draft = { docs: './openapi.yaml', webhook: body.webhook, ca: body.ca };
      const config = await draftConfig(draft, tools, ofPage);
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
        post: createPost({ network: () => settings.network }),
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

    async setupSave({ body, language }) {
      const draft = understood(body, tools.root);
      await draftConfig(draft, tools);
      const text = draftText(draft, tools, language);
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

function proposalView({ scheme, options, asks, ...source }: SignInProposal) {
  const copied = asks.map((ask) => ({ ...ask, path: [...ask.path] }));
  return { ...source, credential: { scheme, options: { ...options } }, asks: copied };
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
