import { useQuery } from '@tanstack/react-query';
import { Copy, KeySquare, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ApiError, ask, sentence } from '../api/client';
import { has } from '../api/routes';
import { useChange } from '../api/queries';
import { ROLES, type Role } from '../api/session';
import { Button, IconButton } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { Field, Select, TextField } from '../parts/Field';
import { ConfirmGoing } from '../parts/Going';
import { notify } from '../parts/Notices';
import { Table, type Column } from '../parts/Table';
import { When } from '../parts/text';
import { SettingsFrame } from './SettingsFrame';

interface ApiKey {
  id: string;
  name: string;
  roles: Role[];
  cidrs: string[];
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  disabled_at: string | null;
  /** Where it is for a part only. */
  grants?: { id: string; role: Role; namespaces: string; key_prefixes: string[] }[];
}

const STALE = [['api-keys']];
const pathOf = (one: ApiKey) => `/api/api-keys/${encodeURIComponent(one.id)}`;

export default function ApiKeys() {
  const keys = useQuery({ queryKey: ['api-keys'], queryFn: ({ signal }) => ask<{ api_keys: ApiKey[] }>('/api/api-keys', { signal }) });
  const [creating, setCreating] = useState(false);
  const [ending, setEnding] = useState<ApiKey>();
  const all = keys.data?.api_keys ?? [];
  const columns: readonly Column<ApiKey>[] = [
    { head: 'Name', look: 'cut', cell: (one) => <><strong>{one.name}</strong>{one.disabled_at && <> <span className="badge warn">disabled</span></>}</> },
    { head: 'Role', look: 'cut', cell: (one) => <Reach of={one} /> },
    { head: 'Last used', look: 'soft roomy', cell: (one) => (one.last_used_at ? <When at={one.last_used_at} /> : 'never') },
    { head: 'Expires', look: 'soft roomy', cell: (one) => (one.expires_at ? <When at={one.expires_at} /> : 'never') },
    { head: 'Created', look: 'soft roomy', cell: (one) => <When at={one.created_at} /> },
    { head: 'Actions', silent: true, look: 'right', cell: (one) => <IconButton icon={Trash2} label={`Delete ${one.name}`} small onClick={() => setEnding(one)} /> },
  ];
  const off = keys.error instanceof ApiError && keys.error.status === 400;
  return (
    <SettingsFrame tab="api-keys" actions={all.length > 0 && <Button look="primary" icon={Plus} onClick={() => setCreating(true)}>New API key</Button>}>
      {keys.isPending && <SkeletonRows />}
      {off && <Empty icon={KeySquare} title="API keys are switched off">{sentence(keys.error)}.</Empty>}
      {keys.isError && !off && <Failed failure={keys.error} retry={() => void keys.refetch()} />}
      {keys.data && all.length === 0 && (
        <Empty icon={KeySquare} title="No API keys" actions={<Button look="primary" icon={Plus} onClick={() => setCreating(true)}>New API key</Button>}>
          Programs sign in with a key: wrangler, Cloudflare’s SDK, or your own against this API.
        </Empty>
      )}
      {all.length > 0 && <Table columns={columns} rows={all} id={(one) => one.id} address={pathOf} />}
      {creating && <CreateKey onClose={() => setCreating(false)} />}
      {ending && (
        <ConfirmGoing
          title={`Delete the API key ${ending.name}?`}
          action="Delete"
          order={{ what: ending.name, verb: 'deleted', of: pathOf(ending), path: pathOf(ending), method: 'DELETE', stale: STALE.flat(), urgent: true }}
          onClose={() => setEnding(undefined)}
        >
          Programs that use it are refused from then on, and the key cannot be made again. If it may have got into wrong hands, delete it now.
        </ConfirmGoing>
      )}
    </SettingsFrame>
  );
}

function Reach({ of }: { of: ApiKey }) {
  return (
    <>
      {of.roles.map((role) => <span key={role} className="badge">{role}</span>)}
      {of.grants?.map((one) => <span key={one.id} className="quiet mono"> {one.namespaces}{one.key_prefixes.length > 0 && ` ${one.key_prefixes.join(', ')}`}</span>)}
    </>
  );
}

const LIVES = [
  { value: '', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
];

const DAY_MILLIS = 86_400_000;

/** Whether this manager has roles for a part of the namespaces and keys. */
const PARTS = has('GET /api/roles');

function part(namespaces: string, prefixes: string) {
  const named = prefixes.split('\n').filter(Boolean);
  const pattern = namespaces.trim() || '*';
  return { ...(pattern === '*' && named.length === 0 ? {} : { namespaces: pattern }), ...(named.length > 0 ? { key_prefixes: named } : {}) };
}

function CreateKey({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>('viewer');
  const [life, setLife] = useState('90');
  const [namespaces, setNamespaces] = useState('*');
  const [prefixes, setPrefixes] = useState('');
  const [made, setMade] = useState<string>();
  const [fault, setFault] = useState<string>();
  const create = useChange(
    () =>
      ask<ApiKey & { key: string }>('/api/api-keys', {
        method: 'POST',
        json: { name: name.trim(), role, ...part(namespaces, prefixes), ...(life ? { expires_at: new Date(Date.now() + Number(life) * DAY_MILLIS).toISOString() } : {}) },
      }),
    STALE,
  );
  const submit = async () => {
    if (!name.trim()) return;
    setFault(undefined);
    try {
      setMade((await create.mutateAsync(undefined)).key);
    } catch (failure) {
      setFault(sentence(failure));
    }
  };
  if (made !== undefined) {
    return (
      <Dialog title="Keep this key now" onClose={onClose} foot={<Button look="primary" onClick={onClose}>I have kept it</Button>}>
        <div className="stack">
          <p className="soft">It is shown this once, and stored only as a hash.</p>
          <div className="line">
            <input className="input mono" aria-label="The new API key" readOnly value={made} onFocus={(event) => event.target.select()} />
            <Button icon={Copy} onClick={() => void navigator.clipboard.writeText(made).then(() => notify.done('Copied.'), notify.failed)}>Copy</Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      title="New API key"
      onClose={onClose}
      onSubmit={() => void submit()}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={create.isPending} disabled={!name.trim()}>Create</Button>
        </>
      }
    >
      <div className="stack">
        <Field label="Name" hint="What uses it, such as deploy-pipeline." fault={fault}>
          {(id, described) => <input id={id} aria-describedby={described} className="input" value={name} onChange={(event) => setName(event.target.value)} autoComplete="off" spellCheck={false} />}
        </Field>
        <Field label="Role">{(id) => <Select id={id} label="Role" value={role} onChange={setRole} options={ROLES} />}</Field>
        {PARTS && <TextField label="Namespaces" mono hint="A pattern of titles: * is any text, ? one character." value={namespaces} onChange={setNamespaces} />}
        {PARTS && <TextField label="Keys that begin with" mono lines={2} hint="One prefix a line; none for all keys." value={prefixes} onChange={setPrefixes} />}
        <Field label="Expires">{(id) => <Select id={id} label="Expires" value={life} onChange={setLife} options={LIVES} />}</Field>
      </div>
    </Dialog>
  );
}
