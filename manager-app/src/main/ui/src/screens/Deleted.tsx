import { useInfiniteQuery } from '@tanstack/react-query';
import { RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ask } from '../api/client';
import { keyPath } from '../api/keyValue';
import { useMayIn } from '../api/queries';
import { to } from '../app/address';
import { Button } from '../parts/Button';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { notify } from '../parts/Notices';
import { Table, type Column } from '../parts/Table';
import { bytes, When } from '../parts/text';
import { NamespaceFrame } from './NamespaceFrame';

interface DeletedKey {
  name: string;
  version: number;
  created_at: string;
  user_email: string;
  size: number;
}

interface DeletedPage {
  versions: DeletedKey[];
  cursor?: string;
}

/** Keys that were deleted, as long as what they were is kept. */
export default function Deleted({ ns }: { ns: string }) {
  const [busy, setBusy] = useState<number>();
  const [, navigate] = useLocation();
  const may = useMayIn(ns);
  const deleted = useInfiniteQuery({
    queryKey: ['deleted', ns],
    queryFn: ({ pageParam, signal }) => ask<DeletedPage>(`/api/versions/${ns}`, { query: { deleted: true, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.cursor,
    staleTime: 0,
  });
  const rows = deleted.data?.pages.flatMap((page) => page.versions) ?? [];
  const restore = async (one: DeletedKey) => {
    setBusy(one.version);
    try {
      await ask(`${keyPath('versions', ns, one.name)}/${one.version}/restore`, { method: 'POST' });
      notify.done(`${one.name} is back.`);
      navigate(to.key(ns, one.name));
    } catch (failure) {
      notify.failed(failure);
      setBusy(undefined);
    }
  };
  const columns: readonly Column<DeletedKey>[] = [
    { head: 'Key', look: 'cut mono', cell: (one) => <span title={one.name}>{one.name}</span> },
    { head: 'Deleted', look: 'nowrap', cell: (one) => <When at={one.created_at} /> },
    { head: 'By', look: 'cut roomy', cell: (one) => <span className="soft">{one.user_email}</span> },
    { head: 'Size', look: 'right number roomy', cell: (one) => bytes(one.size) },
    { head: 'Actions', silent: true, look: 'right', cell: (one) => may.write && <Button small icon={RotateCcw} busy={busy === one.version} onClick={() => void restore(one)}>Restore<span className="hidden"> {one.name}</span></Button> },
  ];
  return (
    <NamespaceFrame ns={ns} tab="deleted">
      {deleted.isPending && <SkeletonRows />}
      {deleted.isError && <Failed failure={deleted.error} retry={() => void deleted.refetch()} />}
      {deleted.data && rows.length === 0 && <Empty icon={Trash2} title="No deleted keys">A deleted key can be brought back for 24 hours, or for as long as the namespace keeps versions.</Empty>}
      {rows.length > 0 && <Table columns={columns} rows={rows} id={(one) => `${one.version} ${one.name}`} />}
      {deleted.hasNextPage && <nav className="pager" aria-label="More"><Button busy={deleted.isFetchingNextPage} onClick={() => void deleted.fetchNextPage()}>Load more</Button></nav>}
    </NamespaceFrame>
  );
}
