import { Search, Trash2, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAccountPath } from '../api/cloudflare';
import { ask, sentence } from '../api/client';
import { useMay } from '../api/session';
import { INDEXES, indexPath, type Match, useIndex, useProperties, useVectorInfo, vectorOf } from '../api/vectors';
import { to } from '../app/address';
import { Button, IconButton } from '../parts/Button';
import { Crumbs } from '../parts/Crumbs';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { Segments, TextField } from '../parts/Field';
import { ConfirmGoing, GoingBanner } from '../parts/Going';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { count } from '../parts/text';

const TOP = 10;

const COLUMNS: readonly Column<Match>[] = [
  { head: 'Id', look: 'cut mono', cell: (one) => one.id },
  { head: 'Score', look: 'right number', cell: (one) => one.score.toFixed(5) },
  { head: 'Namespace', look: 'cut roomy', cell: (one) => <span className="soft">{one.namespace || '–'}</span> },
  { head: 'Metadata', look: 'cut mono roomy', cell: (one) => <span className="soft">{one.metadata ? JSON.stringify(one.metadata) : '–'}</span> },
];

/** What an index holds, and a search in it. */
export default function VectorIndexDetail({ name }: { name: string }) {
  const account = useAccountPath();
  const path = account && indexPath(account, name);
  const index = useIndex(account, name);
  const info = useVectorInfo(account, name);
  const properties = useProperties(account, name);
  const [deleting, setDeleting] = useState(false);
  const [, navigate] = useLocation();
  const may = useMay();
  if (index.isError) return <Failed page failure={index.error} retry={() => void index.refetch()} />;
  if (!index.data || !path) return <SkeletonRows />;
  const { dimensions, metric } = index.data.config;
  return (
    <Page
      name={name}
      title={<Crumbs from={[{ label: 'Vectors', href: to.indexes() }]} here={name} />}
      actions={may.everything && <IconButton icon={Trash2} label="Delete the index" onClick={() => setDeleting(true)} />}
    >
      <GoingBanner address={path} />
      <div className="stack">
        <section className="card">
          <dl className="card-body facts">
            <dt>Vectors</dt>
            <dd>{info.data ? count(info.data.vectorCount) : '–'}</dd>
            <dt>Dimensions</dt>
            <dd>{dimensions}</dd>
            <dt>Metric</dt>
            <dd>{metric}</dd>
            <dt>Filters by</dt>
            <dd>
              <Loaded of={properties} rows={1}>
                {(all) => (all.length === 0 ? <span className="quiet">nothing</span> : <span className="tag-list">{all.map((one) => <span key={one.propertyName} className="tag">{one.propertyName}: {one.indexType}</span>)}</span>)}
              </Loaded>
            </dd>
          </dl>
        </section>
        <Nearest path={path} dimensions={dimensions} />
      </div>
      {deleting && (
        <ConfirmGoing
          title={`Delete ${name}?`}
          action="Delete the index"
          typed={name}
          order={{ what: name, verb: 'deleted', of: path, path, method: 'DELETE', stale: INDEXES }}
          onHeld={() => navigate(to.indexes())}
          onClose={() => setDeleting(false)}
        >
          Its vectors go with it.
        </ConfirmGoing>
      )}
    </Page>
  );
}

const NEAR = [
  { value: 'id', label: 'A vector of the index' },
  { value: 'vector', label: 'Numbers' },
] as const;

function Nearest({ path, dimensions }: { path: string; dimensions: number }) {
  const [near, setNear] = useState<'id' | 'vector'>('id');
  const [text, setText] = useState('');
  const [filter, setFilter] = useState('');
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<{ matches: readonly Match[] } | { fault: string }>();
  const vector = near === 'vector' ? vectorOf(text) : undefined;
  const fault = near === 'vector' && text.trim() !== '' && vector?.length !== dimensions ? `${dimensions} numbers are needed.` : undefined;
  const ready = text.trim() !== '' && fault === undefined;
  const search = async () => {
    if (!ready || busy) return;
    setBusy(true);
    try {
      const target = vector ?? (await valuesOf(path, text.trim()));
      const chosen = filter.trim() === '' ? {} : { filter: JSON.parse(filter) as unknown };
      setFound(await ask<{ matches: Match[] }>(`${path}/query`, { method: 'POST', json: { vector: target, topK: TOP, returnMetadata: 'all', ...chosen } }));
    } catch (failure) {
      setFound({ fault: failure instanceof SyntaxError ? 'The filter is no JSON.' : sentence(failure) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h2>Nearest</h2>
      <form
        className="card card-body stack"
        onSubmit={(event) => {
          event.preventDefault();
          void search();
        }}
      >
        <Segments label="Near to" value={near} options={NEAR} onChange={setNear} />
        <TextField label={near === 'id' ? 'Id' : 'Numbers'} mono {...(near === 'vector' ? { lines: 3 } : {})} fault={fault} value={text} onChange={setText} />
        <TextField label="Filter" mono placeholder='{"lang": "en"}' value={filter} onChange={setFilter} />
        <div className="line">
          <span className="grow" />
          <Button type="submit" look="primary" icon={Search} busy={busy} disabled={!ready}>Search</Button>
        </div>
      </form>
      <div aria-live="polite">
        {found && 'fault' in found && <p className="fault" role="alert">{found.fault}</p>}
        {found && 'matches' in found && (found.matches.length === 0 ? <Empty icon={Waypoints} title="Nothing matches">No vector of the index comes into question.</Empty> : <Table columns={COLUMNS} rows={found.matches} id={(one) => one.id} />)}
      </div>
    </>
  );
}

async function valuesOf(path: string, id: string): Promise<number[]> {
  const [found] = await ask<{ values: number[] }[]>(`${path}/get_by_ids`, { method: 'POST', json: { ids: [id] } });
  if (!found) throw new Error(`No vector has the id ${id}.`);
  return found.values;
}
