/** Rows written before others get a turn: about a millisecond, which no measurement next door will notice. */
export const rowsATurn = 200;

/** Lets timers, sockets and other work of this process run. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
