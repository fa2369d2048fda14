import { useQuery } from '@tanstack/react-query';
import { ask, send } from '../api/client';
import { operationName } from '../api/jobs';
import { useTitleOf, useTitles } from '../api/queries';
import { has } from '../api/routes';
import { to, useFilters } from '../app/address';
import { Segments, Select } from '../parts/Field';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { bytes, count, plural, When } from '../parts/text';

interface OfNamespace {
  namespaceId: string;
  namespaceName: string;
  totalOperations: number;
  p50LatencyMs?: number;
  p99LatencyMs?: number;
  currentKeyCount: number;
  currentByteCount: number;
}

interface Metrics {
  summary: {
    totalOperations: number;
    operationsByType: Record<string, number>;
    avgLatencyMs?: { p50: number; p90: number; p99: number };
    totalKeyCount: number;
    totalByteCount: number;
    namespaceCount: number;
  };
  byNamespace: OfNamespace[];
  operationsSeries: { date: string; actionType: string; requests: number }[];
  storageSeries: { date: string; keyCount: number; byteCount: number }[];
}

interface Health {
  namespaces: { total: number };
  keys: { totalTracked: number };
  storage: { backupCoverage: number; totalBackups: number; lastBackupDate: string | null };
  recentJobs: { last24h: number; last7d: number; failedLast24h: number };
  recentFailedJobs: { jobId: string; operationType: string; namespaceId: string; errorCount: number; completedAt: string }[];
  monitoring?: { activeBreaches: number };
}

const RANGES = [
  { value: '24h', label: '24 hours' },
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
] as const;

const TYPES = ['read', 'list', 'write', 'delete'] as const;
const HEALTH = has('GET /api/health');

export default function MetricsScreen() {
  const [filters, setFilters] = useFilters(['range', 'namespace']);
  const range = RANGES.find((one) => one.value === filters.range)?.value ?? '24h';
  const titled = useTitles();
  const metrics = useQuery({
    queryKey: ['metrics', range, filters.namespace],
    queryFn: ({ signal }) => ask<Metrics>('/api/metrics', { query: { range, namespaceId: filters.namespace }, signal }),
    placeholderData: (before) => before,
  });
  const health = useQuery({
    queryKey: ['health'],
    queryFn: async ({ signal }) => (await (await send('/api/health', { signal })).json()) as Health,
    enabled: HEALTH,
  });
  return (
    <Page title="Metrics">
      <div className="stack">
        {HEALTH && <Loaded of={health} rows={2}>{(read) => <HealthCard health={read} />}</Loaded>}
        <div className="toolbar wrap tight">
          <Segments label="Range" value={range} options={RANGES} onChange={(chosen) => setFilters({ range: chosen === '24h' ? '' : chosen })} />
          <div className="toolbar-field"><Select label="Namespace" value={filters.namespace} onChange={(namespace) => setFilters({ namespace })} options={titled('All namespaces')} /></div>
        </div>
        <Loaded of={metrics}>{(read) => <Figures metrics={read} range={range} />}</Loaded>
      </div>
    </Page>
  );
}

function HealthCard({ health }: { health: Health }) {
  const titleOf = useTitleOf();
  const { recentJobs: jobs, storage, recentFailedJobs: failed } = health;
  const breaches = health.monitoring?.activeBreaches ?? 0;
  return (
    <section className="card">
      <header>
        <h2>Health</h2>
        {breaches > 0 && <Link className="badge bad" href={to.alerts()}>{plural(breaches, 'bound')} passed</Link>}
      </header>
      <div className="card-body figures">
        <Figure amount={count(jobs.last24h)} what="jobs in 24 hours" />
        <Figure amount={count(jobs.failedLast24h)} what="of them failed" bad={jobs.failedLast24h > 0} />
        <Figure amount={`${count(storage.backupCoverage)} of ${count(health.namespaces.total)}`} what="namespaces have a backup" />
        <Figure amount={storage.lastBackupDate ? <When at={storage.lastBackupDate} /> : 'never'} what="last backup" />
      </div>
      {failed.length > 0 && (
        <ul className="card-body lines">
          {failed.map((job) => (
            <li key={job.jobId} className="line">
              <span className="badge bad">failed</span>
              <Link className="row-link cut" href={to.job(job.jobId)}>{operationName(job.operationType)}</Link>
              <span className="quiet cut grow">{job.namespaceId && titleOf(job.namespaceId)}</span>
              <span className="quiet nowrap"><When at={job.completedAt} /></span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Figure({ amount, what, bad }: { amount: React.ReactNode; what: string; bad?: boolean }) {
  return (
    <div>
      <strong className={`number ${bad ? 'fault' : ''}`}>{amount}</strong>
      <span className="quiet">{what}</span>
    </div>
  );
}

const COLUMNS: readonly Column<OfNamespace>[] = [
  { head: 'Namespace', look: 'cut', cell: (one) => <Link className="row-link" href={to.keys(one.namespaceId)}>{one.namespaceName}</Link> },
  { head: 'Calls', look: 'right number', cell: (one) => count(one.totalOperations) },
  { head: 'p50', look: 'right number roomy', cell: (one) => millis(one.p50LatencyMs) },
  { head: 'p99', look: 'right number roomy', cell: (one) => millis(one.p99LatencyMs) },
  { head: 'Keys', look: 'right number roomy', cell: (one) => count(one.currentKeyCount) },
  { head: 'Stored', look: 'right number', cell: (one) => bytes(one.currentByteCount) },
];

function millis(amount: number | undefined) {
  return amount === undefined ? <span className="quiet">–</span> : `${amount} ms`;
}

function Figures({ metrics, range }: { metrics: Metrics; range: string }) {
  const { summary } = metrics;
  return (
    <>
      <section className="card" aria-label="In all">
        <div className="card-body figures">
          <Figure amount={count(summary.totalOperations)} what="calls of keys" />
          {TYPES.filter((type) => summary.operationsByType[type]).map((type) => <Figure key={type} amount={count(summary.operationsByType[type] ?? 0)} what={`${type}s`} />)}
          {summary.avgLatencyMs && <Figure amount={`${summary.avgLatencyMs.p99} ms`} what="99th percentile" />}
          <Figure amount={count(summary.totalKeyCount)} what="keys" />
          <Figure amount={bytes(summary.totalByteCount)} what="stored" />
        </div>
      </section>
      <Calls series={metrics.operationsSeries} range={range} />
      {range !== '24h' && <Stored series={metrics.storageSeries} range={range} />}
      <Table columns={COLUMNS} rows={metrics.byNamespace} id={(one) => one.namespaceId} />
    </>
  );
}

interface Slot {
  label: string;
  parts: readonly { type: string; amount: number }[];
}

/** Hours of a day, or days; each is there, whether anything happened or not. */
function slotsOf(range: string): { key: string; label: string }[] {
  const now = new Date();
  const hourly = range === '24h';
  return Array.from({ length: hourly ? 24 : range === '7d' ? 7 : 30 }, (_, at, total = hourly ? 24 : range === '7d' ? 7 : 30) => {
    const then = new Date(now.getTime() - (total - 1 - at) * (hourly ? 3_600_000 : 86_400_000)).toISOString();
    return hourly ? { key: then.slice(0, 13), label: `${new Date(`${then.slice(0, 13)}:00:00Z`).getHours()}:00` } : { key: then.slice(0, 10), label: then.slice(5, 10) };
  });
}

function Calls({ series, range }: { series: Metrics['operationsSeries']; range: string }) {
  const width = range === '24h' ? 13 : 10;
  const slots = slotsOf(range).map(({ key, label }): Slot => {
    const here = series.filter((point) => point.date.slice(0, width) === key);
    return { label, parts: TYPES.map((type) => ({ type, amount: here.filter((point) => point.actionType === type).reduce((sum, point) => sum + point.requests, 0) })) };
  });
  return <Chart title="Calls of keys" slots={slots} shown={count} legend={TYPES.map((type) => [type, `${type}s`])} />;
}

function Stored({ series, range }: { series: Metrics['storageSeries']; range: string }) {
  const slots = slotsOf(range).map(({ key, label }): Slot => ({ label, parts: [{ type: 'stored', amount: series.filter((point) => point.date === key).reduce((sum, point) => sum + point.byteCount, 0) }] }));
  return <Chart title="Stored" slots={slots} shown={bytes} legend={[]} />;
}

interface ChartProps {
  title: string;
  slots: readonly Slot[];
  shown: (amount: number) => string;
  legend: readonly (readonly [type: string, label: string])[];
}

const HEIGHT = 130;

/** Bars over time; the same numbers are there as text for who does not see them. */
function Chart({ title, slots, shown, legend }: ChartProps) {
  const sums = slots.map((slot) => slot.parts.reduce((sum, part) => sum + part.amount, 0));
  const most = Math.max(1, ...sums);
  return (
    <section className="card">
      <header>
        <h2>{title}</h2>
        {legend.map(([type, label]) => <span key={type} className="legend quiet"><span className={`chart-part ${type}`} aria-hidden />{label}</span>)}
      </header>
      <div className="card-body chart">
        <span className="quiet number chart-most">{shown(Math.max(0, ...sums))}</span>
        <ol className="chart-bars">
          {slots.map((slot, at) => (
            <li key={slot.label + at} title={`${slot.label}: ${shown(sums[at] ?? 0)}`}>
              <span className="hidden">{slot.label}: {shown(sums[at] ?? 0)}</span>
              <span className="chart-bar" style={{ height: HEIGHT }} aria-hidden>
                {slot.parts.filter((part) => part.amount > 0).map((part) => <span key={part.type} className={`chart-part ${part.type}`} style={{ height: Math.max(2, (part.amount / most) * HEIGHT) }} />)}
              </span>
              <span className="chart-label quiet number" aria-hidden>{at % Math.ceil(slots.length / 8) === 0 ? slot.label : ''}</span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
