import type { RefObject } from 'react';
import { useShortcuts } from './shortcuts';

/** j and k walk over what carries data-row inside an element; the focus is the cursor. */
export function useListKeys(list: RefObject<HTMLElement | null>, title: string) {
  const move = (by: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts(title, [
    { keys: 'j', what: 'Next row', run: () => move(1) },
    { keys: 'k', what: 'Previous row', run: () => move(-1) },
  ]);
}
