import { useInfiniteQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { ask } from '../api/client';
import { useTitleOf } from '../api/queries';
import type { Found } from '../api/types';
import { to } from '../app/address';
import { Button } from '../parts/Button';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { Link } from '../parts/Link';
import { Table, type Column } from '../parts/Table';
import { bytes } from '../parts/text';

interface ResultPage {
  results: Found[];
  cursor?: string;
}

/** The keys that a search in values has found. */
export function FoundInValues({ path }: { path: string }) {
  const titleOf = useTitleOf();
  const found = useInfiniteQuery({
    queryKey: ['found-in-values', path],
    queryFn: ({ pageParam, signal }) => ask<ResultPage>(`${path}/results`, { query: { limit: 100, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.cursor,
  });
  const rows = found.data?.pages.flatMap((page) => page.results) ?? [];
  const columns: readonly Column<Found>[] = [
    {
      head: 'Key',
      look: 'cut',
      cell: (row) => (
        <>
          <Link href={to.key(row.namespace_id, row.key_name)} className="row-link mono" data-row>{row.key_name}</Link>
          {row.value_preview && <div className="quiet cut mono preview">{row.value_preview}</div>}
        </>
      ),
    },
    { head: 'Namespace', look: 'cut roomy', cell: (row) => <span className="soft">{titleOf(row.namespace_id)}</span> },
    { head: 'Size', look: 'right number', cell: (row) => <span className="soft">{row.size === undefined ? '–' : bytes(row.size)}</span> },
  ];
  if (found.isPending) return <SkeletonRows count={4} />;
  if (found.isError) return <Failed failure={found.error} retry={() => void found.refetch()} />;
  if (rows.length === 0) return <Empty icon={SearchX} title="Nothing was found">No value that was read has the text.</Empty>;
  return (
    <>
      <Table columns={columns} rows={rows} id={(row) => `${row.namespace_id} ${row.key_name}`} walk="Found" />
      {found.hasNextPage && <nav className="pager" aria-label="More"><Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>Load more</Button></nav>}
    </>
  );
}
