/** Messages begin with the place that they are about, in either language; at that place it need not be said again. */
export const withoutPointer = (message: string, pointer: string | undefined): string => {
  const ends = [': ', '：'].map((colon) => `${pointer}${colon}`);
  const begun = pointer === undefined ? undefined : ends.find((end) => message.startsWith(end));
  return begun === undefined ? message : message.slice(begun.length);
};
