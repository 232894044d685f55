import { useEffect } from 'react';
import { useLocation } from 'wouter';

/** Elements that `j` and `k` go through, in the order of the page. */
const rows = '[data-row]';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** `/` searches, `j` and `k` go down and up, `?` explains. Nothing while somebody types. */
export function useKeys({ onHelp }: { readonly onHelp: () => void }): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      if (event.key === '?') onHelp();
      else if (event.key === '/') search(navigate);
      else if (event.key === 'j') step(1);
      else if (event.key === 'k') step(-1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate, onHelp]);
}

function search(navigate: (to: string) => void): void {
  const field = document.querySelector<HTMLInputElement>('input[type="search"]');
  if (field === null) navigate('/operations?search');
  else field.focus();
}

function step(by: number): void {
  const tree = document.querySelector<HTMLElement>('[role="tree"]');
  if (tree !== null) {
    // It knows all of its lines, those out of sight too.
    tree.focus();
    return;
  }
  const all = [...document.querySelectorAll<HTMLElement>(rows)];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? all.at(by > 0 ? 0 : -1) : all[at + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
