import { useEffect } from 'react';

/** The browser's tab says which page this is. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · API Patrol`;
  }, [title]);
}
