import type { ReactNode } from 'react';
import { useState } from 'react';
import { sentence } from '../api/client';
import { Button } from './Button';
import { Dialog } from './Dialog';

interface FormDialogProps {
  title: string;
  action: string;
  look?: 'primary' | 'danger';
  wide?: boolean;
  ready: boolean;
  /** Its failure is told in the dialog; what it does in the end is to close. */
  run: () => Promise<unknown>;
  onClose: () => void;
  /** Beside the action. */
  extra?: ReactNode;
  children: ReactNode;
}

/** A form with one action. */
export function FormDialog({ title, action, look = 'primary', wide = false, ready, run, onClose, extra, children }: FormDialogProps) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const submit = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setFault(undefined);
    try {
      await run();
      onClose();
    } catch (failure) {
      setFault(sentence(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      wide={wide}
      onClose={onClose}
      onSubmit={() => void submit()}
      foot={
        <>
          {extra}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={look} busy={busy} disabled={!ready}>{action}</Button>
        </>
      }
    >
      <div className="stack">
        {children}
        {fault && <p className="fault" role="alert">{fault}</p>}
      </div>
    </Dialog>
  );
}
