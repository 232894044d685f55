import { trySignIn, type ProvenTrial } from '../../app/sign-in.ts';
import type { BuiltParts } from '../../app/composition.ts';
import type { ScanReport } from '../../documents/report.ts';
import type { LoadedConfig } from '../../config/load.ts';
import type { LoginReading } from '../../model/sign-in.ts';
import type { DataOf } from '../api/endpoint.ts';
import type { setupSignIn } from '../api/setup.ts';
import { draftConfig, type DraftCredential, type SetupDraft, type SetupFolder } from './draft.ts';

type Answer = DataOf<typeof setupSignIn.answer>;
type Given = SetupDraft & Required<Pick<SetupDraft, 'credential'>>;
type WithParts = <T>(config: LoadedConfig, work: (parts: BuiltParts) => Promise<T>) => Promise<T>;

const patienceMs = 60_000;

/**
 * Signs in with a credential, and proves it on an operation. Where the answer of a login has its token elsewhere than the settings
 * say, it is tried once more with what the answer itself shows.
 */
export async function signInTrial(draft: Given, folder: SetupFolder, withParts: WithParts): Promise<Answer> {
  const signal = AbortSignal.timeout(patienceMs);
  const first = await tried(draft, folder, withParts, signal);
  const learned = learnedFrom(first.trial.reading, draft.credential.options);
  const isElsewhere = first.trial.verdict !== 'verified' && ('token' in learned || 'send' in learned);
  const last = isElsewhere
    ? await tried(withOptions(draft, learned), folder, withParts, signal, first.found)
    : first;
  return answerOf(last, learned, folder);
}

/** What stands where the documents are said to be: it is read once. */
type Found = Pick<ScanReport, 'documents' | 'problems'>;

interface Tried {
  readonly trial: ProvenTrial;
  readonly found: Found;
}

async function tried(
  draft: Given,
  folder: SetupFolder,
  withParts: WithParts,
  signal: AbortSignal,
  known?: Found,
): Promise<Tried> {
  const config = await draftConfig(draft, folder);
  return withParts(config, async (parts) => {
    const { settings } = config;
    const found = known ?? (await parts.scanner.scan(settings.services, signal));
    const { checks } = await parts.plan(found.documents, settings);
    return { trial: await trySignIn(parts, settings, 'main', checks, signal), found };
  });
}

type Options = DraftCredential['options'];

/** Whatever says when a token ends. */
const lifeSettings = ['expiresIn', 'expiresAt', 'ttl'] as const;

/** What the answer shows and the settings do not say, or say otherwise. */
function learnedFrom(reading: LoginReading | undefined, options: Options): Answer['learned'] {
  const { token, success, expiresIn, isPrefixed } = reading ?? {};
  return {
    ...(token === undefined || JSON.stringify(token) === JSON.stringify(options['token']) ? {} : { token }),
    ...(success === undefined || options['success'] !== undefined ? {} : { success }),
    ...(expiresIn === undefined || lifeSettings.some((key) => options[key] !== undefined)
      ? {}
      : { expiresIn }),
    ...(isPrefixed === undefined || options['send'] !== undefined ? {} : { send: { prefix: '' } }),
  };
}

/**
 * What the answer of a login for the documents shows of its token. No operation proves it: whether the documents are shown
 * does. Nothing where the settings say where the token is.
 */
export async function docsLogin(
  draft: SetupDraft,
  folder: SetupFolder,
  withParts: WithParts,
): Promise<Answer['learned']> {
  const { docs, docsCredential } = draft;
  if (docsCredential?.scheme !== 'login' || docsCredential.options['token'] !== undefined) return {};
  if (!URL.canParse(docs)) return {};
  const config = await draftConfig(draft, folder);
  const { reading } = await withParts(config, ({ tokens }) =>
    tokens.test('docs', { method: 'GET', url: docs, headers: {} }, AbortSignal.timeout(patienceMs)),
  );
  return learnedFrom(reading, docsCredential.options);
}

function withOptions(draft: Given, learned: Options): Given {
  const { scheme, options } = draft.credential;
  return { ...draft, credential: { scheme, options: { ...options, ...learned } } };
}

function answerOf({ trial, found }: Tried, learned: Answer['learned'], { redactor }: SetupFolder): Answer {
  const { verdict, why, steps, reading, call } = trial;
  return {
    ok: verdict !== 'refused',
    verdict,
    why,
    operation: call?.operation,
    steps: steps.map(({ title, ok, details }) => ({ title, ok, details: [...details] })),
    answer: reading === undefined ? undefined : redactor.scrub(reading.shown),
    learned,
    // What is only worth knowing of the documents has been said where they were read.
    problems: found.problems.filter(({ level }) => level !== 'info'),
  };
}
