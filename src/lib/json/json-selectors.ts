import { RE2JS } from 're2js';
import { isHugePattern } from '../text/pattern-size.ts';

/** Counted from the end when it is negative. In a comparison the parser wraps the selector in another one. */
export function place(
  { value, selector }: { readonly value: number; readonly selector?: { readonly value: number } },
  length: number,
): number {
  const index = selector?.value ?? value;
  return index < 0 ? length + index : index;
}

/** RFC 9535 §2.3.4.2.2. */
export function slice(
  length: number,
  {
    start,
    end,
    step,
  }: { readonly start: number | null; readonly end: number | null; readonly step: number | null },
): readonly number[] {
  const by = step ?? 1;
  if (by === 0) return [];
  const bound = (at: number | null, without: number): number =>
    at === null ? without : at < 0 ? length + at : at;
  const within = (at: number, low: number, high: number): number => Math.min(Math.max(at, low), high);
  const [from, to] =
    by > 0
      ? [within(bound(start, 0), 0, length), within(bound(end, length), 0, length)]
      : [within(bound(start, length - 1), -1, length - 1), within(bound(end, -length - 1), -1, length - 1)];
  const count = Math.max(0, Math.ceil((to - from) / by));
  return Array.from({ length: count }, (_, index) => from + index * by);
}

/** I-Regexp (RFC 9485) in an engine that is linear; `undefined` when it is none. */
export function compiled(pattern: string): RE2JS | undefined {
  if (isHugePattern(pattern)) return undefined;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(withoutLineEnds(pattern)));
  } catch {
    return undefined;
  }
}

/** There a dot is anything but the two line ends, here anything but one. */
function withoutLineEnds(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\\\]])*\]|\./gs, (part) =>
    part === '.' ? String.raw`[^\n\r]` : part,
  );
}
