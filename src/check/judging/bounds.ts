/**
 * What judging one answer may take where everything else runs: some 10 ms for an ordinary answer that is at its end,
 * some 40 ms for a hostile one.
 */
export const inline = {
  /** Of the body, unpacked. */
  bytes: 256 * 1024,
  steps: 60_000,
  /** Parts of a schema with all that it leads to: they are compiled when they are first needed. */
  nodes: 150,
} as const;

/** On a thread of its own. */
export const aside = {
  steps: 2_000_000,
  nodes: 10_000,
  /** From the question to the answer; the thread is ended then. */
  judgeMs: 5_000,
  memoryMb: 512,
} as const;
