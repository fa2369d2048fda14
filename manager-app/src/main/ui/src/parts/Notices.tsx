import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { sentence } from '../api/client';
import { Button, IconButton } from './Button';

interface Notice {
  id: number;
  text: string;
  bad: boolean;
  action?: { label: string; run: () => void };
}

const SHOWN_MILLIS = 5_000;
const UNDO_MILLIS = 10_000;

let notices: readonly Notice[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(all: readonly Notice[]) {
  notices = all;
  listeners.forEach((listener) => listener());
}

function dismiss(id: number) {
  set(notices.filter((notice) => notice.id !== id));
}

function show(notice: Omit<Notice, 'id'>, millis: number) {
  const id = next++;
  set([...notices.slice(-2), { ...notice, id }]);
  window.setTimeout(() => dismiss(id), millis);
}

export const notify = {
  done: (text: string) => show({ text, bad: false }, SHOWN_MILLIS),
  failed: (failure: unknown) => show({ text: sentence(failure), bad: true }, UNDO_MILLIS),
  undoable: (text: string, undo: () => void) => show({ text, bad: false, action: { label: 'Undo', run: undo } }, UNDO_MILLIS),
};

export function Notices() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => notices,
  );
  return (
    <div className="notices" role="region" aria-label="Notices" aria-live="polite">
      {shown.map((notice) => (
        <div key={notice.id} className={`notice ${notice.bad ? 'bad' : ''}`}>
          <p className="grow">{notice.text}</p>
          {notice.action && (
            <Button
              small
              onClick={() => {
                notice.action?.run();
                dismiss(notice.id);
              }}
            >
              {notice.action.label}
            </Button>
          )}
          <IconButton icon={X} label="Dismiss" small className="on-notice" onClick={() => dismiss(notice.id)} />
        </div>
      ))}
    </div>
  );
}
