import { sha256 } from '../../lib/text/text.ts';

/** Without the letters and digits that are mistaken for each other when read out. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const length = 4;

/** `A7F3`: the same for the same incident, and none that `taken` holds. */
export function shortId(fingerprint: string, openedAt: number, taken: ReadonlySet<string>): string {
  for (let attempt = 0; ; attempt++) {
    const digest = Buffer.from(sha256(`${fingerprint} ${openedAt} ${attempt}`), 'hex');
    const id = [...digest.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('');
    if (!taken.has(id)) return id;
  }
}
