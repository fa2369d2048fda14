import { useQuery } from '@tanstack/react-query';
import { PenLine, Plus, Siren, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Rule, RuleType } from '../api/alerts';
import { ask } from '../api/client';
import { useChange, useTitleOf, useTitles } from '../api/queries';
import { useMay } from '../api/session';
import { Button, IconButton } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { Check, Field, Select, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { ConfirmGoing } from '../parts/Going';
import { Loaded } from '../parts/Loaded';
import { Table, type Column } from '../parts/Table';
import { bytes, count, span } from '../parts/text';
import { AlertsFrame } from './AlertsFrame';

const STALE = [['alert-rules'], ['alerts']];
const pathOf = (rule: Rule) => `/api/alerts/rules/${rule.id}`;

interface Kind {
  label: string;
  says: (rule: Rule) => string;
  /** The number that it needs. */
  member?: 'seconds' | 'limit' | 'percent';
  asks?: string;
  hint?: (amount: number) => string;
  everywhere: boolean;
}

const KINDS: Record<RuleType, Kind> = {
  expiring_within: { label: 'Keys end soon', says: (rule) => `a key${rule.prefix ? ` with ${rule.prefix}` : ''} ends within ${span(rule.seconds ?? 0)}`, member: 'seconds', asks: 'Within how many seconds', hint: span, everywhere: false },
  key_count_over: { label: 'Too many keys', says: (rule) => `more than ${count(rule.limit ?? 0)} keys`, member: 'limit', asks: 'More than how many keys', hint: count, everywhere: false },
  bytes_over: { label: 'Too much is stored', says: (rule) => `more than ${bytes(rule.limit ?? 0)}`, member: 'limit', asks: 'More than how many bytes', hint: bytes, everywhere: false },
  error_rate: { label: 'Calls fail', says: (rule) => `more than ${rule.percent} % of the calls fail`, member: 'percent', asks: 'More than how many percent', everywhere: true },
  job_failed: { label: 'A job fails', says: () => 'a job fails', everywhere: true },
};

export default function AlertRules() {
  const rules = useQuery({ queryKey: ['alert-rules'], queryFn: async ({ signal }) => (await ask<{ rules: Rule[] }>('/api/alerts/rules', { signal })).rules });
  const [asked, setAsked] = useState<{ what: 'edit'; rule?: Rule } | { what: 'delete'; rule: Rule }>();
  const may = useMay();
  const titleOf = useTitleOf();
  const close = () => setAsked(undefined);
  const add = may.administer && <Button look="primary" icon={Plus} onClick={() => setAsked({ what: 'edit' })}>New rule</Button>;
  const columns: readonly Column<Rule>[] = [
    { head: 'Rule', look: 'cut', cell: (one) => <strong>{one.name}</strong> },
    { head: 'Broken when', look: 'wide', cell: (one) => <span className="soft">{KINDS[one.type].says(one)}</span> },
    { head: 'In', look: 'cut roomy', cell: (one) => <span className="soft">{one.namespace_id ? titleOf(one.namespace_id) : 'all namespaces'}</span> },
    { head: 'State', look: 'roomy', cell: (one) => <span className={`badge ${one.enabled ? 'ok' : ''}`}>{one.enabled ? 'on' : 'off'}</span> },
    {
      head: 'Actions',
      silent: true,
      look: 'right nowrap',
      cell: (one) =>
        may.administer && (
          <>
            <IconButton icon={PenLine} label={`Change ${one.name}`} small onClick={() => setAsked({ what: 'edit', rule: one })} />
            <IconButton icon={Trash2} label={`Delete ${one.name}`} small onClick={() => setAsked({ what: 'delete', rule: one })} />
          </>
        ),
    },
  ];
  return (
    <AlertsFrame tab="rules" actions={rules.data && rules.data.length > 0 && add}>
      <Loaded of={rules}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={Siren} title="No rules" actions={add}>A rule is looked at once a minute. While it is broken an alert is open, and webhooks and notifications tell of it.</Empty>
          ) : (
            <Table columns={columns} rows={all} id={(one) => one.id} address={pathOf} />
          )
        }
      </Loaded>
      {asked?.what === 'edit' && <RuleForm {...(asked.rule ? { rule: asked.rule } : {})} onClose={close} />}
      {asked?.what === 'delete' && (
        <ConfirmGoing
          title={`Delete ${asked.rule.name}?`}
          action="Delete"
          order={{ what: asked.rule.name, verb: 'deleted', of: pathOf(asked.rule), path: pathOf(asked.rule), method: 'DELETE', stale: STALE.flat() }}
          onClose={close}
        >
          Nobody is told any more when {KINDS[asked.rule.type].says(asked.rule)}.
        </ConfirmGoing>
      )}
    </AlertsFrame>
  );
}

function RuleForm({ rule, onClose }: { rule?: Rule; onClose: () => void }) {
  const [name, setName] = useState(rule?.name ?? '');
  const [type, setType] = useState<RuleType>(rule?.type ?? 'job_failed');
  const [namespace, setNamespace] = useState(rule?.namespace_id ?? '');
  const [prefix, setPrefix] = useState(rule?.prefix ?? '');
  const [amount, setAmount] = useState(String(rule?.seconds ?? rule?.limit ?? rule?.percent ?? ''));
  const [enabled, setEnabled] = useState(rule?.enabled ?? true);
  const titled = useTitles();
  const kind = KINDS[type];
  const number = amount.trim() === '' ? NaN : Number(amount);
  const valid = !kind.member || (Number.isInteger(number) && number >= 0);
  const save = useChange((json: Record<string, unknown>) => ask(rule ? `/api/alerts/rules/${rule.id}` : '/api/alerts/rules', { method: rule ? 'PUT' : 'POST', json }), STALE);
  return (
    <FormDialog
      title={rule ? `Change ${rule.name}` : 'New rule'}
      action={rule ? 'Save' : 'Create'}
      ready={name.trim() !== '' && valid && (kind.everywhere || namespace !== '')}
      onClose={onClose}
      run={() =>
        save.mutateAsync({
          name: name.trim(),
          type,
          enabled,
          ...(namespace ? { namespace_id: namespace } : {}),
          ...(kind.member ? { [kind.member]: number } : {}),
          ...(type === 'expiring_within' && prefix ? { prefix } : {}),
        })
      }
    >
      <TextField label="Name" value={name} onChange={setName} autoFocus />
      <Field label="When">
        {(id) => <Select id={id} label="When" value={type} onChange={(chosen) => setType(chosen as RuleType)} options={Object.entries(KINDS).map(([value, { label }]) => ({ value, label }))} />}
      </Field>
      <Field label="Namespace">{(id) => <Select id={id} label="Namespace" value={namespace} onChange={setNamespace} options={titled(kind.everywhere ? 'All namespaces' : 'Choose…')} />}</Field>
      {type === 'expiring_within' && <TextField label="Prefix" mono hint="Only keys that begin like this; empty for all." value={prefix} onChange={setPrefix} />}
      {kind.member && <TextField label={kind.asks} type="number" hint={Number.isFinite(number) ? kind.hint?.(number) : undefined} value={amount} onChange={setAmount} />}
      <Check checked={enabled} onChange={setEnabled}>It is on</Check>
    </FormDialog>
  );
}
