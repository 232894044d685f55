import { StoreError } from '../../store/store.ts';

/** What is read, or `otherwise` while the database is away: what can be done without is no reason to decide nothing. */
export async function unlessAway<T>(otherwise: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StoreError && error.retry) return otherwise;
    throw error;
  }
}
