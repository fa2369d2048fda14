import { useQuery } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { ask } from '../api/client';
import { to } from '../app/address';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { Link } from '../parts/Link';
import { bytes, count } from '../parts/text';
import { NamespaceFrame } from './NamespaceFrame';

interface Stats {
  key_count: number;
  total_bytes: number;
  ttl_histogram: Record<string, number>;
  largest_keys: { name: string; size: number }[];
  top_prefixes: { prefix: string; count: number; bytes?: number }[];
}

const SPANS: readonly [name: string, label: string][] = [
  ['minute', 'a minute'],
  ['hour', 'an hour'],
  ['day', 'a day'],
  ['week', 'a week'],
  ['month', 'a month'],
  ['later', 'later'],
  ['none', 'never'],
];

export default function Statistics({ ns }: { ns: string }) {
  const stats = useQuery({ queryKey: ['stats', ns], queryFn: ({ signal }) => ask<Stats>(`/api/namespaces/${ns}/stats`, { signal }) });
  return (
    <NamespaceFrame ns={ns} tab="statistics">
      {stats.isPending && <SkeletonRows />}
      {stats.isError && <Failed failure={stats.error} retry={() => void stats.refetch()} />}
      {stats.data?.key_count === 0 && <Empty icon={ChartColumn} title="Nothing to count">The namespace is empty.</Empty>}
      {stats.data && stats.data.key_count > 0 && <Charts ns={ns} stats={stats.data} />}
    </NamespaceFrame>
  );
}

function Charts({ ns, stats }: { ns: string; stats: Stats }) {
  const expiring = stats.key_count - (stats.ttl_histogram['none'] ?? 0);
  return (
    <div className="stack">
      <section className="card" aria-label="In all">
        <div className="card-body figures">
          <div><strong className="number">{count(stats.key_count)}</strong><span className="quiet">keys</span></div>
          <div><strong className="number">{bytes(stats.total_bytes)}</strong><span className="quiet">of values</span></div>
          <div><strong className="number">{bytes(stats.total_bytes / stats.key_count)}</strong><span className="quiet">a key, on average</span></div>
          <div><strong className="number">{Math.round((expiring / stats.key_count) * 100)} %</strong><span className="quiet">expire</span></div>
        </div>
      </section>
      <Histogram histogram={stats.ttl_histogram} />
      <div className="columns even">
        <Bars
          title="Largest keys"
          rows={stats.largest_keys.map((one) => ({ label: one.name, amount: one.size, shown: bytes(one.size), href: to.key(ns, one.name) }))}
        />
        <Bars
          title="Prefixes with most keys"
          rows={stats.top_prefixes.map((one) => ({ label: one.prefix, amount: one.count, shown: count(one.count), href: to.keys(ns, one.prefix) }))}
        />
      </div>
    </div>
  );
}

function Histogram({ histogram }: { histogram: Record<string, number> }) {
  const most = Math.max(1, ...SPANS.map(([name]) => histogram[name] ?? 0));
  return (
    <section className="card">
      <header><h2>When keys expire</h2></header>
      <ol className="card-body histogram">
        {SPANS.map(([name, label]) => {
          const amount = histogram[name] ?? 0;
          return (
            <li key={name}>
              <span className="number histogram-count">{count(amount)}</span>
              <span className={`histogram-bar ${name === 'none' ? 'off' : ''}`} style={{ height: `${Math.max(amount === 0 ? 0 : 2, (amount / most) * 120)}px` }} />
              <span className="quiet histogram-label">{name === 'later' || name === 'none' ? label : `within ${label}`}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface Bar {
  label: string;
  amount: number;
  shown: string;
  href: string;
}

function Bars({ title, rows }: { title: string; rows: readonly Bar[] }) {
  const most = Math.max(1, ...rows.map((row) => row.amount));
  return (
    <section className="card">
      <header><h2>{title}</h2></header>
      {rows.length === 0 ? (
        <p className="card-body quiet">None.</p>
      ) : (
        <ol className="card-body bars">
          {rows.slice(0, 10).map((row) => (
            <li key={row.label}>
              <span className="bars-fill" style={{ width: `${(row.amount / most) * 100}%` }} />
              <Link href={row.href} className="row-link mono cut grow">{row.label}</Link>
              <span className="number soft">{row.shown}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
