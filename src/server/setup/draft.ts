import path from 'node:path';
import { loadConfig, type LoadedConfig } from '../../config/load.ts';
import { configTemplate, schemaReference } from '../../config/template.ts';
import { typedAddress } from '../../config/typed-address.ts';
import type { Redactor } from '../../lib/secrets/secret.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Language } from '../../model/settings.ts';
import { HttpProblem } from '../http/http-problem.ts';

/** What the first-run page has asked so far. */
export interface SetupDraft {
  readonly docs: string;
  /** What the service is called; absent: after its file or host. */
  readonly name?: string;
  readonly baseUrl?: string;
  readonly webhook?: string;
  readonly credential?: DraftCredential;
  /** By what the documents are read, where they are not open to everybody. */
  readonly docsCredential?: DraftCredential;
  /** Certificates of authorities that the system does not trust, PEM. */
  readonly ca?: string;
}

export interface DraftCredential {
  readonly scheme: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Where the first run happens. */
export interface SetupFolder {
  /** The configuration that is going to be written. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly redactor: Redactor;
}

/**
 * The commented configuration that the answers make.
 *
 * @param language In which the page is used, and so people are told; absent: as by default.
 */
export function draftText(
  { docs, name, baseUrl, webhook, credential, docsCredential, ca }: SetupDraft,
  { file }: SetupFolder,
  language?: Language,
): string {
  const text = configTemplate({
    docs,
    name,
    baseUrl,
    schema: schemaReference(path.dirname(path.resolve(file))),
    webhook,
    credential,
    docsCredential,
    language,
    told: language,
    ca,
  });
  // Nobody is told yet: the line stays as a comment to be filled in.
  return webhook === undefined ? text.replace(/^(?=webhook: )/m, '# ') : text;
}

/** Addresses as they were meant. */
export function understood<D extends SetupDraft>(draft: D, root: string): D {
  const { credential, docsCredential } = draft;
  const docs = typedAddress(draft.docs, root);
  const baseUrl = draft.baseUrl === undefined ? undefined : typedAddress(draft.baseUrl, root);
  return {
    ...draft,
    docs,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(credential === undefined ? {} : { credential: withWholeUrl(credential, baseUrl ?? docs) }),
    ...(docsCredential === undefined ? {} : { docsCredential: withWholeUrl(docsCredential, docs) }),
  };
}

/** `/auth/login` is on the host that has the rest. */
function withWholeUrl({ scheme, options }: DraftCredential, base: string): DraftCredential {
  const { url } = options;
  const isPath = typeof url === 'string' && url.startsWith('/') && URL.canParse(url, base);
  return { scheme, options: isPath ? { ...options, url: new URL(url, base).href } : options };
}

/** What is filled in before an expression in a text; `$${` is none. */
const reference = /(?<!\$)\$\{\s*(?:env|file):[^}]*\}?/;

/**
 * Whoever reaches the page may be another user of this machine: what the patrol can read is not sent where the answers say.
 * Whoever owns the configuration may refer to it there.
 */
function refuseReferences(draft: SetupDraft): void {
  const found = textsIn(draft).map((text) => reference.exec(text)?.[0]);
  const what = found.find((one) => one !== undefined);
  if (what === undefined) return;
  throw new HttpProblem(422, sentence('setupTakesNothing', { what }), {
    hint: sentence('putItInFile', { what }),
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)]);
}

/** `credential/options/token` of `credentials.main.token` */
function placeInDraft(pointer: string): string {
  return pointer
    .replace(/^credentials\.main/, 'credential.options')
    .replace(/^credentials\.docs/, 'docsCredential.options')
    .replace(/^network\.ca/, 'ca')
    .replaceAll('.', '/');
}

/** The answers as a configuration that is read and checked as if it stood in the file already. */
export async function draftConfig(
  draft: SetupDraft,
  place: SetupFolder,
  language?: Language,
): Promise<LoadedConfig> {
  refuseReferences(draft);
  const self = path.resolve(place.file);
  const text = draftText(draft, place, language);
  const loaded = await loadConfig(place.file, {
    env: {},
    readFile: (file) =>
      path.resolve(file) === self
        ? Promise.resolve(text)
        : Promise.reject(new Error('not for the first run')),
  });
  if (!loaded.ok) {
    const errors = loaded.problems.map((problem) => ({
      pointer: `/body/${placeInDraft(problem.pointer ?? '')}`,
      message: problem.message,
    }));
    const [first] = loaded.problems;
    const more = { errors, hint: first?.hint };
    throw new HttpProblem(422, first?.message ?? sentence('givenNotValid'), more);
  }
  for (const secret of loaded.secrets) place.redactor.add(secret);
  return loaded;
}
