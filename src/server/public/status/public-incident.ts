import type { PostKind } from '../../../model/status-post.ts';

export interface PublicPost {
  readonly kind: PostKind;
  readonly text: string;
  readonly at: number;
}

/** An incident as the public is told of it: whom it hits, since when, and what somebody has written about it. */
export interface PublicIncident {
  /** Stays the same; says nothing. */
  readonly id: string;
  /** Written by somebody; absent: nobody has. */
  readonly title?: string;
  readonly services: readonly string[];
  readonly state: 'failing' | 'degraded';
  readonly isPartial: boolean;
  /** It answers well again and has to stay so for a while. */
  readonly isRecovering: boolean;
  readonly from: number;
  readonly until?: number;
  /** Oldest first. */
  readonly posts: readonly PublicPost[];
}
