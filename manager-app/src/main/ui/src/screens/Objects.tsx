import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Boxes, Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { base } from '../api/base';
import { ask } from '../api/client';
import { useMayIn } from '../api/queries';
import { has } from '../api/routes';
import { useFilters } from '../app/address';
import { useDebounced } from '../app/useDebounced';
import { Button, IconButton } from '../parts/Button';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { SearchBox } from '../parts/Field';
import { ConfirmGoing } from '../parts/Going';
import { Table, type Column } from '../parts/Table';
import { bytes, plural, When } from '../parts/text';
import { CopyToObjects } from './bulkDialogs';
import { NamespaceFrame } from './NamespaceFrame';

interface Copied {
  path: string;
  size: number;
  uploaded: string;
}

interface CopiedPage {
  objects: Copied[];
  list_complete: boolean;
}

const PAGE = 200;
const ALL = { prefix: '', total: undefined };

/** Values of the namespace that were copied to the object store. */
export default function Objects({ ns }: { ns: string }) {
  const [filters, setFilters] = useFilters(['prefix']);
  const [asked, setAsked] = useState<'copy' | Copied>();
  const may = useMayIn(ns);
  const client = useQueryClient();
  const prefix = useDebounced(filters.prefix);
  const copied = useInfiniteQuery({
    queryKey: ['objects', ns, prefix],
    queryFn: ({ pageParam, signal }) => ask<CopiedPage>(`/api/r2-objects/${ns}`, { query: { prefix, after: pageParam, limit: PAGE }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.list_complete ? undefined : last.objects.at(-1)?.path),
    staleTime: 0,
  });
  const rows = copied.data?.pages.flatMap((page) => page.objects) ?? [];
  const pathOf = (one: Copied) => `/api/r2-objects/${ns}/${encodeURIComponent(one.path)}`;
  const again = () => void client.invalidateQueries({ queryKey: ['objects', ns] });
  const close = () => setAsked(undefined);
  const copy = has('POST /api/keys/{ns}/bulk-r2-copy') && may.write && <Button look="primary" icon={Boxes} onClick={() => setAsked('copy')}>Copy all keys</Button>;
  const columns: readonly Column<Copied>[] = [
    { head: 'Object', look: 'cut mono', cell: (one) => <span title={one.path}>{one.path}</span> },
    { head: 'Size', look: 'right number', cell: (one) => bytes(one.size) },
    { head: 'Copied', look: 'nowrap roomy', cell: (one) => <span className="soft"><When at={one.uploaded} /></span> },
    {
      head: 'Actions',
      silent: true,
      look: 'right nowrap',
      cell: (one) => (
        <>
          <a className="button plain icon small" href={base + pathOf(one)} download={one.path.split('/').at(-1)} aria-label={`Download ${one.path}`} data-tip={`Download ${one.path}`}><Download size={14} aria-hidden /></a>
          {may.write && <IconButton icon={Trash2} label={`Delete ${one.path}`} small onClick={() => setAsked(one)} />}
        </>
      ),
    },
  ];
  return (
    <NamespaceFrame ns={ns} tab="objects" actions={rows.length > 0 && copy}>
      {(rows.length > 0 || filters.prefix !== '') && (
        <div className="toolbar">
          <SearchBox label="Filter by prefix" keys="/" value={filters.prefix} onChange={(value) => setFilters({ prefix: value })} />
          <span className="quiet number">{plural(rows.length, 'object')}{copied.hasNextPage && ' loaded'}</span>
        </div>
      )}
      {copied.isPending && <SkeletonRows />}
      {copied.isError && <Failed failure={copied.error} retry={() => void copied.refetch()} />}
      {copied.data && rows.length === 0 && (
        <Empty icon={Boxes} title={filters.prefix ? 'No object begins like this' : 'No objects'} actions={filters.prefix ? <Button onClick={() => setFilters({ prefix: '' })}>Clear the filter</Button> : copy}>
          Values of this namespace can be copied to the object store, each as an object of its own: all of them here, or those that are selected among the keys.
        </Empty>
      )}
      {rows.length > 0 && <Table columns={columns} rows={rows} id={(one) => one.path} address={pathOf} />}
      {copied.hasNextPage && <nav className="pager" aria-label="More"><Button busy={copied.isFetchingNextPage} onClick={() => void copied.fetchNextPage()}>Load more</Button></nav>}
      {asked === 'copy' && <CopyToObjects ns={ns} chosen={ALL} onClose={close} onStarted={() => {}} onEnded={again} />}
      {typeof asked === 'object' && (
        <ConfirmGoing
          title={`Delete ${asked.path}?`}
          action="Delete"
          order={{ what: asked.path, verb: 'deleted', of: pathOf(asked), path: pathOf(asked), method: 'DELETE', stale: ['objects'] }}
          onClose={close}
        >
          The object ({bytes(asked.size)}) is removed from the object store and cannot be brought back from there. The key of which it is a copy stays as it is.
        </ConfirmGoing>
      )}
    </NamespaceFrame>
  );
}
