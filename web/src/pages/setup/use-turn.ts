import { type RefObject, useEffect, useRef } from 'react';

/** Brings a step before the eyes, and its first field under the fingers, once it is its turn. */
export function useTurn(open: boolean): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const fields = ref.current?.querySelectorAll('input, select, button') ?? [];
    const [first] = [...fields].toSorted((a, b) => rank(a) - rank(b));
    if (open && first instanceof HTMLElement) first.focus();
  }, [open]);
  return ref;
}

/** A list has its best choice already. */
function rank({ tagName }: Element): number {
  return ['INPUT', 'SELECT', 'BUTTON'].indexOf(tagName);
}
