import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/client';
import { tray } from '../api/jobs';
import { useMayIn, useNamespace, useTitles } from '../api/queries';
import type { JobStarted } from '../api/types';
import { Button, IconButton } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { Field, Segments, Select } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { Loaded } from '../parts/Loaded';
import { Table, type Column } from '../parts/Table';
import { absolute, bytes, When } from '../parts/text';
import { NamespaceFrame } from './NamespaceFrame';

interface Backup {
  path: string;
  timestamp: number;
  size: number;
  uploaded: string;
}

const FORMATS = [
  { value: 'ndjson', label: 'NDJSON' },
  { value: 'json', label: 'JSON' },
] as const;

export default function Backups({ ns }: { ns: string }) {
  const [asked, setAsked] = useState<'back-up' | Backup>();
  const { namespace } = useNamespace(ns);
  const may = useMayIn(ns);
  const client = useQueryClient();
  const backups = useQuery({ queryKey: ['backups', ns], queryFn: ({ signal }) => ask<Backup[]>(`/api/r2-backup/${ns}/list`, { signal }), staleTime: 0 });
  const title = namespace?.title ?? ns;
  const again = () => void client.invalidateQueries({ queryKey: ['backups', ns] });
  const close = () => setAsked(undefined);
  const now = may.write && <Button look="primary" icon={Archive} onClick={() => setAsked('back-up')}>Back up now</Button>;
  const columns: readonly Column<Backup>[] = [
    { head: 'Taken', look: 'nowrap', cell: (one) => <><span className="number">{absolute(new Date(one.timestamp))}</span> <span className="quiet roomy-inline"><When at={one.uploaded} /></span></> },
    { head: 'Format', look: 'roomy', cell: (one) => <span className="soft">{one.path.endsWith('.ndjson') ? 'NDJSON' : 'JSON'}</span> },
    { head: 'Size', look: 'right number', cell: (one) => bytes(one.size) },
    { head: 'Object', look: 'cut mono roomy', cell: (one) => <span className="quiet" title={one.path}>{one.path}</span> },
    { head: 'Actions', silent: true, look: 'right nowrap', cell: (one) => may.write && <IconButton icon={ArchiveRestore} label={`Restore the backup of ${absolute(new Date(one.timestamp))}`} onClick={() => setAsked(one)} /> },
  ];
  return (
    <NamespaceFrame ns={ns} tab="backups" actions={backups.data && backups.data.length > 0 && now}>
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
        const started = await ask<JobStarted>(`/api/r2-backup/${ns}`, { method: 'POST', query: { format }, headers: { 'Idempotency-Key': crypto.randomUUID() } });
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
        const started = await ask<JobStarted>(`/api/r2-restore/${target}`, { method: 'POST', json: { backupPath: backup.path }, headers: { 'Idempotency-Key': crypto.randomUUID() } });
        tray.follow(started, `Restore into ${title}`);
      }}
    >
      <Field label="Into the namespace">{(id) => <Select id={id} label="Into the namespace" value={target} onChange={setTarget} options={options} />}</Field>
      <p className="soft">Keys that the backup has are overwritten in {title}; each keeps its present value as a version for 24 hours. Keys that it does not have stay.</p>
    </FormDialog>
  );
}
