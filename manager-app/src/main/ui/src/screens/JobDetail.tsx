import { useQuery } from '@tanstack/react-query';
import { Download, RotateCw, Square } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { base } from '../api/base';
import { ask } from '../api/client';
import { operationName, terminal, tray } from '../api/jobs';
import { useNamespaces } from '../api/queries';
import { has } from '../api/routes';
import type { Job, JobEvent, JobItemError, JobStarted, Json } from '../api/types';
import { to } from '../app/address';
import { Button } from '../parts/Button';
import { Crumbs } from '../parts/Crumbs';
import { Failed, SkeletonRows } from '../parts/Empty';
import { JobBadge, JobProgress } from '../parts/job';
import { Link } from '../parts/Link';
import { notify } from '../parts/Notices';
import { Page } from '../parts/Page';
import { absolute, bytes, count, plural, When } from '../parts/text';
import { csv } from '../parts/csv';
import { saveBytes } from '../parts/save';
import { FoundInValues } from './FoundInValues';
import { took } from './Jobs';

const POLL_MILLIS = 1000;
const VALUE_SEARCH = 'value_search';
const OBJECT_COPY = 'r2_copy';

export default function JobDetail({ id }: { id: string }) {
  const path = `/api/jobs/${encodeURIComponent(id)}`;
  const [cancelling, setCancelling] = useState(false);
  const [, navigate] = useLocation();
  const namespaces = useNamespaces();
  const job = useQuery({
    queryKey: ['jobs', id, 'one'],
    queryFn: ({ signal }) => ask<Job>(path, { signal }),
    refetchInterval: (latest) => (terminal(latest.state.data?.status) ? false : POLL_MILLIS),
  });
  const done = terminal(job.data?.status);
  const events = useQuery({
    queryKey: ['jobs', id, 'events', done],
    queryFn: ({ signal }) => ask<{ events: JobEvent[] }>(`${path}/events`, { signal }),
    refetchInterval: done ? false : POLL_MILLIS,
  });
  if (job.isError) return <Failed page failure={job.error} retry={() => void job.refetch()} />;
  if (!job.data) return <SkeletonRows />;
  const shown = job.data;
  const namespace = namespaces.data?.find((one) => one.id === shown.namespace_id);
  const cancel = async () => {
    setCancelling(true);
    await ask(`${path}/cancel`, { method: 'POST' }).catch(notify.failed);
    await job.refetch();
    setCancelling(false);
  };
  const retry = async () => {
    try {
      const started = await ask<JobStarted>(`${path}/retry`, { method: 'POST' });
      tray.follow(started, `${operationName(shown.operation_type)}, again`);
      navigate(to.job(started.job_id));
    } catch (failure) {
      notify.failed(failure);
    }
  };
  return (
    <Page
      name={operationName(shown.operation_type)}
      title={
        <Crumbs from={[{ label: 'Jobs', href: to.jobs() }]} here={operationName(shown.operation_type)}><JobBadge status={shown.status} /></Crumbs>
      }
      actions={
        <>
          {!done && has('POST /api/jobs/{id}/cancel') && <Button icon={Square} busy={cancelling} onClick={() => void cancel()}>Cancel</Button>}
          {done && shown.error_count > 0 && has('POST /api/jobs/{id}/retry') && <Button icon={RotateCw} onClick={() => void retry()}>Retry what failed</Button>}
          {shown.status === 'completed' && shown.download_url && (
            <a className="button primary" href={base + shown.download_url} download><Download size={15} aria-hidden /> Download</a>
          )}
        </>
      }
    >
      <div className="columns">
        <div className="stack">
          <section className="card">
            <div className="card-body stack">
              <JobProgress job={shown} />
              {shown.error && <div className="banner bad" role="alert"><p>{shown.error}</p></div>}
              <dl className="facts">
                <dt>Namespace</dt>
                <dd>{namespace ? <Link href={to.keys(namespace.id)}>{namespace.title}</Link> : '–'}</dd>
                <dt>Started</dt>
                <dd><When at={shown.started_at} /></dd>
                <dt>Took</dt>
                <dd className="number">{took(shown)}</dd>
                <dt>By</dt>
                <dd>{shown.user_email}</dd>
                {shown.format && <><dt>Format</dt><dd>{shown.format}</dd></>}
                {shown.operation_type === OBJECT_COPY && namespace && <><dt>Copies</dt><dd><Link href={to.objects(namespace.id)}>Objects of {namespace.title}</Link></dd></>}
                <dt>Id</dt>
                <dd><code>{shown.job_id}</code></dd>
              </dl>
            </div>
          </section>
          {shown.result && <Result result={shown.result} />}
          {shown.operation_type === VALUE_SEARCH && shown.status === 'completed' && <FoundInValues path={path} />}
          {shown.error_count > 0 && has('GET /api/jobs/{id}/errors') && <Errors path={path} total={shown.error_count} id={id} />}
        </div>
        <section className="card">
          <header><h2>Timeline</h2></header>
          <div className="card-body">
            {events.isError && <p className="fault">{events.error.message}</p>}
            {events.isPending && <SkeletonRows count={3} />}
            <ol className="timeline">
              {events.data?.events.map((event) => (
                <li key={event.id} className={event.event_type}>
                  <span className="dot" aria-hidden />
                  <div className="grow">
                    <strong>{operationName(event.event_type).replace('Progress ', 'Passed ').replace(/(\d)$/, '$1 %')}</strong>
                    <p className="quiet number">{absolute(new Date(event.timestamp))}</p>
                    <EventDetails details={event.details} />
                  </div>
                </li>
              ))}
            </ol>
          </div>
        </section>
      </div>
    </Page>
  );
}

function Result({ result }: { result: Record<string, Json> }) {
  const numbers = Object.entries(result).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  if (numbers.length === 0) return null;
  return (
    <section className="card">
      <header><h2>Result</h2></header>
      <div className="card-body figures">
        {numbers.map(([name, value]) => (
          <div key={name}>
            <strong className="number">{name === 'size' || name === 'bytes' ? bytes(value) : count(value)}</strong>
            <span className="quiet">{name.replaceAll('_', ' ')}</span>
          </div>
        ))}
      </div>
    </section>
  );
}

function EventDetails({ details }: { details: string | null }) {
  if (!details) return null;
  const parts = Object.entries(JSON.parse(details) as Record<string, Json>).filter(([, value]) => typeof value === 'number' || typeof value === 'string');
  return <p className="soft number event-details">{parts.map(([name, value]) => `${name.replaceAll('_', ' ')} ${typeof value === 'number' ? count(value) : value}`).join(' · ')}</p>;
}

function Errors({ path, total, id }: { path: string; total: number; id: string }) {
  const errors = useQuery({ queryKey: ['jobs', id, 'errors', total], queryFn: ({ signal }) => ask<{ errors: JobItemError[] }>(`${path}/errors`, { query: { limit: 1000 }, signal }) });
  if (errors.isError) return null;
  const list = errors.data?.errors ?? [];
  return (
    <section className="card">
      <header>
        <h2>{plural(total, 'error')}</h2>
        <Button small icon={Download} disabled={list.length === 0} onClick={() => saveBytes(`${id}-errors.csv`, csv(['Key', 'Code', 'Message'], list.map((error) => [error.key, error.code, error.message])), 'text/csv')}>Download the list</Button>
      </header>
      <div className="table-wrap">
        <table className="table">
          <thead><tr><th scope="col">Key</th><th scope="col">Why</th></tr></thead>
          <tbody>
            {list.slice(0, 100).map((error, at) => (
              <tr key={at}><td className="mono cut">{error.key}</td><td className="soft">{error.message}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.length > 100 && <p className="card-body quiet">The first 100 are shown; the list has {plural(list.length, 'row')}.</p>}
    </section>
  );
}
