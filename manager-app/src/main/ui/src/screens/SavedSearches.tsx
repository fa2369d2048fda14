import { useQuery } from '@tanstack/react-query';
import { Bookmark, BookmarkPlus, Share2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/client';
import { going } from '../api/going';
import { useChange } from '../api/queries';
import { useSession } from '../api/session';
import { Button, IconButton } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Check, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { Menu, MenuItem, MenuLine, MenuTitle } from '../parts/Menu';
import { notify } from '../parts/Notices';
import { Table } from '../parts/Table';
import { filtersOf, parametersOf, type SearchFilters } from './searchFilters';

interface SavedSearch {
  id: string;
  name: string;
  shared: boolean;
  owner: string;
  query: Record<string, string>;
}

const STALE = [['searches']];
const pathOf = (one: SavedSearch) => `/api/searches/${one.id}`;

function useSavedSearches() {
  return useQuery({ queryKey: ['searches'], queryFn: async ({ signal }) => (await ask<{ searches: SavedSearch[] }>('/api/searches', { signal })).searches });
}

/** Loads a search that was saved, or saves the present one. */
export function SavedSearches({ filters, onLoad }: { filters: SearchFilters; onLoad: (filters: SearchFilters) => void }) {
  const saved = useSavedSearches();
  const [asked, setAsked] = useState<'save' | 'manage'>();
  const all = saved.data ?? [];
  const anything = Object.keys(parametersOf(filters)).length > 0;
  return (
    <>
      <Menu trigger={<Button icon={Bookmark}>Saved</Button>}>
        {all.length > 0 && <MenuTitle>Saved searches</MenuTitle>}
        {all.map((one) => (
          <MenuItem key={one.id} {...(one.shared ? { icon: Share2 } : {})} onSelect={() => onLoad(filtersOf(one.query))}>{one.name}</MenuItem>
        ))}
        {all.length > 0 && <MenuLine />}
        <MenuItem icon={BookmarkPlus} disabled={!anything} onSelect={() => setAsked('save')}>Save this search</MenuItem>
        {all.length > 0 && <MenuItem onSelect={() => setAsked('manage')}>Share or delete</MenuItem>}
      </Menu>
      {asked === 'save' && <SaveSearch filters={filters} onClose={() => setAsked(undefined)} />}
      {asked === 'manage' && <ManageSearches all={all} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function SaveSearch({ filters, onClose }: { filters: SearchFilters; onClose: () => void }) {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useChange(() => ask('/api/searches', { method: 'POST', json: { name: name.trim(), shared, query: parametersOf(filters) } }), STALE);
  return (
    <FormDialog
      title="Save this search"
      action="Save"
      ready={name.trim() !== ''}
      onClose={onClose}
      run={async () => {
        await save.mutateAsync(undefined);
        notify.done(`Saved as ${name.trim()}.`);
      }}
    >
      <TextField label="Name" value={name} onChange={setName} autoFocus />
      <Check checked={shared} onChange={setShared}>Everybody who may search sees it</Check>
    </FormDialog>
  );
}

function ManageSearches({ all, onClose }: { all: readonly SavedSearch[]; onClose: () => void }) {
  const session = useSession();
  const mine = (one: SavedSearch) => one.owner === session.data?.user || (one.shared && session.data?.role === 'admin');
  const share = useChange((one: SavedSearch) => ask(pathOf(one), { method: 'PUT', json: { name: one.name, query: one.query, shared: !one.shared } }), STALE);
  const end = (one: SavedSearch) => going.hold({ what: one.name, verb: 'deleted', of: pathOf(one), path: pathOf(one), method: 'DELETE', stale: STALE.flat() });
  return (
    <Dialog title="Saved searches" onClose={onClose} foot={<Button onClick={onClose}>Close</Button>}>
      <Table
        rows={all}
        id={(one) => one.id}
        address={pathOf}
        columns={[
          { head: 'Name', look: 'cut', cell: (one) => <strong>{one.name}</strong> },
          { head: 'Of', look: 'cut roomy', cell: (one) => <span className="soft">{one.owner}</span> },
          { head: 'Shared', cell: (one) => <Check checked={one.shared} onChange={() => mine(one) && void share.mutateAsync(one).catch(notify.failed)}><span className="hidden">Share {one.name}</span></Check> },
          { head: 'Actions', silent: true, look: 'right', cell: (one) => mine(one) && <IconButton icon={Trash2} label={`Delete ${one.name}`} small onClick={() => end(one)} /> },
        ]}
      />
    </Dialog>
  );
}
