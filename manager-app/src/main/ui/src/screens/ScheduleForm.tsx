import { useState } from 'react';
import { ask } from '../api/client';
import { useChange, useTitles } from '../api/queries';
import { JOB_TYPES, SCHEDULES, type Schedule } from '../api/schedules';
import { useMay } from '../api/session';
import type { Json } from '../api/types';
import { Check, Field, Segments, Select, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { TagInput } from '../parts/TagInput';

const TIMES = [
  { value: '0 * * * *', label: 'Every hour' },
  { value: '0 3 * * *', label: 'Every night at 3' },
  { value: '0 3 * * 1', label: 'Sundays at 3' },
  { value: '0 3 1 * *', label: 'On the first of a month at 3' },
  { value: '', label: 'Other' },
];

const OVERLAPS = [
  { value: 'skip', label: 'Leave it out' },
  { value: 'queue', label: 'Let it wait' },
] as const;

const KEPT = ['audit_days', 'jobs_days', 'backups_days', 'backups_keep'] as const;
const KEPT_LABELS = ['Audit entries, days', 'Ended jobs, days', 'Backups, days', 'Newest backups that stay'];

/** What a job is told, as people type it. */
interface Params {
  namespace: string;
  format: string;
  prefix: string;
  tags: string[];
  kept: Record<string, string>;
}

function read(params: Record<string, Json>): Params {
  const filter = (params['filter'] ?? {}) as Record<string, Json>;
  return {
    namespace: String(params['namespace_id'] ?? ''),
    format: String(params['format'] ?? 'ndjson'),
    prefix: String(filter['prefix'] ?? ''),
    tags: (filter['tags'] ?? []) as string[],
    kept: Object.fromEntries(KEPT.map((name) => [name, String(params[name] ?? '')])),
  };
}

function written(type: string, params: Params): Record<string, Json> {
  const of = { namespace_id: params.namespace };
  switch (type) {
    case 'retention': return Object.fromEntries(KEPT.filter((name) => params.kept[name]).map((name) => [name, Number(params.kept[name])]));
    case 'bulk_delete': return { ...of, filter: { ...(params.prefix ? { prefix: params.prefix } : {}), ...(params.tags.length > 0 ? { tags: params.tags } : {}) } };
    case 'index_check': return of;
    default: return { ...of, format: params.format };
  }
}

/** What the form cannot say must not be lost by saving it. */
function understood(schedule: Schedule): boolean {
  return JSON.stringify(sorted(written(schedule.job.type, read(schedule.job.params)))) === JSON.stringify(sorted(schedule.job.params));
}

function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name] as Json)]));
}

function object(text: string): Record<string, Json> | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function ScheduleForm({ schedule, onClose, onSaved }: { schedule?: Schedule; onClose: () => void; onSaved: (saved: Schedule) => void }) {
  const [name, setName] = useState(schedule?.name ?? '');
  const [cron, setCron] = useState(schedule?.cron ?? '0 3 * * *');
  const [own, setOwn] = useState(() => schedule !== undefined && !TIMES.some((time) => time.value === schedule.cron));
  const [timezone, setTimezone] = useState(schedule?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [type, setType] = useState(schedule?.job.type ?? 'r2_backup');
  const [params, setParams] = useState(() => read(schedule?.job.params ?? {}));
  const [raw, setRaw] = useState(() => (schedule && !understood(schedule) ? JSON.stringify(schedule.job.params, null, 2) : undefined));
  const [overlap, setOverlap] = useState<'skip' | 'queue'>(schedule?.overlap ?? 'skip');
  const [enabled, setEnabled] = useState(schedule?.enabled ?? true);
  const may = useMay();
  const given = raw === undefined ? written(type, params) : object(raw);
  const complete = given !== undefined && (raw !== undefined || (type === 'retention' ? Object.keys(given).length > 0 : params.namespace !== ''));
  const save = useChange(
    (json: Record<string, unknown>) => ask<{ schedule: Schedule }>(schedule ? `/api/schedules/${schedule.id}` : '/api/schedules', { method: schedule ? 'PUT' : 'POST', json }),
    [SCHEDULES],
  );
  return (
    <FormDialog
      title={schedule ? `Change ${schedule.name}` : 'New schedule'}
      action={schedule ? 'Save' : 'Create'}
      ready={name.trim() !== '' && cron.trim() !== '' && timezone.trim() !== '' && complete}
      onClose={onClose}
      run={async () => onSaved((await save.mutateAsync({ name: name.trim(), cron: cron.trim(), timezone: timezone.trim(), enabled, overlap, job: { type, params: given } })).schedule)}
    >
      <TextField label="Name" value={name} onChange={setName} autoFocus />
      <Field label="When">
        {(id) => (
          <Select
            id={id}
            label="When"
            value={own ? '' : cron}
            onChange={(chosen) => {
              setOwn(chosen === '');
              if (chosen) setCron(chosen);
            }}
            options={TIMES}
          />
        )}
      </Field>
      <div className="pair">
        {own && <TextField label="Cron" mono hint="Minute, hour, day, month, weekday (1 is Sunday)." value={cron} onChange={setCron} />}
        <TextField label="Time zone" mono value={timezone} onChange={setTimezone} />
      </div>
      <Field label="What">
        {(id) => (
          <Select
            id={id}
            label="What"
            value={type}
            onChange={(chosen) => {
              setType(chosen);
              setRaw(undefined);
            }}
            options={JOB_TYPES.filter((one) => may.administer || !one.admin)}
          />
        )}
      </Field>
      {raw === undefined ? (
        <ParamFields type={type} params={params} onChange={(changed) => setParams({ ...params, ...changed })} />
      ) : (
        <TextField label="Parameters" mono lines={6} fault={given === undefined ? 'This has to be a JSON object.' : undefined} value={raw} onChange={setRaw} />
      )}
      <div className="field">
        <span className="field-name">If the one before still runs</span>
        <Segments label="If the one before still runs" value={overlap} options={OVERLAPS} onChange={setOverlap} />
      </div>
      <Check checked={enabled} onChange={setEnabled}>It is on</Check>
    </FormDialog>
  );
}

function ParamFields({ type, params, onChange }: { type: string; params: Params; onChange: (changed: Partial<Params>) => void }) {
  const titled = useTitles();
  if (type === 'retention') {
    return (
      <div className="checks">
        {KEPT.map((name, at) => (
          <TextField key={name} label={KEPT_LABELS[at]} type="number" placeholder="all stay" value={params.kept[name] ?? ''} onChange={(value) => onChange({ kept: { ...params.kept, [name]: value } })} />
        ))}
      </div>
    );
  }
  return (
    <>
      <Field label="Namespace">{(id) => <Select id={id} label="Namespace" value={params.namespace} onChange={(namespace) => onChange({ namespace })} options={titled('Choose…')} />}</Field>
      {(type === 'export' || type === 'r2_backup') && (
        <Segments label="Format" value={params.format} options={[{ value: 'ndjson', label: 'NDJSON' }, { value: 'json', label: 'JSON' }]} onChange={(format) => onChange({ format })} />
      )}
      {type === 'bulk_delete' && (
        <>
          <TextField label="Keys that begin with" mono value={params.prefix} onChange={(prefix) => onChange({ prefix })} />
          <TagInput label="and have one of the tags" tags={params.tags} onChange={(tags) => onChange({ tags })} />
          {params.prefix === '' && params.tags.length === 0 && <p className="fault">Without a prefix or a tag all keys of the namespace are deleted.</p>}
        </>
      )}
    </>
  );
}
