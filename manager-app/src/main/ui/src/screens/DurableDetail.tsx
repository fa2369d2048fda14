import { Box, RotateCcw } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { bytesOf, inOneLine, type StateEntry, useEntries, useEntry, useObject } from '../api/durable';
import { to, useFilters } from '../app/address';
import { Button, IconButton } from '../parts/Button';
import { Crumbs } from '../parts/Crumbs';
import { Dialog } from '../parts/Dialog';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { SearchBox } from '../parts/Field';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { absolute, bytes, count, plural, When } from '../parts/text';
import { ValueView } from '../values/ValueView';

/** One object: its alarm, and its state for reading. Nothing here wakes it. */
export default function DurableDetail({ type, id }: { type: string; id: string }) {
  const object = useObject(type, id);
  const client = useQueryClient();
  if (object.isError) return <Failed page failure={object.error} retry={() => void object.refetch()} />;
  if (!object.data) return <SkeletonRows />;
  const { name, alarm, entries, bytes: size } = object.data;
  const here = name ?? `${id.slice(0, 16)}…`;
  return (
    <Page
      name={here}
      title={<Crumbs from={[{ label: 'Durable objects', href: to.durable() }, { label: type, href: to.durableClass(type) }]} here={here} />}
      actions={<IconButton icon={RotateCcw} label="Look again" onClick={() => void client.invalidateQueries({ queryKey: ['durable', type, 'one', id] })} />}
    >
      <div className="stack">
        <section className="card">
          <dl className="card-body facts">
            <dt>Id</dt>
            <dd><code className="wrap">{id}</code></dd>
            <dt>Alarm</dt>
            <dd>
              {alarm ? (
                <>
                  <When at={alarm.at} /> <span className="quiet">{absolute(new Date(alarm.at))}</span>
                  {alarm.retries > 0 && <span className="soft">, after {plural(alarm.retries, 'failure')}; set to {absolute(new Date(alarm.scheduled_at))}</span>}
                </>
              ) : (
                <span className="quiet">none</span>
              )}
            </dd>
            <dt>Keeps</dt>
            <dd>{plural(entries, 'entry', 'entries')}, {bytes(size)}</dd>
          </dl>
        </section>
        <State type={type} id={id} all={entries} />
      </div>
    </Page>
  );
}

function State({ type, id, all }: { type: string; id: string; all: number }) {
  const [filters, change] = useFilters(['prefix']);
  const prefix = useDeferredValue(filters.prefix);
  const state = useEntries(type, id, prefix);
  const [open, setOpen] = useState<StateEntry>();
  const rows = state.data?.pages.flatMap((page) => page.entries) ?? [];
  const columns: readonly Column<StateEntry>[] = [
    { head: 'Key', look: 'cut mono', cell: (one) => <button type="button" className="as-link mono" onClick={() => setOpen(one)} data-row>{nameOf(one)}</button> },
    { head: 'Size', look: 'right number', cell: (one) => bytes(one.size) },
    { head: 'Value', look: 'cut mono roomy', cell: (one) => <span className="soft">{inOneLine(one).slice(0, 400)}{!one.whole && '…'}</span> },
  ];
  return (
    <>
      <div className="line">
        <h2 className="grow">State</h2>
        {all > 0 && <SearchBox label="Beginning of keys" value={filters.prefix} onChange={(text) => change({ prefix: text })} keys="/" />}
      </div>
      {state.isPending && <SkeletonRows />}
      {state.isError && <Failed failure={state.error} retry={() => void state.refetch()} />}
      {state.data && rows.length === 0 && <Empty icon={Box} title="No entries">{prefix ? 'No key begins like this.' : 'The object keeps an alarm and nothing else.'}</Empty>}
      {rows.length > 0 && <Table columns={columns} rows={rows} id={(one) => one.key_hex} walk="Entries" />}
      {state.hasNextPage && <nav className="pager" aria-label="More"><Button busy={state.isFetchingNextPage} onClick={() => void state.fetchNextPage()}>Load more</Button><span className="quiet number">{count(rows.length)} of {count(all)}</span></nav>}
      {open && <Entry type={type} id={id} of={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Entry({ type, id, of, onClose }: { type: string; id: string; of: StateEntry; onClose: () => void }) {
  const entry = useEntry(type, id, of.key_hex);
  return (
    <Dialog title={nameOf(of)} wide onClose={onClose} foot={<Button onClick={onClose}>Close</Button>}>
      <Loaded of={entry} rows={3}>{(whole) => <ValueView bytes={bytesOf(whole.value, whole.value_encoding)} />}</Loaded>
    </Dialog>
  );
}

function nameOf(entry: StateEntry): string {
  return entry.key_encoding === 'text' ? entry.key : `0x${entry.key}`;
}
