import type { Sentence } from './sentence.ts';
import type { ReasonCode } from './result.ts';

/** What a full handshake has shown of an origin's certificate. */
export interface CertificateSighting {
  readonly origin: string;
  /** Epoch ms. */
  readonly at: number;
  /** Absent: it is well. */
  readonly trouble?: CertificateTrouble;
}

export interface CertificateTrouble {
  readonly verdict: 'fail' | 'degraded';
  /** `tls`: nobody who looks at it would connect any more. */
  readonly code: Extract<ReasonCode, 'certificate' | 'tls'>;
  readonly hasExpired: boolean;
  /** `the certificate of orders.example ends in 3 days (2026-12-01, by Example CA)` */
  readonly message: Sentence;
  readonly expected?: Sentence;
  readonly found?: Sentence;
}
