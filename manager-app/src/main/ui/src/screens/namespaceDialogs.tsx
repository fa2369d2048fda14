import { useState } from 'react';
import { useLocation } from 'wouter';
import { ask, sentence } from '../api/client';
import { useChange, useNamespaceInfo } from '../api/queries';
import type { Namespace } from '../api/types';
import { to } from '../app/address';
import { Button } from '../parts/Button';
import { Confirm, Dialog } from '../parts/Dialog';
import { Field } from '../parts/Field';
import { notify } from '../parts/Notices';
import { bytes, plural } from '../parts/text';

const STALE = [['namespaces'], ['namespace-info']];
const LONGEST_TITLE = 512;

interface TitleProps {
  heading: string;
  action: string;
  initial: string;
  save: (title: string) => Promise<unknown>;
  onClose: () => void;
}

function TitleDialog({ heading, action, initial, save, onClose }: TitleProps) {
  const [title, setTitle] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const long = new TextEncoder().encode(title).length > LONGEST_TITLE;
  const submit = async () => {
    if (!title.trim() || long) return;
    setBusy(true);
    try {
      await save(title.trim());
    } catch (failure) {
      setFault(sentence(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={heading}
      onClose={onClose}
      onSubmit={() => void submit()}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy} disabled={!title.trim() || long || title === initial}>{action}</Button>
        </>
      }
    >
      <Field label="Title" hint="Apps find the namespace by this name." fault={long ? 'A title has at most 512 bytes.' : fault}>
        {(id, described) => (
          <input
            id={id}
            aria-describedby={described}
            className="input"
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            autoFocus
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
    </Dialog>
  );
}

export function CreateNamespace({ onClose }: { onClose: () => void }) {
  const [, navigate] = useLocation();
  const create = useChange((title: string) => ask<Namespace>('/api/namespaces', { method: 'POST', json: { title } }), STALE);
  return (
    <TitleDialog
      heading="New namespace"
      action="Create"
      initial=""
      onClose={onClose}
      save={async (title) => {
        const made = await create.mutateAsync(title);
        onClose();
        navigate(to.keys(made.id));
      }}
    />
  );
}

export function RenameNamespace({ namespace, onClose }: { namespace: Namespace; onClose: () => void }) {
  const rename = useChange((title: string) => ask(`/api/namespaces/${namespace.id}/rename`, { method: 'PATCH', json: { title } }), STALE);
  return (
    <TitleDialog
      heading={`Rename ${namespace.title}`}
      action="Rename"
      initial={namespace.title}
      onClose={onClose}
      save={async (title) => {
        await rename.mutateAsync(title);
        onClose();
        notify.done(`Renamed to ${title}.`);
      }}
    />
  );
}

export function DeleteNamespace({ namespace, onClose, onDeleted }: { namespace: Namespace; onClose: () => void; onDeleted?: () => void }) {
  const info = useNamespaceInfo(namespace.id);
  const remove = useChange(
    () => ask(`/api/namespaces/${namespace.id}`, { method: 'DELETE', query: { confirm: namespace.title } }),
    STALE,
  );
  const held = info.data ? `${plural(info.data.estimated_key_count, 'key')} (${bytes(info.data.total_bytes)})` : 'all its keys';
  return (
    <Confirm
      title={`Delete ${namespace.title}?`}
      action="Delete the namespace"
      typed={namespace.title}
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync(undefined);
        notify.done(`${namespace.title} was deleted.`);
        onDeleted?.();
      }}
    >
      {namespace.title} goes with {held}, their tags, metadata and kept versions. This cannot be undone.
    </Confirm>
  );
}
