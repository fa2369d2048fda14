import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** One character as typed, or a name of a key; `mod+k` is Ctrl or Command. */
  keys: string;
  what: string;
  run: (event: KeyboardEvent) => void;
}

interface Layer {
  title: string;
  shortcuts: () => readonly Shortcut[];
}

let layers: readonly Layer[] = [];
const listeners = new Set<() => void>();

function change(all: readonly Layer[]) {
  layers = all;
  listeners.forEach((listener) => listener());
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

function matches(event: KeyboardEvent, keys: string): boolean {
  const mod = event.ctrlKey || event.metaKey;
  if (keys.startsWith('mod+')) return mod && !event.altKey && event.key.toLowerCase() === keys.slice(4);
  return !mod && !event.altKey && event.key === keys;
}

function pressed(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing) return;
  const inside = typing(event.target);
  const covered = document.querySelector('[role="dialog"], [role="menu"]') !== null;
  for (const layer of [...layers].reverse()) {
    for (const shortcut of layer.shortcuts()) {
      const free = shortcut.keys.startsWith('mod+') || (!inside && !covered);
      if (free && matches(event, shortcut.keys)) {
        event.preventDefault();
        shortcut.run(event);
        return;
      }
    }
  }
}

/** Keys that work while the calling component is shown; later ones win. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]) {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const layer: Layer = { title, shortcuts: () => latest.current };
    if (layers.length === 0) window.addEventListener('keydown', pressed);
    change([...layers, layer]);
    return () => {
      change(layers.filter((one) => one !== layer));
      if (layers.length === 0) window.removeEventListener('keydown', pressed);
    };
  }, [title]);
}

export function useShortcutHelp(): readonly { title: string; shortcuts: readonly Shortcut[] }[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => layers,
  );
  return all.map((layer) => ({ title: layer.title, shortcuts: layer.shortcuts() })).filter((layer) => layer.shortcuts.length > 0);
}
