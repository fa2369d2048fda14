import { Box } from 'lucide-react';
import { useDeferredValue } from 'react';
import { type DurableObject, useObjects } from '../api/durable';
import { to, useFilters } from '../app/address';
import { Button } from '../parts/Button';
import { Crumbs } from '../parts/Crumbs';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { SearchBox } from '../parts/Field';
import { Link } from '../parts/Link';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { When } from '../parts/text';

/** The objects of a class, in the order of their ids, with their names and alarms. */
export default function DurableObjects({ type }: { type: string }) {
  const [filters, change] = useFilters(['name']);
  const name = useDeferredValue(filters.name);
  const objects = useObjects(type, name);
  const rows = objects.data?.pages.flatMap((page) => page.objects) ?? [];
  const columns: readonly Column<DurableObject>[] = [
    { head: 'Name', look: 'cut', cell: (one) => <Link className="row-link" href={to.durableObject(type, one.id)} data-row>{one.name ?? <span className="quiet">without a name</span>}</Link> },
    { head: 'Id', look: 'cut roomy', cell: (one) => <code className="quiet" title={one.id}>{one.id.slice(0, 16)}…</code> },
    { head: 'Alarm', look: 'nowrap', cell: (one) => <When at={one.alarm?.at} /> },
    { head: 'Retries', look: 'right number roomy', cell: (one) => (one.alarm ? one.alarm.retries : <span className="quiet">–</span>) },
  ];
  return (
    <Page name={type} title={<Crumbs from={[{ label: 'Durable objects', href: to.durable() }]} here={type} />}>
      <div className="stack">
        <div className="line"><SearchBox label="Whole name of an object" value={filters.name} onChange={(text) => change({ name: text })} keys="/" /></div>
        {objects.isPending && <SkeletonRows />}
        {objects.isError && <Failed failure={objects.error} retry={() => void objects.refetch()} />}
        {objects.data && rows.length === 0 && !objects.hasNextPage && (
          <Empty icon={Box} title={name ? 'No object of this name' : 'No objects'}>{name ? 'An object is found by its whole name, letter by letter, if it keeps something.' : 'None keeps anything any more.'}</Empty>
        )}
        {rows.length > 0 && <Table columns={columns} rows={rows} id={(one) => one.id} walk="Objects" />}
        {objects.hasNextPage && <nav className="pager" aria-label="More"><Button busy={objects.isFetchingNextPage} onClick={() => void objects.fetchNextPage()}>Load more</Button></nav>}
      </div>
    </Page>
  );
}
