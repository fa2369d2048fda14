import { useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { useRef } from 'react';
import { Link } from 'wouter';
import { ask } from '../api/client';
import { operationName, OPERATIONS, terminal } from '../api/jobs';
import { useNamespaces } from '../api/queries';
import type { Job } from '../api/types';
import { to, useFilters } from '../app/address';
import { useDebounced } from '../app/useDebounced';
import { useListKeys } from '../app/useListKeys';
import { Button } from '../parts/Button';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { SearchBox, Select } from '../parts/Field';
import { JobBadge } from '../parts/job';
import { Page } from '../parts/Page';
import { count, plural, span, When } from '../parts/text';

interface JobPage {
  jobs: Job[];
  total: number;
  limit: number;
  offset: number;
}

const PAGE = 50;
const STATES = ['queued', 'running', 'completed', 'failed', 'cancelled'];
const ORDERS = [
  { value: '', label: 'Newest first' },
  { value: 'completed_at', label: 'Last ended first' },
  { value: 'total_keys', label: 'Most keys first' },
  { value: 'error_count', label: 'Most errors first' },
  { value: 'percentage', label: 'Furthest first' },
];

export default function Jobs() {
  const [filters, setFilters] = useFilters(['status', 'type', 'namespace', 'id', 'from', 'until', 'errors', 'order', 'page']);
  const namespaces = useNamespaces();
  const list = useRef<HTMLTableSectionElement>(null);
  useListKeys(list, 'Jobs');
  const page = Math.max(1, Number(filters.page) || 1);
  const query = useDebounced(
    JSON.stringify({
      status: filters.status,
      operation_type: filters.type,
      namespace_id: filters.namespace,
      job_id: filters.id,
      start_date: instant(filters.from),
      end_date: instant(filters.until, 1),
      min_errors: filters.errors ? 1 : '',
      sort_by: filters.order,
      limit: PAGE,
      offset: (page - 1) * PAGE || '',
    }),
  );
  const jobs = useQuery({
    queryKey: ['jobs', query],
    queryFn: ({ signal }) => ask<JobPage>('/api/jobs', { query: JSON.parse(query) as Record<string, string>, signal }),
    placeholderData: (before) => before,
    refetchInterval: (latest) => (latest.state.data?.jobs.some((job) => !terminal(job.status)) ? 2000 : false),
  });
  const change = (changed: Partial<typeof filters>) => setFilters({ ...changed, page: '' });
  const filtered = Object.entries(filters).some(([name, value]) => value && name !== 'page' && name !== 'order');
  const pages = Math.ceil((jobs.data?.total ?? 0) / PAGE);
  return (
    <Page title="Jobs">
      <div className="toolbar wrap">
        <SearchBox label="Part of an id" keys="/" value={filters.id} onChange={(id) => change({ id })} />
        <div className="toolbar-field"><Select label="State" value={filters.status} onChange={(status) => change({ status })} options={[{ value: '', label: 'Any state' }, ...STATES.map((value) => ({ value, label: value.replace(/^./, (letter) => letter.toUpperCase()) }))]} /></div>
        <div className="toolbar-field"><Select label="Kind" value={filters.type} onChange={(type) => change({ type })} options={[{ value: '', label: 'Any kind' }, ...OPERATIONS]} /></div>
        <div className="toolbar-field"><Select label="Namespace" value={filters.namespace} onChange={(namespace) => change({ namespace })} options={[{ value: '', label: 'All namespaces' }, ...(namespaces.data ?? []).map((one) => ({ value: one.id, label: one.title }))]} /></div>
        <div className="toolbar-field"><Select label="Order" value={filters.order} onChange={(order) => change({ order })} options={ORDERS} /></div>
        <label className="line quiet">From <input className="input date" type="date" value={filters.from} onChange={(event) => change({ from: event.target.value })} /></label>
        <label className="line quiet">to <input className="input date" type="date" value={filters.until} onChange={(event) => change({ until: event.target.value })} /></label>
        <label className="choice"><input type="checkbox" className="check" checked={filters.errors !== ''} onChange={(event) => change({ errors: event.target.checked ? 'yes' : '' })} /> With errors</label>
      </div>
      {jobs.isPending && <SkeletonRows />}
      {jobs.isError && <Failed failure={jobs.error} retry={() => void jobs.refetch()} />}
      {jobs.data?.jobs.length === 0 && (
        <Empty
          icon={Activity}
          title={filtered ? 'No job matches' : 'No jobs yet'}
          actions={filtered && <Button onClick={() => setFilters({ status: '', type: '', namespace: '', id: '', from: '', until: '', errors: '', page: '' })}>Clear the filters</Button>}
        >
          {filtered ? 'Try fewer filters.' : 'Imports, exports and changes of many keys at once run as jobs, and are listed here when they end.'}
        </Empty>
      )}
      {jobs.data && jobs.data.jobs.length > 0 && (
        <>
          <p className="quiet number result-count" aria-live="polite">{plural(jobs.data.total, 'job')}</p>
          <div className="card table-wrap">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">Job</th>
                  <th scope="col">State</th>
                  <th scope="col" className="right">Keys</th>
                  <th scope="col" className="right roomy">Errors</th>
                  <th scope="col" className="roomy">Namespace</th>
                  <th scope="col" className="roomy">Started</th>
                  <th scope="col" className="roomy">Took</th>
                </tr>
              </thead>
              <tbody ref={list}>
                {jobs.data.jobs.map((job) => (
                  <tr key={job.job_id}>
                    <td className="cut"><Link className="row-link" href={to.job(job.job_id)} data-row>{operationName(job.operation_type)}</Link></td>
                    <td><JobBadge status={job.status} />{job.status === 'running' && <span className="quiet number"> {Math.round(job.percentage)} %</span>}</td>
                    <td className="right number">{count(job.processed_keys)}</td>
                    <td className={`right number roomy ${job.error_count > 0 ? 'fault' : 'quiet'}`}>{count(job.error_count)}</td>
                    <td className="cut soft roomy">{namespaces.data?.find((one) => one.id === job.namespace_id)?.title ?? '–'}</td>
                    <td className="soft roomy"><When at={job.started_at} /></td>
                    <td className="soft number roomy">{took(job)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {pages > 1 && (
            <nav className="pager" aria-label="Pages">
              <Button disabled={page <= 1} onClick={() => setFilters({ page: String(page - 1) })}>Previous</Button>
              <span className="quiet number">{page} of {pages}</span>
              <Button disabled={page >= pages} onClick={() => setFilters({ page: String(page + 1) })}>Next</Button>
            </nav>
          )}
        </>
      )}
    </Page>
  );
}

/** A day of this browser's calendar as an instant, moved by whole days. */
function instant(day: string, more = 0): string {
  if (!day) return '';
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + more);
  return date.toISOString();
}

export function took(job: Job): string {
  if (!job.started_at || !job.completed_at) return '–';
  const millis = new Date(job.completed_at).getTime() - new Date(job.started_at).getTime();
  return millis < 1000 ? `${millis} ms` : span(millis / 1000);
}
