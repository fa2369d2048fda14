import { useQuery } from '@tanstack/react-query';
import { Gauge, PenLine, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/client';
import { useChange, useTitles } from '../api/queries';
import { useMay } from '../api/session';
import { Button, IconButton } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { Check, Field, Select, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { ConfirmGoing } from '../parts/Going';
import { Loaded } from '../parts/Loaded';
import { Table, type Column } from '../parts/Table';
import { bytes, count } from '../parts/text';
import { AlertsFrame } from './AlertsFrame';

interface Threshold {
  namespace_id: string;
  namespace_name?: string;
  storage_bytes_threshold: number | null;
  operation_rate_threshold: number | null;
  latency_p99_threshold_ms: number | null;
  enabled: boolean;
}

/** All namespaces together, as the manager names them. */
const ALL = '__global__';
const STALE = [['thresholds'], ['alerts']];
const BOUNDS = ['storage_bytes_threshold', 'operation_rate_threshold', 'latency_p99_threshold_ms'] as const;

const nameOf = (one: Threshold) => one.namespace_name ?? 'All namespaces';
const pathOf = (one: Threshold) => `/api/thresholds/${one.namespace_id}`;
const none = <span className="quiet">–</span>;

export default function Thresholds() {
  const thresholds = useQuery({ queryKey: ['thresholds'], queryFn: async ({ signal }) => (await ask<{ thresholds: Threshold[] }>('/api/thresholds', { signal })).thresholds });
  const [asked, setAsked] = useState<{ what: 'edit'; one?: Threshold } | { what: 'delete'; one: Threshold }>();
  const may = useMay();
  const close = () => setAsked(undefined);
  const add = may.administer && <Button look="primary" icon={Plus} onClick={() => setAsked({ what: 'edit' })}>New threshold</Button>;
  const columns: readonly Column<Threshold>[] = [
    { head: 'For', look: 'cut', cell: (one) => <strong>{nameOf(one)}</strong> },
    { head: 'Stored', look: 'right number', cell: (one) => (one.storage_bytes_threshold === null ? none : bytes(one.storage_bytes_threshold)) },
    { head: 'Calls a minute', look: 'right number roomy', cell: (one) => (one.operation_rate_threshold === null ? none : count(one.operation_rate_threshold)) },
    { head: 'p99', look: 'right number roomy', cell: (one) => (one.latency_p99_threshold_ms === null ? none : `${count(one.latency_p99_threshold_ms)} ms`) },
    { head: 'State', look: 'roomy', cell: (one) => <span className={`badge ${one.enabled ? 'ok' : ''}`}>{one.enabled ? 'on' : 'off'}</span> },
    {
      head: 'Actions',
      silent: true,
      look: 'right nowrap',
      cell: (one) =>
        may.administer && (
          <>
            <IconButton icon={PenLine} label={`Change the threshold of ${nameOf(one)}`} small onClick={() => setAsked({ what: 'edit', one })} />
            <IconButton icon={Trash2} label={`Delete the threshold of ${nameOf(one)}`} small onClick={() => setAsked({ what: 'delete', one })} />
          </>
        ),
    },
  ];
  return (
    <AlertsFrame tab="thresholds" actions={thresholds.data && thresholds.data.length > 0 && add}>
      <Loaded of={thresholds}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={Gauge} title="No thresholds" actions={add}>Bounds on what is stored, on calls a minute and on their latency, for one namespace or for all together. One that is passed opens an alert.</Empty>
          ) : (
            <Table columns={columns} rows={all} id={(one) => one.namespace_id} address={pathOf} />
          )
        }
      </Loaded>
      {asked?.what === 'edit' && <ThresholdForm {...(asked.one ? { one: asked.one } : {})} taken={(thresholds.data ?? []).map((one) => one.namespace_id)} onClose={close} />}
      {asked?.what === 'delete' && (
        <ConfirmGoing
          title={`Delete the threshold of ${nameOf(asked.one)}?`}
          action="Delete"
          order={{ what: `The threshold of ${nameOf(asked.one)}`, verb: 'deleted', of: pathOf(asked.one), path: pathOf(asked.one), method: 'DELETE', stale: STALE.flat() }}
          onClose={close}
        >
          Its bounds are lost; alerts that it opened are resolved.
        </ConfirmGoing>
      )}
    </AlertsFrame>
  );
}

function ThresholdForm({ one, taken, onClose }: { one?: Threshold; taken: readonly string[]; onClose: () => void }) {
  const [namespace, setNamespace] = useState(one?.namespace_id ?? '');
  const [typed, setTyped] = useState<Record<string, string>>(() => Object.fromEntries(BOUNDS.map((name) => [name, String(one?.[name] ?? '')])));
  const [enabled, setEnabled] = useState(one?.enabled ?? true);
  const titled = useTitles();
  const save = useChange((json: Record<string, unknown>) => ask(one ? `/api/thresholds/${one.namespace_id}` : '/api/thresholds', { method: one ? 'PUT' : 'POST', json }), STALE);
  const bound = (name: string) => (typed[name] === '' ? null : Number(typed[name]));
  const bounds = BOUNDS.map(bound);
  const set = (name: string) => (value: string) => setTyped({ ...typed, [name]: value });
  const options = [{ value: '', label: 'Choose…' }, { value: ALL, label: 'All namespaces together' }, ...titled('').slice(1)].filter((option) => !taken.includes(option.value));
  return (
    <FormDialog
      title={one ? `Change the threshold of ${nameOf(one)}` : 'New threshold'}
      action={one ? 'Save' : 'Create'}
      ready={namespace !== '' && bounds.some((value) => value !== null) && bounds.every((value) => value === null || (Number.isInteger(value) && value >= 0))}
      onClose={onClose}
      run={() => save.mutateAsync({ namespace_id: namespace, enabled, ...Object.fromEntries(BOUNDS.map((name) => [name, bound(name)])) })}
    >
      {!one && <Field label="For">{(id) => <Select id={id} label="For" value={namespace} onChange={setNamespace} options={options} />}</Field>}
      <TextField label="Stored bytes" type="number" hint={typed['storage_bytes_threshold'] ? bytes(Number(typed['storage_bytes_threshold'])) : 'Empty for no bound.'} value={typed['storage_bytes_threshold'] ?? ''} onChange={set('storage_bytes_threshold')} />
      <TextField label="Calls a minute" type="number" hint="Of this node since the last look." value={typed['operation_rate_threshold'] ?? ''} onChange={set('operation_rate_threshold')} />
      <TextField label="99th percentile, in milliseconds" type="number" value={typed['latency_p99_threshold_ms'] ?? ''} onChange={set('latency_p99_threshold_ms')} />
      <Check checked={enabled} onChange={setEnabled}>It is on</Check>
    </FormDialog>
  );
}
