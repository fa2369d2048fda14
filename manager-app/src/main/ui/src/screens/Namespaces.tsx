import { ArrowDownToLine, ArrowUpFromLine, ChartColumn, Database, Ellipsis, PenLine, Plus, RefreshCw, Sparkles, Trash2 } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { to, useFilters } from '../app/address';
import { useListKeys } from '../app/useListKeys';
import { useShortcuts } from '../app/shortcuts';
import { useNamespaceColors } from '../api/colors';
import { useGoing } from '../api/going';
import { useNamespaces } from '../api/queries';
import { has } from '../api/routes';
import { useMay } from '../api/session';
import type { Namespace } from '../api/types';
import { Button, IconButton } from '../parts/Button';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { SearchBox } from '../parts/Field';
import { GoingCell, useGoingOf } from '../parts/Going';
import { Link } from '../parts/Link';
import { Menu, MenuItem, MenuLine } from '../parts/Menu';
import { Page } from '../parts/Page';
import { ColorDot } from '../parts/Swatches';
import { count, plural, When } from '../parts/text';
import { NamespaceBar, SYNC, sync } from './NamespaceBar';
import { CreateNamespace, DeleteNamespace, RenameNamespace } from './namespaceDialogs';
import { offerSamples } from './samples';

type Asked = { what: 'create' } | { what: 'rename' | 'delete'; namespace: Namespace };

const NONE: ReadonlySet<string> = new Set();

export function Namespaces() {
  const all = useNamespaces();
  const [filters, setFilters] = useFilters(['filter']);
  const may = useMay();
  const held = useGoing();
  const [asked, setAsked] = useState<Asked>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(NONE);
  const table = useRef<HTMLTableSectionElement>(null);
  const shown = useMemo(() => {
    const wanted = filters.filter.toLowerCase();
    return (all.data ?? []).filter((one) => one.title.toLowerCase().includes(wanted) || one.id.startsWith(wanted));
  }, [all.data, filters.filter]);
  const staying = shown.filter((one) => !held.some((each) => each.of === `/api/namespaces/${one.id}`));
  const chosen = staying.filter((one) => selected.has(one.id));
  const toggle = (id: string) =>
    setSelected((old) => {
      const fresh = new Set(old);
      if (!fresh.delete(id)) fresh.add(id);
      return fresh;
    });
  useShortcuts('Namespaces', may.administer ? [{ keys: 'c', what: 'Create a namespace', run: () => setAsked({ what: 'create' }) }] : []);
  useListKeys(table, 'List');
  return (
    <Page
      title="Namespaces"
      actions={may.administer && all.data && all.data.length > 0 && <Button look="primary" icon={Plus} onClick={() => setAsked({ what: 'create' })}>New namespace</Button>}
    >
      {all.isPending && <SkeletonRows />}
      {all.isError && <Failed failure={all.error} retry={() => void all.refetch()} />}
      {all.data?.length === 0 && <FirstRun onCreate={() => setAsked({ what: 'create' })} />}
      {all.data && all.data.length > 0 && (
        <>
          <div className="toolbar">
            <SearchBox label="Filter namespaces" keys="/" value={filters.filter} onChange={(filter) => setFilters({ filter })} />
            <span className="quiet number">{plural(shown.length, 'namespace')}</span>
          </div>
          {shown.length === 0 ? (
            <Empty icon={Database} title="No namespace matches" actions={<Button onClick={() => setFilters({ filter: '' })}>Clear the filter</Button>}>
              None has “{filters.filter}” in its title.
            </Empty>
          ) : (
            <div className="card table-wrap">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col" className="narrow-cell">
                      <input type="checkbox" className="check" aria-label="Select all namespaces" checked={staying.length > 0 && chosen.length === staying.length} ref={(box) => { if (box) box.indeterminate = chosen.length > 0 && chosen.length < staying.length; }} onChange={() => setSelected(chosen.length === staying.length ? NONE : new Set(staying.map((one) => one.id)))} />
                    </th>
                    <th scope="col">Title</th>
                    <th scope="col" className="right">Keys</th>
                    <th scope="col" className="roomy">Last used</th>
                    <th scope="col" className="roomy">Id</th>
                    <th scope="col"><span className="hidden">Actions</span></th>
                  </tr>
                </thead>
                <tbody ref={table}>
                  {shown.map((one) => (
                    <Row key={one.id} of={one} selected={selected.has(one.id)} onToggle={() => toggle(one.id)} onAsk={(what) => setAsked({ what, namespace: one })} />
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
      {chosen.length > 0 && <NamespaceBar chosen={chosen} onClear={() => setSelected(NONE)} />}
      {asked?.what === 'create' && <CreateNamespace onClose={() => setAsked(undefined)} />}
      {asked?.what === 'rename' && <RenameNamespace namespace={asked.namespace} onClose={() => setAsked(undefined)} />}
      {asked?.what === 'delete' && <DeleteNamespace namespace={asked.namespace} onClose={() => setAsked(undefined)} />}
    </Page>
  );
}

interface RowProps {
  of: Namespace;
  selected: boolean;
  onToggle: () => void;
  onAsk: (what: 'rename' | 'delete') => void;
}

function Row({ of: one, selected, onToggle, onAsk }: RowProps) {
  const may = useMay();
  const color = useNamespaceColors()[one.id];
  const going = useGoingOf(`/api/namespaces/${one.id}`);
  const [, navigate] = useLocation();
  return (
    <tr className={going && 'going'}>
      <td className="narrow-cell"><input type="checkbox" className="check" aria-label={`Select ${one.title}`} checked={selected} disabled={going !== undefined} onChange={onToggle} /></td>
      <td className="cut">{color && <ColorDot color={color} />}<Link href={to.keys(one.id)} className="row-link" data-row>{one.title}</Link>{one.read_only && <> <span className="badge warn">read-only</span></>}</td>
      {going ? (
        <GoingCell of={going} columns={4} />
      ) : (
        <>
          <td className="right number">{one.estimated_key_count === undefined ? <span className="quiet">–</span> : count(one.estimated_key_count)}</td>
          <td className="roomy soft"><When at={one.last_accessed} /></td>
          <td className="roomy"><code className="quiet">{one.id.slice(0, 12)}…</code></td>
          <td className="right">
            <Menu trigger={<IconButton icon={Ellipsis} label={`Actions of ${one.title}`} small />}>
              {may.write && has('POST /api/import/{ns}') && <MenuItem icon={ArrowDownToLine} onSelect={() => navigate(to.import(one.id))}>Import</MenuItem>}
              {has('POST /api/export/{ns}') && <MenuItem icon={ArrowUpFromLine} onSelect={() => navigate(to.export(one.id))}>Export</MenuItem>}
              {has('GET /api/namespaces/{ns}/stats') && <MenuItem icon={ChartColumn} onSelect={() => navigate(to.statistics(one.id))}>Statistics</MenuItem>}
              {may.write && SYNC && <MenuItem icon={RefreshCw} onSelect={() => void sync([one])}>Sync</MenuItem>}
              {may.administer && <MenuItem icon={PenLine} onSelect={() => onAsk('rename')}>Rename</MenuItem>}
              {may.administer && <MenuLine />}
              {may.administer && <MenuItem icon={Trash2} loses onSelect={() => onAsk('delete')}>Delete</MenuItem>}
            </Menu>
          </td>
        </>
      )}
    </tr>
  );
}

function FirstRun({ onCreate }: { onCreate: () => void }) {
  const [busy, setBusy] = useState(false);
  const [, navigate] = useLocation();
  const may = useMay();
  return (
    <Empty
      icon={Database}
      title="Nothing is stored yet"
      actions={
        may.administer && <>
          <Button look="primary" icon={Plus} onClick={onCreate}>New namespace</Button>
          {has('POST /api/import/{ns}') && <Button
            icon={Sparkles}
            busy={busy}
            onClick={() => {
              setBusy(true);
              void offerSamples((ns) => navigate(to.keys(ns))).finally(() => setBusy(false));
            }}
          >
            Add sample data
          </Button>}
        </>
      }
    >
      <p>A namespace holds keys and their values.{may.administer && has('POST /api/import/{ns}') && ' Begin with an empty one, or look around in a sample of 240 keys, which you can delete at any time.'}</p>
    </Empty>
  );
}
