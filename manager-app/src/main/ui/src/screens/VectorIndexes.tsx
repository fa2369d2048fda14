import { Plus, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAccountPath } from '../api/cloudflare';
import { ask } from '../api/client';
import { useChange } from '../api/queries';
import { useMay } from '../api/session';
import { INDEXES, indexesPath, indexPath, type Metric, useIndexes, type VectorIndex } from '../api/vectors';
import { to } from '../app/address';
import { useShortcuts } from '../app/shortcuts';
import { Button } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { Segments, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { When } from '../parts/text';

const METRICS: readonly { value: Metric; label: string }[] = [
  { value: 'cosine', label: 'Cosine' },
  { value: 'euclidean', label: 'Euclidean' },
  { value: 'dot-product', label: 'Dot product' },
];

const MOST_DIMENSIONS = 1536;

const COLUMNS: readonly Column<VectorIndex>[] = [
  { head: 'Name', look: 'cut', cell: (one) => <Link className="row-link" href={to.index(one.name)} data-row>{one.name}</Link> },
  { head: 'Dimensions', look: 'right number', cell: (one) => one.config.dimensions },
  { head: 'Metric', look: 'nowrap', cell: (one) => one.config.metric },
  { head: 'Made', look: 'nowrap roomy', cell: (one) => <span className="soft"><When at={one.created_on} /></span> },
];

export default function VectorIndexes() {
  const account = useAccountPath();
  const indexes = useIndexes(account);
  const [creating, setCreating] = useState(false);
  const may = useMay();
  const add = may.everything && <Button look="primary" icon={Plus} onClick={() => setCreating(true)}>New index</Button>;
  useShortcuts('Vectors', may.everything ? [{ keys: 'c', what: 'Create an index', run: () => setCreating(true) }] : []);
  return (
    <Page title="Vectors" actions={indexes.data && indexes.data.length > 0 && add}>
      <Loaded of={indexes}>
        {(all) =>
          all === null ? (
            <Empty icon={Waypoints} title="Not kept here">This manager keeps no vector indexes. <code>triport.manager.vectors.enabled</code> switches them on.</Empty>
          ) : all.length === 0 ? (
            <Empty icon={Waypoints} title="No indexes" actions={add}>An index holds vectors, and finds those that are nearest to one.</Empty>
          ) : (
            <Table columns={COLUMNS} rows={all} id={(one) => one.name} walk="Indexes" address={(one) => indexPath(account ?? '', one.name)} />
          )
        }
      </Loaded>
      {creating && account && <CreateIndex account={account} onClose={() => setCreating(false)} />}
    </Page>
  );
}

function CreateIndex({ account, onClose }: { account: string; onClose: () => void }) {
  const [name, setName] = useState('');
  const [dimensions, setDimensions] = useState('768');
  const [metric, setMetric] = useState<Metric>('cosine');
  const [, navigate] = useLocation();
  const amount = Number(dimensions);
  const fits = Number.isInteger(amount) && amount >= 1 && amount <= MOST_DIMENSIONS;
  const create = useChange(() => ask<VectorIndex>(indexesPath(account), { method: 'POST', json: { name: name.trim(), config: { dimensions: amount, metric } } }), [INDEXES]);
  return (
    <FormDialog title="New index" action="Create" ready={name.trim() !== '' && fits} onClose={onClose} run={async () => navigate(to.index((await create.mutateAsync(undefined)).name))}>
      <TextField label="Name" value={name} onChange={setName} autoFocus />
      <TextField label="Dimensions" type="number" fault={fits ? undefined : `A number from 1 to ${MOST_DIMENSIONS}.`} value={dimensions} onChange={setDimensions} />
      <div className="field">
        <span className="field-name">Metric</span>
        <Segments label="Metric" value={metric} options={METRICS} onChange={setMetric} />
      </div>
    </FormDialog>
  );
}
