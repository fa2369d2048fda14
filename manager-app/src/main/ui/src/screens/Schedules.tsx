import { CalendarClock, Plus } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { jobName, lookOfRun, useSchedules, type Schedule } from '../api/schedules';
import { useMay } from '../api/session';
import { to } from '../app/address';
import { useShortcuts } from '../app/shortcuts';
import { Button } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { When } from '../parts/text';
import { ScheduleForm } from './ScheduleForm';

const COLUMNS: readonly Column<Schedule>[] = [
  { head: 'Schedule', look: 'cut', cell: (one) => <Link className="row-link" href={to.schedule(one.id)} data-row>{one.name}</Link> },
  { head: 'Does', look: 'cut roomy', cell: (one) => <span className="soft">{jobName(one.job.type)}</span> },
  { head: 'At', look: 'roomy', cell: (one) => <><code>{one.cron}</code> <span className="quiet">{one.timezone}</span></> },
  { head: 'Next', look: 'nowrap', cell: (one) => (one.enabled ? <span className="soft"><When at={one.next_run_at} /></span> : <span className="badge">off</span>) },
  { head: 'Last', cell: (one) => (one.last_run ? <span className={`badge ${lookOfRun(one.last_run.status)}`}>{one.last_run.status}</span> : <span className="quiet">–</span>) },
  { head: 'Of', look: 'cut roomy', cell: (one) => <span className="soft">{one.owner}</span> },
];

export default function Schedules() {
  const schedules = useSchedules();
  const [creating, setCreating] = useState(false);
  const may = useMay();
  const [, navigate] = useLocation();
  const add = may.write && <Button look="primary" icon={Plus} onClick={() => setCreating(true)}>New schedule</Button>;
  useShortcuts('Schedules', may.write ? [{ keys: 'c', what: 'Create a schedule', run: () => setCreating(true) }] : []);
  return (
    <Page title="Schedules" actions={schedules.data && schedules.data.length > 0 && add}>
      <Loaded of={schedules}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={CalendarClock} title="No schedules" actions={add}>A schedule orders a job at times of the calendar: a backup each night, an export each week. One that was missed is made up for.</Empty>
          ) : (
            <Table columns={COLUMNS} rows={all} id={(one) => one.id} walk="Schedules" address={(one) => `/api/schedules/${one.id}`} />
          )
        }
      </Loaded>
      {creating && <ScheduleForm onClose={() => setCreating(false)} onSaved={(made) => navigate(to.schedule(made.id))} />}
    </Page>
  );
}
