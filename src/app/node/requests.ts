import { messageOf } from '../../lib/errors.ts';
import type { Result } from '../../model/result.ts';
import type { AtRest } from '../../work/sealing.ts';
import type { Daemon } from '../daemon.ts';
import { signerOf } from '../locations/desk.ts';
import { signPassedOn } from './passed-on.ts';

/** What a follower asks of the leader, JSON. */
export type Request =
  | { readonly kind: 'run-now'; readonly service?: string | undefined }
  | { readonly kind: 'check-now'; readonly checkId: string }
  | { readonly kind: 'forget'; readonly credential?: string | undefined }
  | { readonly kind: 'retry'; readonly credential: string }
  | { readonly kind: 'look-now'; readonly services?: readonly string[] | undefined }
  /** For workers; `sealed`: a bundle, base64. */
  | { readonly kind: 'sign'; readonly sealed: string }
  | { readonly kind: 'reload' | 'wake' };

/** What became of it, JSON. */
export interface Answer {
  readonly result?: Result | undefined;
  readonly sealed?: string;
  /** It went wrong. */
  readonly problem?: string;
}

export async function answerTo(
  request: Request,
  daemon: Daemon,
  atRest: AtRest,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    switch (request.kind) {
      case 'run-now':
        daemon.runNow(request.service);
        break;
      case 'check-now':
        return { result: await daemon.checkNow(request.checkId) };
      case 'forget':
        daemon.tokens.forget(request.credential);
        break;
      case 'retry':
        await daemon.tokens.retry(request.credential, signal);
        break;
      case 'sign':
        return { sealed: await signPassedOn(request.sealed, signerOf(daemon.tokens), atRest, signal) };
      case 'reload':
        await daemon.reload();
        break;
      case 'look-now':
        daemon.lookNow(request.services);
        break;
      case 'wake':
        daemon.sender.wake();
        break;
    }
    return {};
  } catch (error) {
    return { problem: messageOf(error) };
  }
}
