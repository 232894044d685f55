import path from 'node:path';
import { globSync } from 'tinyglobby';
import type { MessageContent } from '../../../model/message.ts';
import type { ChannelKind, PostResponse } from '../channel.ts';
import { channels } from '../registry.ts';
import type { StandIn } from './stand-in.fixture.ts';

/** What the suites that every channel passes have to know of one: the `trial` of its `<kind>.trial.fixture.ts`. */
export interface ChannelTrial {
  /** Starts a server that answers as the vendor's does; `now`, epoch ms, is its clock. */
  standIn(now: () => number): Promise<StandIn>;
  /** What its markup acts on: none of it may come from a monitored system. */
  readonly acts?: RegExp;
  /**
   * It shows the headline in a place of its own, the first line of what is seen, where what `acts` elsewhere is plain text
   * and stands as it came. Not for channels whose title is escaped, nor for those that are plain text throughout.
   */
  readonly hasTitle?: true;
  /** Its success is a status: it cannot tell a sign-in page from a receiver. */
  readonly byStatus?: true;
  /** Programs read it, not people: an address in it is data. */
  readonly forPrograms?: true;
  /** What is wrong with a part, whatever a monitored system has said; absent: what it shows is data. */
  readonly faults?: (part: string, told: MessageContent) => readonly string[];
  /** Answers to what a person has to see to. */
  readonly refusals?: readonly PostResponse[];
}

export function answering(status: number, body: unknown): PostResponse {
  return { status, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

export interface TriedChannel {
  readonly kind: ChannelKind;
  readonly trial: ChannelTrial;
}

const suffix = '.trial.fixture.ts';

/** Every channel of the registry with its trial, which stands beside it. Rejects when one has none. */
export async function triedChannels(): Promise<readonly TriedChannel[]> {
  const folder = path.resolve(import.meta.dirname, '..');
  const files = globSync(`*/*${suffix}`, { cwd: folder, absolute: true });
  return Promise.all(
    channels.map(async (kind) => {
      const file = files.find((one) => path.basename(one) === `${kind.kind}${suffix}`);
      if (file === undefined) throw new Error(`${kind.kind} has no ${kind.kind}${suffix} in its folder`);
      const { trial } = (await import(file)) as { readonly trial: ChannelTrial };
      return { kind, trial };
    }),
  );
}
