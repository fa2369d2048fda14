import { useState } from 'react';
import { useLocation } from 'wouter';
import { ask } from '../api/client';
import { useChange, useNamespaceInfo } from '../api/queries';
import type { Namespace } from '../api/types';
import { useTemplates, variablesOf } from '../api/templates';
import { to } from '../app/address';
import { Field, Select, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { ConfirmGoing } from '../parts/Going';
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
  return (
    <FormDialog title={heading} action={action} ready={title.trim() !== '' && !tooLong(title) && title !== initial} run={() => save(title.trim())} onClose={onClose}>
      <TitleField value={title} onChange={setTitle} />
    </FormDialog>
  );
}

function TitleField({ value, onChange }: { value: string; onChange: (title: string) => void }) {
  return <TextField label="Title" hint="Apps find the namespace by this name." fault={tooLong(value) ? 'A title has at most 512 bytes.' : undefined} value={value} onChange={onChange} autoFocus />;
}

function tooLong(title: string): boolean {
  return new TextEncoder().encode(title).length > LONGEST_TITLE;
}

export function CreateNamespace({ template = '', onClose }: { template?: string; onClose: () => void }) {
  const [, navigate] = useLocation();
  const [title, setTitle] = useState('');
  const [chosen, setChosen] = useState(template);
  const [variables, setVariables] = useState<Record<string, string>>({});
  const templates = useTemplates();
  const wanted = variablesOf(templates.data?.find((one) => one.id === chosen));
  const create = useChange((json: Record<string, unknown>) => ask<Namespace>('/api/namespaces', { method: 'POST', json }), STALE);
  const run = async () => {
    const filled = Object.fromEntries(wanted.map((name) => [name, variables[name] ?? '']));
    const made = await create.mutateAsync({ title: title.trim(), ...(chosen ? { template_id: chosen, variables: filled } : {}) });
    navigate(to.keys(made.id));
  };
  return (
    <FormDialog title="New namespace" action="Create" ready={title.trim() !== '' && !tooLong(title) && wanted.every((name) => variables[name])} run={run} onClose={onClose}>
      <TitleField value={title} onChange={setTitle} />
      {templates.data && templates.data.length > 0 && (
        <Field label="Begin with" hint="A template brings keys and alert rules along.">
          {(id) => <Select id={id} label="Begin with" value={chosen} onChange={setChosen} options={[{ value: '', label: 'No keys' }, ...templates.data.map((one) => ({ value: one.id, label: one.name }))]} />}
        </Field>
      )}
      {wanted.map((name) => (
        <TextField key={name} label={name} mono value={variables[name] ?? ''} onChange={(value) => setVariables({ ...variables, [name]: value })} />
      ))}
    </FormDialog>
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

export function DeleteNamespace({ namespace, onClose, onHeld }: { namespace: Namespace; onClose: () => void; onHeld?: () => void }) {
  const info = useNamespaceInfo(namespace.id);
  const path = `/api/namespaces/${namespace.id}`;
  const held = info.data ? `${plural(info.data.estimated_key_count, 'key')} (${bytes(info.data.total_bytes)})` : 'all its keys';
  return (
    <ConfirmGoing
      title={`Delete ${namespace.title}?`}
      action="Delete the namespace"
      typed={namespace.title}
      order={{ what: namespace.title, verb: 'deleted', of: path, path, method: 'DELETE', query: { confirm: namespace.title }, stale: STALE.flat() }}
      {...(onHeld ? { onHeld } : {})}
      onClose={onClose}
    >
      {namespace.title} goes with {held}, their tags, metadata and kept versions.
    </ConfirmGoing>
  );
}
