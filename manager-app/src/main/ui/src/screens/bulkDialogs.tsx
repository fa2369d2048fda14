import { useState } from 'react';
import { ask, once } from '../api/client';
import { going, holdable } from '../api/going';
import { tray } from '../api/jobs';
import { keyPath } from '../api/keyValue';
import { useNamespaces } from '../api/queries';
import { has } from '../api/routes';
import type { Job, JobStarted } from '../api/types';
import { Field, Segments, Select, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { keysOf, UNDOABLE } from '../parts/Going';
import { notify } from '../parts/Notices';
import { TagInput } from '../parts/TagInput';
import { capital, plural, span } from '../parts/text';
import { describe, type Chosen } from './BulkBar';
import { Rehearsal } from './Rehearsal';

interface BulkProps {
  ns: string;
  chosen: Chosen;
  onClose: () => void;
  onStarted: () => void;
  onDone: () => void;
}

/** Undo puts keys back one by one, which is for a handful. */
const MOST_UNDONE = 200;
const NAMED = 5;
const UNDO = has('POST /api/backup/{ns}/{key}/undo');

function order(chosen: Chosen, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...('keys' in chosen ? { keys: chosen.keys } : { filter: { prefix: chosen.prefix } }), ...more };
}

async function start(path: string, json: Record<string, unknown>): Promise<JobStarted> {
  return ask<JobStarted>(path, { method: 'POST', json, headers: { 'Idempotency-Key': once() } });
}

/** Which keys a held call is about: those of the namespace, on whose pages it is told. */
function whole(ns: string, chosen: Chosen) {
  return { of: keysOf(ns), many: !('keys' in chosen) || chosen.keys.length !== 1 };
}

export function CopyKeys({ ns, chosen, onClose, onStarted }: BulkProps) {
  const namespaces = useNamespaces();
  const others = (namespaces.data ?? []).filter((one) => one.id !== ns);
  const [target, setTarget] = useState('');
  const title = others.find((one) => one.id === target)?.title ?? '';
  const path = `/api/keys/${ns}/bulk-copy`;
  const json = order(chosen, { target_namespace_id: target });
  return (
    <FormDialog
      title={`Copy ${describe(chosen)}`}
      action="Copy"
      ready={target !== ''}
      onClose={onClose}
      run={async () => {
        const job = await start(path, json);
        tray.follow(job, `Copy ${describe(chosen)} to ${title}`);
        onStarted();
      }}
    >
      {others.length === 0 && namespaces.data ? (
        <p className="soft">There is no other namespace to copy to. Create one first.</p>
      ) : (
        <Field label="To the namespace" hint="Values, metadata, expiration and tags go along. A key of the same name is overwritten.">
          {(id) => (
            <Select
              id={id}
              label="To the namespace"
              value={target}
              onChange={setTarget}
              options={[{ value: '', label: 'Choose…' }, ...others.map((one) => ({ value: one.id, label: one.title }))]}
            />
          )}
        </Field>
      )}
      <Rehearsal path={path} json={json} ready={target !== ''} />
    </FormDialog>
  );
}

const LONGEST_PREFIX = 400;

/** Values as objects, each called by the prefix and its key. */
export function CopyToObjects({ ns, chosen, onClose, onStarted, onEnded }: Omit<BulkProps, 'onDone'> & { onEnded?: () => void }) {
  const [prefix, setPrefix] = useState('');
  const fault = prefix.startsWith('/') ? 'It does not begin with a slash.' : new TextEncoder().encode(prefix).length > LONGEST_PREFIX ? 'At most 400 bytes.' : undefined;
  const path = `/api/keys/${ns}/bulk-r2-copy`;
  const json = order(chosen, { prefix });
  const first = 'keys' in chosen ? chosen.keys[0] : undefined;
  const folder = prefix.replace(/\/+$/, '');
  return (
    <FormDialog
      title={`Copy ${describe(chosen)} to objects`}
      action="Copy"
      ready={fault === undefined}
      onClose={onClose}
      run={async () => {
        const job = await start(path, json);
        tray.follow(job, `Copy ${describe(chosen)} to objects`, onEnded);
        onStarted();
      }}
    >
      <TextField label="Folder" mono hint={<>An object is called {folder ? `${folder}/` : ''}{first ?? 'and then as its key'}.</>} fault={fault} value={prefix} onChange={setPrefix} placeholder="copies/2026" autoFocus />
      <p className="soft">The values alone are copied to the object store; an object of the same name is replaced. The keys stay as they are.</p>
      <Rehearsal path={path} json={json} ready={fault === undefined} taking="objects" />
    </FormDialog>
  );
}

const SPANS = [
  { value: '3600', label: '1 hour' },
  { value: '86400', label: '1 day' },
  { value: '604800', label: '7 days' },
  { value: '2592000', label: '30 days' },
  { value: 'own', label: 'Other' },
] as const;

const SHORTEST = 60;

export function ExpireKeys({ ns, chosen, onClose, onStarted, onDone }: BulkProps) {
  const [preset, setPreset] = useState<(typeof SPANS)[number]['value']>('86400');
  const [own, setOwn] = useState('3600');
  const seconds = Number(preset === 'own' ? own : preset);
  const valid = Number.isInteger(seconds) && seconds >= SHORTEST;
  const path = `/api/keys/${ns}/bulk-ttl`;
  const json = order(chosen, { expiration_ttl: seconds });
  return (
    <FormDialog
      title={`Set the expiration of ${describe(chosen)}`}
      action="Set"
      ready={valid}
      onClose={onClose}
      run={async () => {
        const job = await start(path, json);
        tray.follow(job, `Expire ${describe(chosen)} in ${span(seconds)}`, onDone);
        onStarted();
      }}
    >
      <Segments label="Expire in" value={preset} options={SPANS} onChange={setPreset} />
      {preset === 'own' && (
        <TextField label="Seconds from now" fault={valid ? undefined : 'At least 60 seconds.'} hint={valid ? span(seconds) : undefined} type="number" value={own} onChange={setOwn} />
      )}
      <p className="soft">The keys are deleted at that time. Values, metadata and tags stay as they are until then.</p>
      <Rehearsal path={path} json={json} ready={valid} />
    </FormDialog>
  );
}

type TagOperation = 'add' | 'remove' | 'replace';

const EFFECTS: Record<TagOperation, string> = {
  add: 'The tags are added to those that a key has.',
  remove: 'The tags are taken away where a key has them.',
  replace: 'Each key has exactly these tags afterwards; all others are lost.',
};

export function TagKeys({ ns, chosen, onClose, onStarted, onDone }: BulkProps) {
  const [operation, setOperation] = useState<TagOperation>('add');
  const [tags, setTags] = useState<string[]>([]);
  const path = `/api/metadata/${ns}/bulk-tag`;
  const json = order(chosen, { tags, operation });
  const held = operation !== 'add' && holdable(json);
  const title = `Change the tags of ${describe(chosen)}`;
  return (
    <FormDialog
      title={title}
      action={operation === 'add' ? 'Add' : operation === 'remove' ? 'Remove' : 'Replace'}
      look={operation === 'replace' ? 'danger' : 'primary'}
      ready={tags.length > 0 || operation === 'replace'}
      onClose={onClose}
      run={async () => {
        if (held) going.hold({ ...whole(ns, chosen), what: `The tags of ${describe(chosen)}`, many: true, verb: operation === 'replace' ? 'replaced' : 'taken away', path, method: 'POST', json, stale: [], follow: title }, onDone);
        else tray.follow(await start(path, json), title, onDone);
        onStarted();
      }}
    >
      <Segments
        label="What to do"
        value={operation}
        onChange={setOperation}
        options={[
          { value: 'add', label: 'Add' },
          { value: 'remove', label: 'Remove' },
          { value: 'replace', label: 'Replace' },
        ]}
      />
      <TagInput tags={tags} onChange={setTags} />
      <p className="soft">{EFFECTS[operation]}{held && ` ${UNDOABLE}`}</p>
      <Rehearsal path={path} json={json} />
    </FormDialog>
  );
}

export function DeleteKeys({ ns, chosen, onClose, onStarted, onDone }: BulkProps) {
  const keys = 'keys' in chosen ? chosen.keys : [];
  const path = `/api/keys/${ns}/bulk-delete`;
  const json = order(chosen);
  const named = keys.length > 0 && keys.length <= MOST_UNDONE;
  const held = !(UNDO && named) && holdable(json);
  const title = `Delete ${describe(chosen)}`;
  const ended = (job: Job) => {
    onDone();
    if (UNDO && job.status === 'completed' && named) {
      notify.undoable(`${plural(keys.length, 'key')} deleted.`, () => void restore(ns, keys).then(onDone));
    }
  };
  return (
    <FormDialog
      title={`Delete ${describe(chosen)}?`}
      action="Delete"
      look="danger"
      ready
      onClose={onClose}
      run={async () => {
        if (held) going.hold({ ...whole(ns, chosen), what: capital(describe(chosen)), verb: 'deleted', path, method: 'POST', json, stale: [], follow: title }, onDone);
        else tray.follow(await start(path, json), title, ended);
        onStarted();
      }}
    >
      {keys.length > 0 && (
        <ul className="named">
          {keys.slice(0, NAMED).map((key) => <li key={key} className="mono cut">{key}</li>)}
          {keys.length > NAMED && <li className="quiet">and {plural(keys.length - NAMED, 'more key', 'more keys')}</li>}
        </ul>
      )}
      <p className="soft">Values, metadata and tags are lost.{UNDO && ' Each key keeps its last version for 24 hours, so it can be brought back one by one.'}{(held || (UNDO && named)) && ` ${UNDOABLE}`}</p>
      <Rehearsal path={path} json={json} />
    </FormDialog>
  );
}

async function restore(ns: string, keys: readonly string[]) {
  let failed = 0;
  for (const key of keys) {
    await ask(`${keyPath('backup', ns, key)}/undo`, { method: 'POST' }).catch(() => failed++);
  }
  if (failed > 0) notify.failed(new Error(`${plural(failed, 'key')} could not be brought back.`));
  else notify.done(`${plural(keys.length, 'key')} brought back.`);
}
