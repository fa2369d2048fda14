import { Plus, Rows3 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAccountPath } from '../api/cloudflare';
import { ask } from '../api/client';
import { useChange } from '../api/queries';
import { type Queue, queuePath, QUEUES, queuesPath, useQueueMetrics, useQueues } from '../api/queues';
import { useMay } from '../api/session';
import { to } from '../app/address';
import { useShortcuts } from '../app/shortcuts';
import { Button } from '../parts/Button';
import { Empty, Skeleton } from '../parts/Empty';
import { TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { bytes, count, When } from '../parts/text';

export default function Queues() {
  const account = useAccountPath();
  const queues = useQueues(account);
  const [creating, setCreating] = useState(false);
  const may = useMay();
  const add = may.everything && <Button look="primary" icon={Plus} onClick={() => setCreating(true)}>New queue</Button>;
  useShortcuts('Queues', may.everything ? [{ keys: 'c', what: 'Create a queue', run: () => setCreating(true) }] : []);
  const columns: readonly Column<Queue>[] = [
    { head: 'Name', look: 'cut', cell: (one) => <Link className="row-link" href={to.queue(one.queue_id)} data-row>{one.queue_name}</Link> },
    { head: 'Backlog', look: 'right number', cell: (one) => <Backlog account={account} id={one.queue_id} /> },
    { head: 'Made', look: 'nowrap roomy', cell: (one) => <span className="soft"><When at={one.created_on} /></span> },
  ];
  return (
    <Page title="Queues" actions={queues.data && queues.data.length > 0 && add}>
      <Loaded of={queues}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={Rows3} title="No queues" actions={add}>A queue keeps messages until somebody has taken and acknowledged them.</Empty>
          ) : (
            <Table columns={columns} rows={all} id={(one) => one.queue_id} walk="Queues" address={(one) => queuePath(account ?? '', one.queue_id)} />
          )
        }
      </Loaded>
      {creating && account && <CreateQueue account={account} onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Backlog({ account, id }: { account: string | undefined; id: string }) {
  const metrics = useQueueMetrics(account, id);
  if (metrics.isPending) return <Skeleton width={48} />;
  if (metrics.isError) return <span className="quiet">–</span>;
  return <>{count(metrics.data.backlog_count)} <span className="quiet roomy-inline">{bytes(metrics.data.backlog_bytes)}</span></>;
}

function CreateQueue({ account, onClose }: { account: string; onClose: () => void }) {
  const [name, setName] = useState('');
  const [, navigate] = useLocation();
  const create = useChange(() => ask<Queue>(queuesPath(account), { method: 'POST', json: { queue_name: name.trim() } }), [QUEUES]);
  return (
    <FormDialog title="New queue" action="Create" ready={name.trim() !== ''} onClose={onClose} run={async () => navigate(to.queue((await create.mutateAsync(undefined)).queue_id))}>
      <TextField label="Name" hint="Letters, digits, dots, hyphens and underscores; at most 64." value={name} onChange={setName} autoFocus />
    </FormDialog>
  );
}
