import { Archive, ArrowUpFromLine, RefreshCw, X } from 'lucide-react';
import { useState } from 'react';
import { ask, once } from '../api/client';
import { tray } from '../api/jobs';
import { queries } from '../api/queries';
import { has } from '../api/routes';
import { useMay } from '../api/session';
import type { JobStarted, Namespace } from '../api/types';
import { useShortcuts } from '../app/shortcuts';
import { Button, IconButton } from '../parts/Button';
import { notify } from '../parts/Notices';
import { count, plural } from '../parts/text';

export const SYNC = has('POST /api/admin/sync-keys/{ns}');

interface Synced {
  total_keys: number;
  synced: number;
}

/** Takes keys into the index that were written past the manager, one namespace after the other. */
export async function sync(all: readonly Namespace[]) {
  const sum = { keys: 0, added: 0 };
  try {
    for (const one of all) {
      const told = await ask<Synced>(`/api/admin/sync-keys/${one.id}`, { method: 'POST' });
      sum.keys += told.total_keys;
      sum.added += told.synced;
    }
    notify.done(`${plural(sum.keys, 'key')} in the index, ${sum.added === 0 ? 'none of them new' : `${count(sum.added)} of them new`}.`);
    await queries.invalidateQueries({ queryKey: ['namespaces'] });
  } catch (failure) {
    notify.failed(failure);
  }
}

/** What can be done with several namespaces at once. */
export function NamespaceBar({ chosen, onClear }: { chosen: readonly Namespace[]; onClear: () => void }) {
  const [busy, setBusy] = useState<'export' | 'backup' | 'sync'>();
  const may = useMay();
  const which = chosen.length === 1 ? (chosen[0]?.title ?? '') : plural(chosen.length, 'namespace');
  useShortcuts('Selection', [{ keys: 'Escape', what: 'Clear the selection', run: onClear }]);
  const run = async (what: 'export' | 'backup' | 'sync', work: () => Promise<unknown>) => {
    setBusy(what);
    try {
      await work();
      onClear();
    } catch (failure) {
      notify.failed(failure);
      setBusy(undefined);
    }
  };
  const exported = async () => {
    for (const one of chosen) tray.follow(await ask<JobStarted>(`/api/export/${one.id}`, { method: 'POST', query: { format: 'ndjson' } }), `Export of ${one.title}`);
  };
  const backedUp = async () => {
    const started = await ask<JobStarted>('/api/r2-backup/batch', { method: 'POST', query: { format: 'ndjson' }, json: { namespace_ids: chosen.map((one) => one.id) }, headers: { 'Idempotency-Key': once() } });
    tray.follow(started, `Backup of ${which}`);
  };
  return (
    <div className="bulk" role="region" aria-label="Selected namespaces">
      <span className="bulk-count" aria-live="polite">{plural(chosen.length, 'namespace')} selected</span>
      <span className="bulk-actions">
        {has('POST /api/export/{ns}') && <Button small icon={ArrowUpFromLine} busy={busy === 'export'} onClick={() => void run('export', exported)}>Export</Button>}
        {may.write && has('POST /api/r2-backup/batch') && <Button small icon={Archive} busy={busy === 'backup'} onClick={() => void run('backup', backedUp)}>Back up</Button>}
        {may.write && SYNC && <Button small icon={RefreshCw} busy={busy === 'sync'} onClick={() => void run('sync', () => sync(chosen))}>Sync</Button>}
        <IconButton icon={X} label="Clear the selection" keys="Esc" small onClick={onClear} />
      </span>
    </div>
  );
}
