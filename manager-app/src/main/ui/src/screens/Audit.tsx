import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, ScrollText } from 'lucide-react';
import { base } from '../api/base';
import { address, ask } from '../api/client';
import { operationName } from '../api/jobs';
import { useNamespaces } from '../api/queries';
import { has } from '../api/routes';
import type { AuditEntry, Json } from '../api/types';
import { to, useFilters } from '../app/address';
import { Link } from 'wouter';
import { Button } from '../parts/Button';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { Select } from '../parts/Field';
import { Page } from '../parts/Page';
import { When } from '../parts/text';

const PAGE = 100;
const CSV = has('GET /api/audit/{ns}/export.csv');
const KINDS = [
  'create', 'update', 'delete', 'metadata_update', 'restore_backup', 'key_rename', 'create_namespace', 'rename_namespace',
  'delete_namespace', 'bulk_delete', 'bulk_copy', 'bulk_ttl_update', 'bulk_tag', 'import', 'export',
];

export default function Audit() {
  const [filters, setFilters] = useFilters(['namespace', 'operation', 'user']);
  const namespaces = useNamespaces();
  const path = filters.namespace ? `/api/audit/${filters.namespace}` : filters.user ? `/api/audit/user/${encodeURIComponent(filters.user)}` : '/api/audit/all';
  const entries = useInfiniteQuery({
    queryKey: ['audit', path, filters.operation],
    queryFn: ({ pageParam, signal }) => ask<AuditEntry[]>(path, { query: { limit: PAGE, offset: pageParam || undefined, operation: filters.operation }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.length < PAGE ? undefined : all.length * PAGE),
    staleTime: 0,
  });
  const rows = entries.data?.pages.flat() ?? [];
  const filtered = filters.namespace || filters.operation || filters.user;
  const title = (id: string | null) => namespaces.data?.find((one) => one.id === id)?.title;
  return (
    <Page
      title="Audit log"
      actions={
        filters.namespace && CSV && (
          <a className="button" href={base + address(`/api/audit/${filters.namespace}/export.csv`, { operation: filters.operation })} download>
            <Download size={15} aria-hidden /> CSV
          </a>
        )
      }
    >
      <div className="toolbar wrap">
        <div className="toolbar-field"><Select label="Namespace" value={filters.namespace} onChange={(namespace) => setFilters({ namespace, user: '' })} options={[{ value: '', label: 'All namespaces' }, ...(namespaces.data ?? []).map((one) => ({ value: one.id, label: one.title }))]} /></div>
        <div className="toolbar-field"><Select label="Operation" value={filters.operation} onChange={(operation) => setFilters({ operation })} options={[{ value: '', label: 'Any operation' }, ...KINDS.map((value) => ({ value, label: operationName(value) }))]} /></div>
        {filters.user && <Button small onClick={() => setFilters({ user: '' })}>By {filters.user} ✕</Button>}
        {CSV && !filters.namespace && <span className="quiet">Choose a namespace to save its log as CSV.</span>}
      </div>
      {entries.isPending && <SkeletonRows />}
      {entries.isError && <Failed failure={entries.error} retry={() => void entries.refetch()} />}
      {entries.data && rows.length === 0 && (
        <Empty icon={ScrollText} title={filtered ? 'No entry matches' : 'Nothing has happened yet'} actions={filtered && <Button onClick={() => setFilters({ namespace: '', operation: '', user: '' })}>Clear the filters</Button>}>
          Every change is written down here with who made it. Values never are.
        </Empty>
      )}
      {rows.length > 0 && (
        <div className="card table-wrap">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Operation</th>
                <th scope="col">Key</th>
                <th scope="col" className="roomy">Namespace</th>
                <th scope="col" className="roomy">By</th>
                <th scope="col" className="roomy">Details</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td className="soft nowrap"><When at={row.timestamp} /></td>
                  <td className="nowrap">{operationName(row.operation)}</td>
                  <td className="mono cut">{row.key_name && row.namespace_id ? <Link className="row-link" href={to.key(row.namespace_id, row.key_name)}>{row.key_name}</Link> : <span className="quiet">–</span>}</td>
                  <td className="cut soft roomy">{title(row.namespace_id) ?? <span className="quiet">{row.namespace_id?.slice(0, 8) ?? '–'}</span>}</td>
                  <td className="cut roomy"><button type="button" className="as-link cut" onClick={() => setFilters({ user: row.user_email, namespace: '' })}>{row.user_email}</button></td>
                  <td className="cut quiet roomy" title={row.details ?? undefined}>{summary(row.details)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {entries.hasNextPage && (
        <nav className="pager" aria-label="More"><Button busy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>Load older entries</Button></nav>
      )}
    </Page>
  );
}

function summary(details: string | null): string {
  if (!details) return '';
  const parts = Object.entries(JSON.parse(details) as Record<string, Json>).filter(([name]) => name !== 'job_id');
  return parts.map(([name, value]) => `${name.replaceAll('_', ' ')} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(' · ');
}
