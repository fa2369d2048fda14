import { useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { ask } from '../api/client';
import { operationName, OPERATIONS, terminal } from '../api/jobs';
import { useTitleOf, useTitles } from '../api/queries';
import type { Job } from '../api/types';
import { to, useFilters } from '../app/address';
import { useDebounced } from '../app/useDebounced';
import { Button } from '../parts/Button';
import { instant } from '../parts/days';
import { Empty } from '../parts/Empty';
import { SearchBox, Select } from '../parts/Field';
import { JobBadge } from '../parts/job';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Pager } from '../parts/Pager';
import { Table, type Column } from '../parts/Table';
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
  { value: '', label: 'By start' },
  { value: 'completed_at', label: 'By end' },
  { value: 'total_keys', label: 'By keys' },
  { value: 'error_count', label: 'By errors' },
  { value: 'percentage', label: 'By progress' },
];
const DIRECTIONS = [
  { value: '', label: 'Descending' },
  { value: 'asc', label: 'Ascending' },
];

export default function Jobs() {
  const [filters, setFilters] = useFilters(['status', 'type', 'namespace', 'id', 'from', 'until', 'errors', 'order', 'direction', 'page']);
  const titleOf = useTitleOf();
  const titled = useTitles();
  const page = Math.max(1, Number(filters.page) || 1);
  const query = useDebounced(
    JSON.stringify({
      status: filters.status,
      operation_type: filters.type,
      namespace_id: filters.namespace,
      job_id: filters.id,
      start_date: instant(filters.from),
      end_date: instant(filters.until, 1),
      min_errors: filters.errors,
      sort_by: filters.order,
      sort_order: filters.direction,
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
  const filtered = Object.entries(filters).some(([name, value]) => value && !['page', 'order', 'direction'].includes(name));
  const columns = columnsOf(titleOf);
  return (
    <Page title="Jobs">
      <div className="toolbar wrap">
        <SearchBox label="Part of an id" keys="/" value={filters.id} onChange={(id) => change({ id })} />
        <div className="toolbar-field"><Select label="State" value={filters.status} onChange={(status) => change({ status })} options={[{ value: '', label: 'Any state' }, ...STATES.map((value) => ({ value, label: value.replace(/^./, (letter) => letter.toUpperCase()) }))]} /></div>
        <div className="toolbar-field"><Select label="Kind" value={filters.type} onChange={(type) => change({ type })} options={[{ value: '', label: 'Any kind' }, ...OPERATIONS]} /></div>
        <div className="toolbar-field"><Select label="Namespace" value={filters.namespace} onChange={(namespace) => change({ namespace })} options={titled('All namespaces')} /></div>
        <div className="toolbar-field"><Select label="Order" value={filters.order} onChange={(order) => change({ order })} options={ORDERS} /></div>
        <div className="toolbar-field"><Select label="Direction" value={filters.direction} onChange={(direction) => change({ direction })} options={DIRECTIONS} /></div>
        <label className="line quiet">From <input className="input date" type="date" value={filters.from} onChange={(event) => change({ from: event.target.value })} /></label>
        <label className="line quiet">to <input className="input date" type="date" value={filters.until} onChange={(event) => change({ until: event.target.value })} /></label>
        <label className="line quiet">Errors at least <input className="input few" inputMode="numeric" value={filters.errors} onChange={(event) => change({ errors: event.target.value.replace(/\D/g, '').slice(0, 9) })} /></label>
      </div>
      <Loaded of={jobs}>
        {({ jobs: rows, total }) =>
          rows.length === 0 ? (
            <Empty
              icon={Activity}
              title={filtered ? 'No job matches' : 'No jobs yet'}
              actions={filtered && <Button onClick={() => setFilters({ status: '', type: '', namespace: '', id: '', from: '', until: '', errors: '', page: '' })}>Clear the filters</Button>}
            >
              {filtered ? 'Try fewer filters.' : 'Imports, exports and changes of many keys at once run as jobs, and are listed here when they end.'}
            </Empty>
          ) : (
            <>
              <p className="quiet number result-count" aria-live="polite">{plural(total, 'job')}</p>
              <Table columns={columns} rows={rows} id={(job) => job.job_id} walk="Jobs" />
              <Pager page={page} pages={Math.ceil(total / PAGE)} onPage={(chosen) => setFilters({ page: chosen })} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function columnsOf(title: (id: string | null) => string): Column<Job>[] {
  return [
    { head: 'Job', look: 'cut', cell: (job) => <Link className="row-link" href={to.job(job.job_id)} data-row>{operationName(job.operation_type)}</Link> },
    { head: 'State', cell: (job) => <><JobBadge status={job.status} />{job.status === 'running' && <span className="quiet number"> {Math.round(job.percentage)} %</span>}</> },
    { head: 'Keys', look: 'right number', cell: (job) => count(job.processed_keys) },
    { head: 'Errors', look: 'right number roomy', cell: (job) => <span className={job.error_count > 0 ? 'fault' : 'quiet'}>{count(job.error_count)}</span> },
    { head: 'Namespace', look: 'cut roomy', cell: (job) => <span className="soft">{title(job.namespace_id)}</span> },
    { head: 'Started', look: 'roomy', cell: (job) => <span className="soft"><When at={job.started_at} /></span> },
    { head: 'Took', look: 'number roomy', cell: (job) => <span className="soft">{took(job)}</span> },
  ];
}

export function took(job: Job): string {
  if (!job.started_at || !job.completed_at) return '–';
  const millis = new Date(job.completed_at).getTime() - new Date(job.started_at).getTime();
  return millis < 1000 ? `${millis} ms` : span(millis / 1000);
}
