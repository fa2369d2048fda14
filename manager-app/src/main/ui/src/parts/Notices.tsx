import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { sentence } from '../api/client';
import { going, UNDO_MILLIS, useGoing, type Order } from '../api/going';
import { useShortcuts } from '../app/shortcuts';
import { Button, IconButton } from './Button';
import { GoingButtons, saysGoing, Until } from './Going';

interface Notice {
  id: number;
  text: string;
  bad: boolean;
  action?: { label: string; run: () => void };
}

const SHOWN_MILLIS = 5_000;
const MOST = 3;

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

/** @param millis without it, the notice stays until it is dismissed */
function show(notice: Omit<Notice, 'id'>, millis?: number) {
  const id = next++;
  set([...notices.slice(1 - MOST), { ...notice, id }]);
  if (millis !== undefined) window.setTimeout(() => dismiss(id), millis);
}

function take(notice: Notice) {
  notice.action?.run();
  dismiss(notice.id);
}

export const notify = {
  done: (text: string) => show({ text, bad: false }, SHOWN_MILLIS),
  failed: (failure: unknown) => show({ text: sentence(failure), bad: true }, UNDO_MILLIS),
  /** For what the manager can bring back. What it cannot is held back: see `going`. */
  undoable: (text: string, undo: () => void) => show({ text, bad: false, action: { label: 'Undo', run: undo } }, UNDO_MILLIS),
};

function was(order: Order): string {
  return `${order.what} ${order.many ? 'were' : 'was'}`;
}

going.tell({
  done: (one) => {
    if (!one.follow) notify.done(`${was(one)} ${one.verb}.`);
  },
  undone: (one) => notify.done(`${was(one)} not ${one.verb}.`),
  // Nobody waits for it any more, so it has to wait for somebody.
  failed: (one, why) => show({ text: `${was(one)} not ${one.verb}: ${why}`, bad: true, action: { label: 'Try again', run: () => going.again(one) } }),
});

export function Notices() {
  const held = useGoing();
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
          {notice.action && <Button small onClick={() => take(notice)}>{notice.action.label}</Button>}
          <IconButton icon={X} label="Dismiss" small className="on-notice" onClick={() => dismiss(notice.id)} />
        </div>
      ))}
      {held.map((one) => (
        <div key={one.id} className="notice going-notice">
          <p className="grow">{saysGoing(one)} <Until of={one} /></p>
          <GoingButtons of={one} />
        </div>
      ))}
      <UndoKey held={held.findLast((one) => !one.sent)?.id} last={shown.findLast((one) => one.action?.label === 'Undo')} />
    </div>
  );
}

/** `u` undoes the latest; what is going comes before what has gone. */
function UndoKey({ held, last }: { held: string | undefined; last: Notice | undefined }) {
  const undo = () => (held ? going.undo(held) : last && take(last));
  useShortcuts('Undo', held || last ? [{ keys: 'u', what: 'Undo what was done last', run: undo }] : []);
  return null;
}
