const key = 'apipatrol-written';

/** Told once more on the page that takes the place of the first run's: `writtenFile` has it. */
export function rememberWritten(file: string): void {
  sessionStorage.setItem(key, file);
}

/** Where the first run has just written the configuration. */
export function writtenFile(): string | undefined {
  return sessionStorage.getItem(key) ?? undefined;
}

/** It has been read. */
export function forgetWritten(): void {
  sessionStorage.removeItem(key);
}
