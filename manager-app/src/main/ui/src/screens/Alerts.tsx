import { BellRing, Check as CheckIcon } from 'lucide-react';
import { useAlerts, type Alert } from '../api/alerts';
import { ask } from '../api/client';
import { useChange, useTitleOf } from '../api/queries';
import { to, useFilters } from '../app/address';
import { Button } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { Segments } from '../parts/Field';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { notify } from '../parts/Notices';
import { Table, type Column } from '../parts/Table';
import { When } from '../parts/text';
import { AlertsFrame } from './AlertsFrame';

const STATES = [
  { value: 'open', label: 'Open' },
  { value: 'resolved', label: 'Resolved' },
  { value: 'all', label: 'All' },
] as const;

export default function Alerts() {
  const [filters, setFilters] = useFilters(['state']);
  const state = STATES.find((one) => one.value === filters.state)?.value ?? 'open';
  const alerts = useAlerts(state === 'all' ? '' : state);
  const titleOf = useTitleOf();
  const acknowledge = useChange((id: string) => ask(`/api/alerts/${encodeURIComponent(id)}/ack`, { method: 'POST' }), [['alerts']]);
  const columns: readonly Column<Alert>[] = [
    {
      head: 'Alert',
      look: 'wide',
      cell: (one) => (
        <>
          <strong>{one.rule_name}</strong>
          <p className="soft">{one.message}</p>
        </>
      ),
    },
    { head: 'State', cell: (one) => <span className={`badge ${one.state === 'open' ? 'bad' : 'ok'}`}>{one.state}</span> },
    { head: 'Namespace', look: 'cut roomy', cell: (one) => (one.namespace_id ? <Link className="soft" href={to.keys(one.namespace_id)}>{titleOf(one.namespace_id)}</Link> : <span className="quiet">all</span>) },
    { head: 'Opened', look: 'nowrap roomy', cell: (one) => <When at={one.opened_at} /> },
    {
      head: 'Seen by',
      look: 'cut right',
      cell: (one) =>
        one.acknowledged_by ? (
          <span className="soft">{one.acknowledged_by}</span>
        ) : (
          <Button small icon={CheckIcon} onClick={() => void acknowledge.mutateAsync(one.id).catch(notify.failed)}>Acknowledge<span className="hidden"> {one.rule_name}</span></Button>
        ),
    },
  ];
  return (
    <AlertsFrame tab="alerts">
      <div className="toolbar"><Segments label="Which alerts" value={state} options={STATES} onChange={(chosen) => setFilters({ state: chosen === 'open' ? '' : chosen })} /></div>
      <Loaded of={alerts}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={BellRing} title={state === 'open' ? 'Nothing is wrong' : 'No alerts'} actions={<Link className="button" href={to.alertRules()}>See the rules</Link>}>
              {state === 'open' ? 'All rules and thresholds are kept. They are looked at once a minute.' : 'The last 500 alerts are kept.'}
            </Empty>
          ) : (
            <Table columns={columns} rows={all} id={(one) => one.id} />
          )
        }
      </Loaded>
    </AlertsFrame>
  );
}
