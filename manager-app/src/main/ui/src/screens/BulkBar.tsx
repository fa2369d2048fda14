import { Boxes, Clock, Copy, Tags, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useNamespace } from '../api/queries';
import { has } from '../api/routes';
import { Button, IconButton } from '../parts/Button';
import { plural } from '../parts/text';
import { CopyKeys, CopyToObjects, DeleteKeys, ExpireKeys, TagKeys } from './bulkDialogs';

/** Keys by name, or all that begin alike. */
export type Chosen = { keys: string[] } | { prefix: string; total: number | undefined };

export function describe(chosen: Chosen): string {
  if ('keys' in chosen) return plural(chosen.keys.length, 'key');
  const which = chosen.prefix ? `keys that begin with ${chosen.prefix}` : 'keys of the namespace';
  return `all ${chosen.total === undefined ? '' : `${chosen.total.toLocaleString('en-US')} `}${which}`;
}

interface BulkBarProps {
  ns: string;
  chosen: Chosen;
  /** Whether everything loaded is selected and there is more. */
  more: boolean;
  /** How many match, where that is known. */
  total: number | undefined;
  onEverything: () => void;
  onClear: () => void;
  onDone: () => void;
}

type Action = 'copy' | 'objects' | 'expire' | 'tag' | 'delete';

export function BulkBar({ ns, chosen, more, total, onEverything, onClear, onDone }: BulkBarProps) {
  const [action, setAction] = useState<Action>();
  const { namespace } = useNamespace(ns);
  const close = () => setAction(undefined);
  const shared = { ns, chosen, onClose: close, onStarted: onClear, onDone };
  return (
    <div className="bulk" role="region" aria-label="Selected keys">
      <span className="bulk-count" aria-live="polite">{describe(chosen).replace(/^a/, 'A')} selected</span>
      {more && <Button small look="plain" onClick={onEverything}>Select all {total?.toLocaleString('en-US')} that match</Button>}
      <span className="bulk-actions">
        {has('POST /api/keys/{ns}/bulk-copy') && <Button small icon={Copy} onClick={() => setAction('copy')}>Copy</Button>}
        {has('POST /api/keys/{ns}/bulk-r2-copy') && namespace?.key_prefixes === undefined && <Button small icon={Boxes} onClick={() => setAction('objects')}>To objects</Button>}
        {has('POST /api/keys/{ns}/bulk-ttl') && <Button small icon={Clock} onClick={() => setAction('expire')}>Expiration</Button>}
        {has('POST /api/metadata/{ns}/bulk-tag') && <Button small icon={Tags} onClick={() => setAction('tag')}>Tags</Button>}
        {has('POST /api/keys/{ns}/bulk-delete') && <Button small icon={Trash2} loses onClick={() => setAction('delete')}>Delete</Button>}
        <IconButton icon={X} label="Clear the selection" keys="Esc" small onClick={onClear} />
      </span>
      {action === 'copy' && <CopyKeys {...shared} />}
      {action === 'objects' && <CopyToObjects {...shared} />}
      {action === 'expire' && <ExpireKeys {...shared} />}
      {action === 'tag' && <TagKeys {...shared} />}
      {action === 'delete' && <DeleteKeys {...shared} />}
    </div>
  );
}
