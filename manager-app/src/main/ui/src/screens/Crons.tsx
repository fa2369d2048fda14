import { Timer } from 'lucide-react';
import { type Cron, useCrons } from '../api/crons';
import { Empty } from '../parts/Empty';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { When } from '../parts/text';

const STATES: Record<Cron['state'], string> = {
  waiting: 'not run yet',
  idle: 'idle',
  running: 'running',
  abandoned: 'to be run again',
};

const COLUMNS: readonly Column<Cron>[] = [
  { head: 'Name', look: 'cut mono', cell: (one) => <span title={one.name} data-row tabIndex={-1}>{one.name}</span> },
  { head: 'When', look: 'nowrap roomy', cell: (one) => (one.cron === null ? <span className="quiet">of another app</span> : <><code>{one.cron}</code> <span className="quiet">{one.timezone}</span></>) },
  { head: 'State', look: 'nowrap', cell: (one) => <span className={one.state === 'running' ? 'badge live' : one.state === 'abandoned' ? 'badge bad' : 'soft'}>{STATES[one.state]}{one.attempt > 1 && `, run ${one.attempt}`}</span> },
  { head: 'Newest', look: 'nowrap', cell: (one) => <When at={one.newest_at} /> },
  { head: 'Next', look: 'nowrap roomy', cell: (one) => <When at={one.next_at} /> },
];

/** What recurs by itself: the apps' own work, and the schedules that people made. */
export default function Crons() {
  const crons = useCrons();
  return (
    <Page title="Cron">
      <Loaded of={crons}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={Timer} title="Nothing recurs">Work at times of the calendar is shown here, to whoever sees everything, from when it was first looked at.</Empty>
          ) : (
            <Table columns={COLUMNS} rows={all} id={(one) => one.name} walk="Cron" />
          )
        }
      </Loaded>
    </Page>
  );
}
