import { useQuery } from '@tanstack/react-query';
import { PenLine, Plus, ShieldCheck, Trash2, UserRound } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/client';
import { useChange } from '../api/queries';
import { ROLES, type Role } from '../api/session';
import { Button, IconButton } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { Field, Segments, Select, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { ConfirmGoing } from '../parts/Going';
import { Loaded } from '../parts/Loaded';
import { Table, type Column } from '../parts/Table';
import { SettingsFrame } from './SettingsFrame';

type SubjectType = 'user' | 'group' | 'api_key';

interface Grant {
  id: string;
  subject: { type: SubjectType; name: string };
  role: Role;
  namespaces: string;
  key_prefixes: string[];
  created_by: string;
}

const SUBJECTS = [
  { value: 'user', label: 'A user' },
  { value: 'group', label: 'A group' },
  { value: 'api_key', label: 'An API key' },
] as const;

const STALE = [['roles'], ['session'], ['namespaces']];
const named = (one: Grant) => `${one.subject.name}: ${one.role}`;
const pathOf = (one: Grant) => `/api/roles/${one.id}`;

export default function Roles() {
  const roles = useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => ask<{ grants: Grant[]; enforced: boolean }>('/api/roles', { signal }) });
  const [asked, setAsked] = useState<{ what: 'edit'; grant?: Grant } | { what: 'delete'; grant: Grant }>();
  const close = () => setAsked(undefined);
  const add = <Button look="primary" icon={Plus} onClick={() => setAsked({ what: 'edit' })}>New grant</Button>;
  const columns: readonly Column<Grant>[] = [
    { head: 'Who', look: 'cut', cell: (one) => <><strong>{one.subject.name}</strong>{one.subject.type !== 'user' && <> <span className="badge">{one.subject.type === 'group' ? 'group' : 'API key'}</span></>}</> },
    { head: 'Role', cell: (one) => <span className="badge">{one.role}</span> },
    { head: 'Namespaces', look: 'cut mono roomy', cell: (one) => (one.namespaces === '*' ? <span className="quiet">all</span> : one.namespaces) },
    { head: 'Keys that begin with', look: 'cut mono roomy', cell: (one) => (one.key_prefixes.length === 0 ? <span className="quiet">anything</span> : one.key_prefixes.join(', ')) },
    { head: 'Given by', look: 'cut roomy', cell: (one) => <span className="soft">{one.created_by}</span> },
    {
      head: 'Actions',
      silent: true,
      look: 'right nowrap',
      cell: (one) => (
        <>
          <IconButton icon={PenLine} label={`Change ${named(one)}`} small onClick={() => setAsked({ what: 'edit', grant: one })} />
          <IconButton icon={Trash2} label={`Take ${named(one)} back`} small onClick={() => setAsked({ what: 'delete', grant: one })} />
        </>
      ),
    },
  ];
  return (
    <SettingsFrame tab="roles" actions={roles.data && roles.data.grants.length > 0 && add}>
      <Loaded of={roles}>
        {({ grants, enforced }) =>
          grants.length === 0 ? (
            <Empty icon={ShieldCheck} title="No grants" actions={add}>Everybody who signs in has the role of the configuration, for everything. With the first grant that ends: from then on people have what grants give them.</Empty>
          ) : (
            <>
              {enforced && <p className="banner"><UserRound size={16} aria-hidden /><span>People have what these grants give them, and nothing else.</span></p>}
              <Table columns={columns} rows={grants} id={(one) => one.id} address={pathOf} />
            </>
          )
        }
      </Loaded>
      {asked?.what === 'edit' && <GrantForm {...(asked.grant ? { grant: asked.grant } : {})} onClose={close} />}
      {asked?.what === 'delete' && (
        <ConfirmGoing
          title={`Take ${named(asked.grant)} back?`}
          action="Take back"
          order={{ what: `The grant ${named(asked.grant)}`, verb: 'taken back', of: pathOf(asked.grant), path: pathOf(asked.grant), method: 'DELETE', stale: STALE.flat(), urgent: true }}
          onClose={close}
        >
          {asked.grant.subject.name} loses the role {asked.grant.role}{asked.grant.namespaces === '*' ? '' : ` in ${asked.grant.namespaces}`} at the next request.
        </ConfirmGoing>
      )}
    </SettingsFrame>
  );
}

function GrantForm({ grant, onClose }: { grant?: Grant; onClose: () => void }) {
  const [kind, setKind] = useState<SubjectType>(grant?.subject.type ?? 'user');
  const [name, setName] = useState(grant?.subject.name ?? '');
  const [role, setRole] = useState<Role>(grant?.role ?? 'viewer');
  const [namespaces, setNamespaces] = useState(grant?.namespaces ?? '*');
  const [prefixes, setPrefixes] = useState(grant?.key_prefixes.join('\n') ?? '');
  const save = useChange((json: unknown) => ask(grant ? `/api/roles/${grant.id}` : '/api/roles', { method: grant ? 'PUT' : 'POST', json }), STALE);
  return (
    <FormDialog
      title={grant ? `Change ${named(grant)}` : 'New grant'}
      action={grant ? 'Save' : 'Grant'}
      ready={name.trim() !== ''}
      onClose={onClose}
      run={() => save.mutateAsync({ subject: { type: kind, name: name.trim() }, role, namespaces: namespaces.trim() || '*', key_prefixes: prefixes.split('\n').filter(Boolean) })}
    >
      <Segments label="Who" value={kind} options={SUBJECTS} onChange={setKind} />
      <TextField
        label={kind === 'user' ? 'User' : kind === 'group' ? 'Group' : 'Id of the API key'}
        hint={kind === 'user' ? 'As the console shows him: an e-mail address, or service:… for a program.' : kind === 'group' ? 'As the provider names it.' : 'As the list of API keys shows it.'}
        value={name}
        onChange={setName}
        autoFocus
      />
      <Field label="Role">{(id) => <Select id={id} label="Role" value={role} onChange={(chosen) => setRole(chosen as Role)} options={ROLES} />}</Field>
      <TextField label="Namespaces" mono hint="A pattern of titles: * is any text, ? one character." value={namespaces} onChange={setNamespaces} />
      <TextField label="Keys that begin with" mono lines={3} hint="One prefix a line; none for all keys." value={prefixes} onChange={setPrefixes} />
    </FormDialog>
  );
}
