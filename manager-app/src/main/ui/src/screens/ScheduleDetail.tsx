import { useQuery } from '@tanstack/react-query';
import { CalendarClock, PenLine, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ask } from '../api/client';
import { tray } from '../api/jobs';
import { useChange, useTitleOf } from '../api/queries';
import { jobName, lookOfRun, SCHEDULES, type Schedule, type ScheduleRun } from '../api/schedules';
import { useMay } from '../api/session';
import { to } from '../app/address';
import { Button, IconButton } from '../parts/Button';
import { Crumbs } from '../parts/Crumbs';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { ConfirmGoing, GoingBanner } from '../parts/Going';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { notify } from '../parts/Notices';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { absolute, span, When } from '../parts/text';
import { ScheduleForm } from './ScheduleForm';

const COLUMNS: readonly Column<ScheduleRun>[] = [
  { head: 'Due', look: 'nowrap', cell: (one) => <When at={one.due_at} /> },
  { head: 'State', cell: (one) => <span className={`badge ${lookOfRun(one.status)}`}>{one.status}</span> },
  { head: 'Job', look: 'cut', cell: (one) => (one.job_id ? <Link className="row-link mono" href={to.job(one.job_id)} data-row>{one.job_id}</Link> : <span className="soft">{one.error?.message ?? '–'}</span>) },
  { head: 'Took', look: 'number roomy', cell: (one) => <span className="soft">{one.begun_at && one.ended_at ? took(one.begun_at, one.ended_at) : '–'}</span> },
  { head: 'Begun by', look: 'roomy', cell: (one) => <span className="soft">{one.trigger === 'manual' ? 'hand' : 'the clock'}</span> },
];

function took(from: string, until: string): string {
  const millis = new Date(until).getTime() - new Date(from).getTime();
  return millis < 1000 ? `${millis} ms` : span(millis / 1000);
}

export default function ScheduleDetail({ id }: { id: string }) {
  const path = `/api/schedules/${encodeURIComponent(id)}`;
  const [asked, setAsked] = useState<'change' | 'delete'>();
  const [, navigate] = useLocation();
  const may = useMay();
  const titleOf = useTitleOf();
  const schedule = useQuery({ queryKey: [...SCHEDULES, id], queryFn: async ({ signal }) => (await ask<{ schedule: Schedule }>(path, { signal })).schedule });
  const runs = useQuery({ queryKey: [...SCHEDULES, id, 'runs'], queryFn: async ({ signal }) => (await ask<{ runs: ScheduleRun[] }>(`${path}/runs`, { query: { limit: 50 }, signal })).runs, staleTime: 0, refetchInterval: 5_000 });
  const run = useChange(() => ask<{ run: ScheduleRun }>(`${path}/run`, { method: 'POST' }), [SCHEDULES]);
  if (schedule.isError) return <Failed page failure={schedule.error} retry={() => void schedule.refetch()} />;
  if (!schedule.data) return <SkeletonRows />;
  const shown = schedule.data;
  const namespace = String(shown.job.params['namespace_id'] ?? '');
  const begin = async () => {
    try {
      const made = (await run.mutateAsync(undefined)).run;
      if (made.job_id) tray.follow({ job_id: made.job_id }, shown.name, () => void runs.refetch());
      else notify.failed(new Error(made.error?.message ?? 'Nothing was ordered.'));
    } catch (failure) {
      notify.failed(failure);
    }
  };
  return (
    <Page
      name={shown.name}
      title={<Crumbs from={[{ label: 'Schedules', href: to.schedules() }]} here={shown.name}><span className={`badge ${shown.enabled ? 'ok' : ''}`}>{shown.enabled ? 'on' : 'off'}</span></Crumbs>}
      actions={
        may.write && (
          <>
            <IconButton icon={Trash2} label="Delete the schedule" onClick={() => setAsked('delete')} />
            <Button icon={PenLine} onClick={() => setAsked('change')}>Change</Button>
            <Button look="primary" icon={Play} busy={run.isPending} onClick={() => void begin()}>Run now</Button>
          </>
        )
      }
    >
      <GoingBanner address={path} />
      <div className="stack">
        <section className="card">
          <dl className="card-body facts">
            <dt>Does</dt>
            <dd>{jobName(shown.job.type)}</dd>
            {namespace && <><dt>Namespace</dt><dd><Link href={to.keys(namespace)}>{titleOf(namespace)}</Link></dd></>}
            <dt>At</dt>
            <dd><code>{shown.cron}</code> in {shown.timezone}</dd>
            <dt>Next</dt>
            <dd>{shown.next_run_at ? <>{absolute(new Date(shown.next_run_at))} <span className="quiet">(<When at={shown.next_run_at} />)</span></> : 'not while it is off'}</dd>
            <dt>Overlapping</dt>
            <dd>{shown.overlap === 'skip' ? 'left out while the one before runs' : 'waits until the one before has ended'}</dd>
            <dt>In the name of</dt>
            <dd>{shown.owner}</dd>
          </dl>
        </section>
        <h2>Last runs</h2>
        <Loaded of={runs} rows={4}>
          {(all) => (all.length === 0 ? <Empty icon={CalendarClock} title="It has not run yet">The last 100 runs are listed here.</Empty> : <Table columns={COLUMNS} rows={all} id={(one) => one.id} walk="Runs" />)}
        </Loaded>
      </div>
      {asked === 'change' && <ScheduleForm schedule={shown} onClose={() => setAsked(undefined)} onSaved={() => notify.done('Saved.')} />}
      {asked === 'delete' && (
        <ConfirmGoing
          title={`Delete ${shown.name}?`}
          action="Delete"
          order={{ what: shown.name, verb: 'deleted', of: path, path, method: 'DELETE', stale: SCHEDULES }}
          onHeld={() => navigate(to.schedules())}
          onClose={() => setAsked(undefined)}
        >
          It orders no jobs any more, and the list of its runs is lost. Its jobs stay.
        </ConfirmGoing>
      )}
    </Page>
  );
}
