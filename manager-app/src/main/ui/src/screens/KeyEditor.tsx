import { useQueryClient } from '@tanstack/react-query';
import { Copy, Download, Ellipsis, FileUp, GitCompare, KeyRound, PenLine, Save, Trash2 } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { ask, isMissing, sentence } from '../api/client';
import { keyPath, readWhole } from '../api/keyValue';
import { outdate, useKeyMetadata, useKeyValue, useMayIn, useNamespace } from '../api/queries';
import { has } from '../api/routes';
import { to, useFilters } from '../app/address';
import { useShortcuts } from '../app/shortcuts';
import { Diff } from '../code';
import { Button, IconButton } from '../parts/Button';
import { Crumbs } from '../parts/Crumbs';
import { Confirm, Dialog } from '../parts/Dialog';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { Link } from '../parts/Link';
import { Menu, MenuItem, MenuLine } from '../parts/Menu';
import { notify } from '../parts/Notices';
import { Page } from '../parts/Page';
import { saveBytes } from '../parts/save';
import { bytes as size } from '../parts/text';
import { ValueView } from '../values/ValueView';
import { RenameKey } from './KeyDialogs';
import { KeyInspector } from './KeyInspector';
import { changed, changesOf, draftOf, EMPTY, faultsOf, isConflict, save, textOf, valued, violationOf, type Draft } from './keyDraft';
import { Versions } from './Versions';

const UNDO = has('POST /api/backup/{ns}/{key}/undo');
const VERSIONS = has('GET /api/versions/{ns}/{key}');
const RENAME = has('POST /api/keys/{ns}/rename');

export default function KeyEditor({ ns }: { ns: string }) {
  const [filters] = useFilters(['name']);
  return filters.name === '' ? <Opened key="" ns={ns} before={EMPTY} isNew /> : <Existing key={filters.name} ns={ns} name={filters.name} />;
}

function Existing({ ns, name }: { ns: string; name: string }) {
  const value = useKeyValue(ns, name);
  const metadata = useKeyMetadata(ns, name);
  if (value.isError && isMissing(value.error)) {
    return (
      <Empty page icon={KeyRound} title="No such key" actions={<Link className="button" href={to.keys(ns)}>All keys</Link>}>
        <code>{name}</code> was deleted, has expired, or never was.
      </Empty>
    );
  }
  if (value.isError) return <Failed page failure={value.error} retry={() => void value.refetch()} />;
  if (metadata.isError) return <Failed page failure={metadata.error} retry={() => void metadata.refetch()} />;
  if (!value.data || !metadata.data) return <SkeletonRows />;
  return (
    <Opened
      key={`${value.dataUpdatedAt} ${metadata.dataUpdatedAt}`}
      ns={ns}
      before={draftOf(value.data, metadata.data)}
      etag={value.data.etag}
      expiration={value.data.expiration}
      created={metadata.data.created_at}
      updated={metadata.data.updated_at}
    />
  );
}

interface OpenedProps {
  ns: string;
  before: Draft;
  isNew?: boolean;
  etag?: string | undefined;
  expiration?: number | undefined;
  created?: string | undefined;
  updated?: string | undefined;
}

function Opened({ ns, before: read, isNew = false, etag, expiration, created, updated }: OpenedProps) {
  const [before, setStart] = useState(read);
  const [draft, setDraft] = useState(read);
  const [filters, setFilters] = useFilters(['tab', 'name']);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const [refused, setRefused] = useState<Uint8Array>();
  const [asked, setAsked] = useState<'review' | 'rename' | 'delete'>();
  const [, navigate] = useLocation();
  const may = useMayIn(ns);
  const { namespace } = useNamespace(ns);
  const client = useQueryClient();
  const file = useRef<HTMLInputElement>(null);
  const changes = changesOf(before, draft);
  const dirty = isNew ? draft.name !== '' || draft.bytes.length > 0 : changed(changes);
  const faults = faultsOf(draft, Date.now());
  const savable = may.write && dirty && draft.name !== '' && Object.keys(faults).length === 0;
  const violation = useMemo(() => (refused === draft.bytes ? violationOf(fault) : undefined), [refused, draft.bytes, fault]);
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  useUnsavedWarning(dirty && !busy);

  const reload = () => Promise.all([['value', ns], ['metadata', ns], ['versions', ns], ['namespaces'], ['namespace-info', ns]].map((queryKey) => client.invalidateQueries({ queryKey })));
  const store = async () => {
    if (!savable || busy) return;
    setBusy(true);
    setFault(undefined);
    try {
      await save(ns, draft, changes, etag, isNew);
      notify.done('Saved.');
      setAsked(undefined);
      // Opened by its name it is read anew; read twice, what is typed meanwhile would be lost.
      if (isNew) {
        navigate(to.key(ns, draft.name), { replace: true });
        outdate('namespaces', 'namespace-info');
      } else await reload();
    } catch (failure) {
      setAsked(undefined);
      setFault(failure);
      setRefused(draft.bytes);
    }
    setBusy(false);
  };
  const full = async () => (draft.bytes.length < draft.size ? readWhole(ns, draft.name) : draft.bytes);
  const whole = () => {
    full().then((bytes) => {
      setStart((old) => ({ ...old, ...valued(bytes) }));
      change(valued(bytes));
    }, notify.failed);
  };
  const remove = async () => {
    await ask(keyPath('keys', ns, draft.name), { method: 'DELETE' });
    navigate(to.keys(ns));
    if (!UNDO) notify.done(`${draft.name} was deleted.`);
    else notify.undoable(`${draft.name} was deleted.`, () => {
      ask(`${keyPath('backup', ns, draft.name)}/undo`, { method: 'POST' }).then(() => navigate(to.key(ns, draft.name)), notify.failed);
    });
  };
  useShortcuts('Key', [
    { keys: 'mod+s', what: 'Save', run: () => void store() },
    { keys: 'd', what: 'Review the changes', run: () => changes.value && setAsked('review') },
    { keys: 'Escape', what: 'Back to the list', run: () => !dirty && navigate(to.keys(ns)) },
  ]);
  const tab = !isNew && VERSIONS && filters.tab === 'versions' ? 'versions' : 'value';
  return (
    <Page
      full
      name={isNew ? 'New key' : draft.name}
      title={
        <Crumbs from={[{ label: 'Namespaces', href: to.namespaces(), roomy: true }, { label: namespace?.title ?? '…', href: to.keys(ns) }]} here={isNew ? 'New key' : draft.name} mono={!isNew} />
      }
      actions={
        <>
          {!isNew && (
            <Menu trigger={<IconButton icon={Ellipsis} label="Actions of the key" />}>
              <MenuItem icon={Copy} onSelect={() => void navigator.clipboard.writeText(draft.name).then(() => notify.done('Name copied.'), notify.failed)}>Copy the name</MenuItem>
              <MenuItem icon={Download} onSelect={() => void full().then((bytes) => saveBytes(draft.name.replace(/[/\\:]/g, '_'), bytes), notify.failed)}>Download the value</MenuItem>
              {may.write && <MenuItem icon={FileUp} onSelect={() => file.current?.click()}>Take the value from a file</MenuItem>}
              {may.write && RENAME && <MenuItem icon={PenLine} onSelect={() => setAsked('rename')}>Rename</MenuItem>}
              {may.write && <MenuLine />}
              {may.write && <MenuItem icon={Trash2} loses onSelect={() => setAsked('delete')}>Delete</MenuItem>}
            </Menu>
          )}
          {!isNew && changes.value && <Button icon={GitCompare} onClick={() => setAsked('review')}>Review</Button>}
          {may.write && <Button look="primary" icon={Save} busy={busy} disabled={!savable} onClick={() => void store()}>Save</Button>}
        </>
      }
      below={
        !isNew && VERSIONS && (
          <div className="tabs page-tabs" role="tablist" aria-label="Of the key">
            <Tab id="value" label="Value" at={tab} onChoose={() => setFilters({ tab: '' })} />
            <Tab id="versions" label="Versions" at={tab} onChoose={() => setFilters({ tab: 'versions' })} />
          </div>
        )
      }
    >
      <input
        ref={file}
        type="file"
        hidden
        aria-label="File with the value"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) void chosen.arrayBuffer().then((read) => change(valued(new Uint8Array(read))), notify.failed);
          event.target.value = '';
        }}
      />
      {fault !== undefined && (
        <div className="banner bad" role="alert">
          <p className="grow">
            {isConflict(fault)
              ? isNew
                ? 'A key of this name exists already. Open it, or choose another name.'
                : 'Somebody else has changed this key since you opened it. Nothing was saved. Load it again to see the newer value; what you typed will be lost.'
              : sentence(fault)}
          </p>
          {isConflict(fault) && (isNew ? <Link className="button small" href={to.key(ns, draft.name)}>Open it</Link> : <Button small onClick={() => void reload()}>Load again</Button>)}
        </div>
      )}
      {tab === 'versions' ? (
        <div role="tabpanel" aria-labelledby="tab-versions" className="key-versions">
          <Versions ns={ns} name={draft.name} current={textOf(before)} onRestored={() => void reload().then(() => setFilters({ tab: '' }))} />
        </div>
      ) : (
        <div className="key" role={isNew || !VERSIONS ? undefined : 'tabpanel'} aria-labelledby={isNew || !VERSIONS ? undefined : 'tab-value'}>
          <div className="key-value card">
            {isNew && (
              <div className="key-name">
                <label htmlFor="key-name" className="hidden">Name</label>
                <input
                  id="key-name"
                  className="input mono"
                  placeholder="Name of the key, like user:1001"
                  value={draft.name}
                  aria-invalid={faults.name !== undefined}
                  autoFocus
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => change({ name: event.target.value })}
                />
                <Button icon={FileUp} onClick={() => file.current?.click()}>From a file</Button>
                {faults.name && <span className="fault" role="alert">{faults.name}</span>}
              </div>
            )}
            <ValueView bytes={draft.bytes} size={draft.size} onWhole={whole} violation={violation} {...(may.write ? { onChange: (fresh: Uint8Array) => change(valued(fresh)) } : {})} />
          </div>
          <KeyInspector ns={ns} readOnly={!may.write} draft={draft} faults={faults} isNew={isNew} expiration={expiration} created={created} updated={updated} onChange={change} />
        </div>
      )}
      {asked === 'review' && (
        <Dialog
          title="What saving changes"
          wide
          onClose={() => setAsked(undefined)}
          foot={
            <>
              <Button onClick={() => setAsked(undefined)}>Close</Button>
              <Button look="primary" icon={Save} busy={busy} disabled={!savable} onClick={() => void store()}>Save</Button>
            </>
          }
        >
          <Diff before={textOf(before)} after={textOf(draft)} names={['As it is stored', 'As it will be']} />
        </Dialog>
      )}
      {asked === 'rename' && <RenameKey ns={ns} name={draft.name} onClose={() => setAsked(undefined)} onRenamed={(fresh) => navigate(to.key(ns, fresh), { replace: true })} />}
      {asked === 'delete' && (
        <Confirm title={`Delete ${draft.name}?`} action="Delete" onConfirm={remove} onClose={() => setAsked(undefined)}>
          The value ({size(draft.size)}), its metadata and its tags are lost.{UNDO && ' You can undo it for 10 seconds.'}
        </Confirm>
      )}
    </Page>
  );
}

function Tab({ id, label, at, onChoose }: { id: string; label: string; at: string; onChoose: () => void }) {
  const here = at === id;
  return (
    <button id={`tab-${id}`} type="button" role="tab" className="tab" aria-selected={here} data-state={here ? 'active' : 'inactive'} onClick={onChoose}>
      {label}
    </button>
  );
}

function useUnsavedWarning(unsaved: boolean) {
  useEffect(() => {
    if (!unsaved) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved]);
}
