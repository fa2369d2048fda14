import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, ScrollText, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { base } from '../api/base';
import { address, ask } from '../api/client';
import { operationName } from '../api/jobs';
import { useTitleOf, useTitles } from '../api/queries';
import { has } from '../api/routes';
import type { AuditEntry, Json } from '../api/types';
import { to, useFilters } from '../app/address';
import { useDebounced } from '../app/useDebounced';
import { Button } from '../parts/Button';
import { instant } from '../parts/days';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { SearchBox, Select } from '../parts/Field';
import { Link } from '../parts/Link';
import { notify } from '../parts/Notices';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { plural, When } from '../parts/text';

const PAGE = 100;
const CSV = has('GET /api/audit/all/export.csv');
const KINDS = [
  'create', 'update', 'delete', 'metadata_update', 'restore_backup', 'key_rename', 'create_namespace', 'rename_namespace',
  'delete_namespace', 'bulk_delete', 'bulk_copy', 'bulk_ttl_update', 'bulk_tag', 'import', 'export', 'r2_backup', 'r2_restore',
];
const SOURCES = [
  { value: '', label: 'From anywhere' },
  { value: 'ui', label: 'Console' },
  { value: 'api', label: 'Manager API' },
  { value: 'cloudflare-api', label: 'Cloudflare’s API' },
  { value: 'schedule', label: 'Schedule' },
];
const FILTERS = ['namespace', 'operation', 'user', 'key', 'source', 'from', 'until'] as const;
const NONE = Object.fromEntries(FILTERS.map((name) => [name, '']));

export default function Audit() {
  const [filters, setFilters] = useFilters(FILTERS);
  const titled = useTitles();
  const titleOf = useTitleOf();
  const path = `/api/audit/${filters.namespace || 'all'}`;
  const query = useDebounced(
    JSON.stringify({ operation: filters.operation, user: filters.user, key: filters.key, source: filters.source, from: instant(filters.from), to: instant(filters.until, 1) }),
  );
  const asked = JSON.parse(query) as Record<string, string>;
  const entries = useInfiniteQuery({
    queryKey: ['audit', path, query],
    queryFn: ({ pageParam, signal }) => ask<AuditEntry[]>(path, { query: { ...asked, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.length < PAGE ? undefined : String(last.at(-1)?.id)),
    staleTime: 0,
  });
  const rows = entries.data?.pages.flat() ?? [];
  const filtered = FILTERS.some((name) => filters[name] !== '');
  const columns: readonly Column<AuditEntry>[] = [
    { head: 'When', look: 'nowrap', cell: (row) => <span className="soft"><When at={row.timestamp} /></span> },
    { head: 'Operation', look: 'nowrap', cell: (row) => operationName(row.operation) },
    { head: 'Key', look: 'mono cut', cell: (row) => (row.key_name && row.namespace_id ? <Link className="row-link" href={to.key(row.namespace_id, row.key_name)}>{row.key_name}</Link> : <span className="quiet">–</span>) },
    { head: 'Namespace', look: 'cut roomy', cell: (row) => <span className="soft">{titleOf(row.namespace_id)}</span> },
    { head: 'By', look: 'cut roomy', cell: (row) => <button type="button" className="as-link cut" onClick={() => setFilters({ user: row.user_email })}>{row.user_email}</button> },
    { head: 'Details', look: 'cut roomy', cell: (row) => <span className="quiet" title={row.details ?? undefined}>{summary(row.details)}</span> },
  ];
  return (
    <Page
      title="Audit log"
      actions={
        <>
          {has('GET /api/audit/verify') && <Verify />}
          {CSV && <a className="button" href={base + address(`${path}/export.csv`, asked)} download><Download size={15} aria-hidden /> CSV</a>}
        </>
      }
    >
      <div className="toolbar wrap">
        <SearchBox label="Name of a key" keys="/" value={filters.key} onChange={(key) => setFilters({ key })} />
        <div className="toolbar-field"><Select label="Namespace" value={filters.namespace} onChange={(namespace) => setFilters({ namespace })} options={titled('All namespaces')} /></div>
        <div className="toolbar-field"><Select label="Operation" value={filters.operation} onChange={(operation) => setFilters({ operation })} options={[{ value: '', label: 'Any operation' }, ...KINDS.map((value) => ({ value, label: operationName(value) }))]} /></div>
        <div className="toolbar-field"><Select label="Source" value={filters.source} onChange={(source) => setFilters({ source })} options={SOURCES} /></div>
        <label className="line quiet">From <input className="input date" type="date" value={filters.from} onChange={(event) => setFilters({ from: event.target.value })} /></label>
        <label className="line quiet">to <input className="input date" type="date" value={filters.until} onChange={(event) => setFilters({ until: event.target.value })} /></label>
        {filters.user && <Button small onClick={() => setFilters({ user: '' })}>By {filters.user} ✕</Button>}
      </div>
      {entries.isPending && <SkeletonRows />}
      {entries.isError && <Failed failure={entries.error} retry={() => void entries.refetch()} />}
      {entries.data && rows.length === 0 && (
        <Empty icon={ScrollText} title={filtered ? 'No entry matches' : 'Nothing has happened yet'} actions={filtered && <Button onClick={() => setFilters(NONE)}>Clear the filters</Button>}>
          Every change is written down here with who made it. Values never are.
        </Empty>
      )}
      {rows.length > 0 && <Table columns={columns} rows={rows} id={(row) => row.id} />}
      {entries.hasNextPage && (
        <nav className="pager" aria-label="More"><Button busy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>Load older entries</Button></nav>
      )}
    </Page>
  );
}

/** Each entry has the hash of the one before: what was changed or taken out shows. */
function Verify() {
  const [busy, setBusy] = useState(false);
  const verify = async () => {
    setBusy(true);
    try {
      const said = await ask<{ valid: boolean; entries: number; broken_at?: number }>('/api/audit/verify');
      if (said.valid) notify.done(`The log is whole: ${plural(said.entries, 'entry', 'entries')} follow one another.`);
      else notify.failed(new Error(`The log was changed: entry ${said.broken_at} does not follow the one before.`));
    } catch (failure) {
      notify.failed(failure);
    }
    setBusy(false);
  };
  return <Button icon={ShieldCheck} busy={busy} onClick={() => void verify()}>Verify</Button>;
}

function summary(details: string | null): string {
  if (!details) return '';
  const parts = Object.entries(JSON.parse(details) as Record<string, Json>).filter(([name]) => name !== 'job_id');
  return parts.map(([name, value]) => `${name.replaceAll('_', ' ')} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(' · ');
}
