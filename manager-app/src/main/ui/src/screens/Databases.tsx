import { Plus, Table2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAccountPath } from '../api/cloudflare';
import { ask } from '../api/client';
import { type Database, DATABASES, databasePath, databasesPath, useDatabases } from '../api/databases';
import { useChange } from '../api/queries';
import { useMay } from '../api/session';
import { to } from '../app/address';
import { useShortcuts } from '../app/shortcuts';
import { Button } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { bytes, When } from '../parts/text';

const COLUMNS: readonly Column<Database>[] = [
  { head: 'Name', look: 'cut', cell: (one) => <Link className="row-link" href={to.database(one.uuid)} data-row>{one.name}</Link> },
  { head: 'Size', look: 'right number', cell: (one) => (one.file_size === undefined ? <span className="quiet">–</span> : bytes(one.file_size)) },
  { head: 'Made', look: 'nowrap roomy', cell: (one) => <span className="soft"><When at={one.created_at} /></span> },
  { head: 'Id', look: 'roomy', cell: (one) => <code className="quiet">{one.uuid.slice(0, 8)}…</code> },
];

export default function Databases() {
  const account = useAccountPath();
  const databases = useDatabases(account);
  const [creating, setCreating] = useState(false);
  const may = useMay();
  const add = may.everything && <Button look="primary" icon={Plus} onClick={() => setCreating(true)}>New database</Button>;
  useShortcuts('Databases', may.everything ? [{ keys: 'c', what: 'Create a database', run: () => setCreating(true) }] : []);
  return (
    <Page title="Databases" actions={databases.data && databases.data.length > 0 && add}>
      <Loaded of={databases}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={Table2} title="No databases" actions={add}>A database holds tables and answers SQL. Its dialect is SQLite’s.</Empty>
          ) : (
            <Table columns={COLUMNS} rows={all} id={(one) => one.uuid} walk="Databases" address={(one) => databasePath(account ?? '', one.uuid)} />
          )
        }
      </Loaded>
      {creating && account && <CreateDatabase account={account} onClose={() => setCreating(false)} />}
    </Page>
  );
}

function CreateDatabase({ account, onClose }: { account: string; onClose: () => void }) {
  const [name, setName] = useState('');
  const [, navigate] = useLocation();
  const create = useChange(() => ask<Database>(databasesPath(account), { method: 'POST', json: { name: name.trim() } }), [DATABASES]);
  return (
    <FormDialog title="New database" action="Create" ready={name.trim() !== ''} onClose={onClose} run={async () => navigate(to.database((await create.mutateAsync(undefined)).uuid))}>
      <TextField label="Name" hint="Letters, digits, dots, hyphens and underscores; at most 64." value={name} onChange={setName} autoFocus />
    </FormDialog>
  );
}
