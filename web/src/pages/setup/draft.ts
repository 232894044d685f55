/** What has been written into the first-run page so far. */
export interface Draft {
  readonly docs: string;
  readonly baseUrl: string;
  /** What the documents call the service. */
  readonly name?: string;
  readonly webhook: string;
  /** Absent: the interfaces need none, or it is for later. */
  readonly credential?: Credential;
  /** By what the documents are read; absent: they are open. */
  readonly docsCredential?: Credential;
  /** Certificates of authorities that the system does not trust, PEM. */
  readonly ca?: string;
}

export interface Credential {
  readonly scheme: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export const emptyDraft: Draft = { docs: '', baseUrl: '', webhook: '' };

/** What the server takes: fields without anything in them are left out. */
export function requestOf(draft: Draft) {
  const { docs, name, baseUrl, webhook, credential, docsCredential, ca = '' } = draft;
  return {
    docs: docs.trim(),
    name,
    ...(baseUrl.trim() === '' ? {} : { baseUrl: baseUrl.trim() }),
    ...(webhook.trim() === '' ? {} : { webhook: webhook.trim() }),
    credential,
    docsCredential,
    ...(ca.trim() === '' ? {} : { ca: ca.trim() }),
  };
}

/** What every step is handed. */
export interface StepProps {
  readonly number: number;
  readonly draft: Draft;
  /** The steps before it are done. */
  readonly open: boolean;
  readonly change: (changed: Partial<Draft>) => void;
  readonly done: () => void;
}
