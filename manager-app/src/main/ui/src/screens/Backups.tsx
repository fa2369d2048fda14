import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, LoaderCircle, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { ask, once } from '../api/client';
import { going } from '../api/going';
import { tray } from '../api/jobs';
import { useMayIn, useNamespace, useTitles } from '../api/queries';
import { has } from '../api/routes';
import type { JobStarted } from '../api/types';
import { Button, IconButton } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { Field, Segments, Select, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { keysOf, UNDOABLE } from '../parts/Going';
import { Loaded } from '../parts/Loaded';
import { notify } from '../parts/Notices';
import { Table, type Column } from '../parts/Table';
import { absolute, bytes, count, When } from '../parts/text';
import { NamespaceFrame } from './NamespaceFrame';

interface Backup {
  path: string;
  timestamp: number;
  size: number;
  uploaded: string;
  /** Where the manager keeps a manifest with each. */
  items?: number;
}

interface Preview {
  items: number;
  new: number;
  existing: number;
  invalid: { line: number; reason: string }[];
  expired: number;
  bytes: number;
  valid: boolean;
}

const VERIFY = has('POST /api/r2-backup/{ns}/verify');
const PREVIEW = has('POST /api/r2-restore/{ns}/preview');
const RETENTION = has('GET /api/r2-backup/{ns}/retention');

const FORMATS = [
  { value: 'ndjson', label: 'NDJSON' },
  { value: 'json', label: 'JSON' },
] as const;

export default function Backups({ ns }: { ns: string }) {
  const [asked, setAsked] = useState<'back-up' | 'retention' | Backup>();
  const [verifying, setVerifying] = useState<string>();
  const { namespace } = useNamespace(ns);
  const may = useMayIn(ns);
  const client = useQueryClient();
  const backups = useQuery({ queryKey: ['backups', ns], queryFn: ({ signal }) => ask<Backup[]>(`/api/r2-backup/${ns}/list`, { signal }), staleTime: 0 });
  const title = namespace?.title ?? ns;
  const again = () => void client.invalidateQueries({ queryKey: ['backups', ns] });
  const close = () => setAsked(undefined);
  const now = may.write && <Button look="primary" icon={Archive} onClick={() => setAsked('back-up')}>Back up now</Button>;
  const verify = async (one: Backup) => {
    setVerifying(one.path);
    try {
      const said = await ask<{ valid: boolean; reason?: string }>(`/api/r2-backup/${ns}/verify`, { method: 'POST', json: { backupPath: one.path } });
      if (said.valid) notify.done('The backup is whole: all of it is as it was written.');
      else notify.failed(new Error(said.reason === 'no_manifest' ? 'Whether it is whole cannot be said: it was written without a manifest.' : 'The backup is not as it was written.'));
    } catch (failure) {
      notify.failed(failure);
    }
    setVerifying(undefined);
  };
  const columns: readonly Column<Backup>[] = [
    { head: 'Taken', look: 'nowrap', cell: (one) => <><span className="number">{absolute(new Date(one.timestamp))}</span> <span className="quiet roomy-inline"><When at={one.uploaded} /></span></> },
    { head: 'Format', look: 'roomy', cell: (one) => <span className="soft">{one.path.endsWith('.ndjson') ? 'NDJSON' : 'JSON'}</span> },
    { head: 'Keys', look: 'right number roomy', cell: (one) => (one.items === undefined ? <span className="quiet">–</span> : count(one.items)) },
    { head: 'Size', look: 'right number', cell: (one) => bytes(one.size) },
    { head: 'Object', look: 'cut mono roomy', cell: (one) => <span className="quiet" title={one.path}>{one.path}</span> },
    {
      head: 'Actions',
      silent: true,
      look: 'right nowrap',
      cell: (one) => (
        <>
          {VERIFY && <IconButton icon={verifying === one.path ? LoaderCircle : ShieldCheck} label={`Verify the backup of ${absolute(new Date(one.timestamp))}`} onClick={() => void verify(one)} />}
          {may.write && <IconButton icon={ArchiveRestore} label={`Restore the backup of ${absolute(new Date(one.timestamp))}`} onClick={() => setAsked(one)} />}
        </>
      ),
    },
  ];
  return (
    <NamespaceFrame ns={ns} tab="backups" actions={
        backups.data &&
        backups.data.length > 0 && (
          <>
            {RETENTION && may.administer && <Button onClick={() => setAsked('retention')}>How long</Button>}
            {now}
          </>
        )
      }
    >
      <Loaded of={backups}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={Archive} title="No backups" actions={now}>A backup is a file of all keys on the object store: values, metadata, expiration, tags. It stays until somebody removes it.</Empty>
          ) : (
            <Table columns={columns} rows={all} id={(one) => one.path} />
          )
        }
      </Loaded>
      {asked === 'back-up' && <BackUp ns={ns} title={title} onClose={close} onEnded={again} />}
      {asked === 'retention' && <Retention ns={ns} onClose={close} />}
      {typeof asked === 'object' && <Restore ns={ns} backup={asked} onClose={close} />}
    </NamespaceFrame>
  );
}

function BackUp({ ns, title, onClose, onEnded }: { ns: string; title: string; onClose: () => void; onEnded: () => void }) {
  const [format, setFormat] = useState<'ndjson' | 'json'>('ndjson');
  return (
    <FormDialog
      title={`Back up ${title}`}
      action="Back up"
      ready
      onClose={onClose}
      run={async () => {
        const started = await ask<JobStarted>(`/api/r2-backup/${ns}`, { method: 'POST', query: { format }, headers: { 'Idempotency-Key': once() } });
        tray.follow(started, `Backup of ${title}`, onEnded);
      }}
    >
      <Segments label="Format" value={format} options={FORMATS} onChange={setFormat} />
      <p className="soft">It runs as a job. Keys that change meanwhile are in it as they are when it comes to them.</p>
    </FormDialog>
  );
}

function Restore({ ns, backup, onClose }: { ns: string; backup: Backup; onClose: () => void }) {
  const [target, setTarget] = useState(ns);
  const titled = useTitles();
  const preview = useQuery({
    queryKey: ['restore-preview', target, backup.path],
    queryFn: ({ signal }) => ask<Preview>(`/api/r2-restore/${target}/preview`, { method: 'POST', json: { backupPath: backup.path }, signal }),
    enabled: PREVIEW,
    staleTime: 0,
  });
  const options = titled('').slice(1);
  const title = options.find((one) => one.value === target)?.label ?? target;
  return (
    <FormDialog
      title={`Restore the backup of ${absolute(new Date(backup.timestamp))}`}
      action="Restore"
      look="danger"
      ready={target !== ''}
      onClose={onClose}
      run={async () => {
        going.hold({ what: `The backup of ${absolute(new Date(backup.timestamp))}`, verb: `restored into ${title}`, of: keysOf(target), path: `/api/r2-restore/${target}`, method: 'POST', json: { backupPath: backup.path }, stale: [], follow: `Restore into ${title}` });
      }}
    >
      <Field label="Into the namespace">{(id) => <Select id={id} label="Into the namespace" value={target} onChange={setTarget} options={options} />}</Field>
      {PREVIEW && (
        <Loaded of={preview} rows={2}>
          {(read) => (
            <>
              {!read.valid && <p className="banner bad">The backup is not as it was written, or has no manifest that would say so.</p>}
              <div className="figures">
                <div><strong className="number">{count(read.new)}</strong><span className="quiet">new keys</span></div>
                <div><strong className="number">{count(read.existing)}</strong><span className="quiet">overwritten</span></div>
                <div><strong className="number">{count(read.expired)}</strong><span className="quiet">expired</span></div>
                <div><strong className={`number ${read.invalid.length > 0 ? 'fault' : ''}`}>{count(read.invalid.length)}</strong><span className="quiet">not valid</span></div>
              </div>
            </>
          )}
        </Loaded>
      )}
      <p className="soft">Keys that the backup has are overwritten in {title}; each keeps its present value as a version for 24 hours. Keys that it does not have stay. {UNDOABLE}</p>
    </FormDialog>
  );
}

/** What is beyond goes with the next backup; never the newest. */
function Retention({ ns, onClose }: { ns: string; onClose: () => void }) {
  const retention = useQuery({ queryKey: ['backup-retention', ns], queryFn: ({ signal }) => ask<{ keep: number; max_age: number }>(`/api/r2-backup/${ns}/retention`, { signal }), staleTime: 0 });
  const [typed, setTyped] = useState<{ keep?: string; days?: string }>({});
  const keep = typed.keep ?? (retention.data?.keep ? String(retention.data.keep) : '');
  const days = typed.days ?? (retention.data?.max_age ? String(retention.data.max_age / DAY) : '');
  const whole = (text: string) => text === '' || /^\d{1,5}$/.test(text);
  return (
    <FormDialog
      title="How long backups stay"
      action="Save"
      ready={retention.data !== undefined && whole(keep) && (days === '' || Number(days) > 0)}
      onClose={onClose}
      run={async () => {
        await ask(`/api/r2-backup/${ns}/retention`, { method: 'PUT', json: { keep: Number(keep || 0), max_age: Math.round(Number(days || 0) * DAY) } });
        notify.done('Saved.');
      }}
    >
      <TextField label="At most so many" type="number" hint="Empty for no bound." value={keep} onChange={(value) => setTyped({ ...typed, keep: value })} autoFocus />
      <TextField label="For so many days" type="number" hint="Empty for no bound." value={days} onChange={(value) => setTyped({ ...typed, days: value })} />
      <p className="soft">What is beyond is removed with the next backup, never the newest one. The audit log says which.</p>
    </FormDialog>
  );
}

const DAY = 86_400;
