/** Messages begin with the place that they are about; at that place it need not be said again. */
export const withoutPointer = (message: string, pointer: string | undefined): string =>
  pointer !== undefined && message.startsWith(`${pointer}: `) ? message.slice(pointer.length + 2) : message;
