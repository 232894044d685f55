/** Share of what went well, 0 to 1; `undefined` when nothing counted. */
export function rateOf(
  parts: readonly { readonly good: number; readonly bad: number }[],
): number | undefined {
  const good = parts.reduce((sum, part) => sum + part.good, 0);
  const bad = parts.reduce((sum, part) => sum + part.bad, 0);
  return good + bad === 0 ? undefined : good / (good + bad);
}
