import * as Radix from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { sentence } from '../api/client';
import { going } from '../api/going';
import { Button, IconButton } from './Button';
import { Field } from './Field';

interface DialogProps {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  foot?: ReactNode;
  wide?: boolean;
  /** Makes body and foot one form. */
  onSubmit?: () => void;
}

export function Dialog({ title, onClose, children, foot, wide, onSubmit }: DialogProps) {
  const [opener] = useState(whatOpens);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit?.();
  };
  const inner = (
    <>
      <header>
        <Radix.Title asChild>
          <h2>{title}</h2>
        </Radix.Title>
        <Radix.Close asChild>
          <IconButton icon={X} label="Close" />
        </Radix.Close>
      </header>
      <div className="dialog-body">{children}</div>
      {foot && <div className="dialog-foot">{foot}</div>}
    </>
  );
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content
          className={`dialog ${wide ? 'wide' : ''}`}
          aria-describedby={undefined}
          onOpenAutoFocus={focusFirst}
          onCloseAutoFocus={() => (opener?.isConnected ? opener : latestUndo())?.focus()}
        >
          {onSubmit ? <form onSubmit={submit}>{inner}</form> : inner}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What had the focus; for an entry of a menu, which is gone by then, what opened the menu. */
function whatOpens(): HTMLElement | null {
  const focused = document.activeElement as HTMLElement | null;
  const menu = focused?.closest('[role="menu"]');
  return menu ? document.querySelector<HTMLElement>(`[aria-controls="${menu.id}"]`) : focused;
}

/** Where a row that goes had the opener, it has this. */
function latestUndo(): HTMLElement | null {
  const latest = going.snapshot().at(-1);
  return latest ? document.querySelector<HTMLElement>(`[data-undo="${latest.id}"]`) : null;
}

/** What is asked comes before the button that closes. */
function focusFirst(event: Event) {
  const dialog = event.currentTarget as HTMLElement;
  const first = dialog.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea):not([hidden])') ?? dialog.querySelector<HTMLElement>('.dialog-foot button');
  event.preventDefault();
  if (!first) {
    dialog.focus();
    return;
  }
  if (first instanceof HTMLInputElement && first.type === 'radio') (dialog.querySelector<HTMLElement>('.dialog-body input:checked') ?? first).focus();
  else first.focus();
}

interface ConfirmProps {
  title: string;
  /** What is lost, in words. */
  children: ReactNode;
  action: string;
  /** Has to be typed before the action can be taken. */
  typed?: string;
  /** The same at once, where every second is a risk. */
  now?: { action: string; run: () => void };
  onConfirm: () => Promise<unknown> | void;
  onClose: () => void;
}

export function Confirm({ title, children, action, typed, now, onConfirm, onClose }: ConfirmProps) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const confirm = async () => {
    if (typed !== undefined && text !== typed) return;
    setBusy(true);
    setFault(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setFault(sentence(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => void confirm()}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={now ? 'normal' : 'danger'} busy={busy} disabled={typed !== undefined && text !== typed}>
            {action}
          </Button>
          {now && <Button look="danger" disabled={busy} onClick={() => { now.run(); onClose(); }}>{now.action}</Button>}
        </>
      }
    >
      <div className="stack">
        <div className="soft">{children}</div>
        {typed !== undefined && (
          <Field label={<>Type <strong>{typed}</strong> to go on</>}>
            {(id) => (
              <input id={id} className="input" value={text} onChange={(e) => setText(e.target.value)} autoComplete="off" autoFocus spellCheck={false} />
            )}
          </Field>
        )}
        {fault && <p className="fault" role="alert">{fault}</p>}
      </div>
    </Dialog>
  );
}
