/** How far somebody is with an incident, or something that is no incident. */
export const postKinds = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'notice',
  'maintenance',
] as const;
export type PostKind = (typeof postKinds)[number];

/** What an operator writes on the public status page. Times are epoch ms. */
export interface StatusPost {
  readonly id: number;
  /** What it is about; absent: about no incident. */
  readonly incident?: { readonly id: string; readonly openedAt: number };
  readonly kind: PostKind;
  /** Takes the place of the incident's own; absent: that stays. */
  readonly title?: string;
  /** Of a notice or maintenance; absent: of all that is shown. */
  readonly services?: readonly string[];
  readonly text: string;
  /** Of a notice or maintenance. */
  readonly from?: number;
  readonly until?: number;
  readonly by: string;
  readonly at: number;
  readonly changedAt?: number;
}

export interface NewStatusPost extends Omit<StatusPost, 'id' | 'incident' | 'changedAt'> {
  /** Short id. */
  readonly incident?: string;
}
