import { useQuery } from '@tanstack/react-query';
import { FileSearch, SearchX, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { address, send } from '../api/client';
import { useTitleOf, useTitles } from '../api/queries';
import { has } from '../api/routes';
import type { Found } from '../api/types';
import { to, useFilters } from '../app/address';
import { useDebounced } from '../app/useDebounced';
import { useShortcuts } from '../app/shortcuts';
import { Button } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { SearchBox, Select } from '../parts/Field';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Pager } from '../parts/Pager';
import { Table, type Column } from '../parts/Table';
import { Tags } from '../parts/Tags';
import { bytes, plural, When } from '../parts/text';
import { SavedSearches } from './SavedSearches';
import { SearchFilters } from './SearchFilters';
import { FILTERS, filtersOf, FURTHER, parametersOf, type SearchFilters as Filters } from './searchFilters';
import { ValueSearch } from './ValueSearch';

const PAGE = 100;

export default function Search() {
  const [{ page: at, ...filters }, setFilters] = useFilters([...FILTERS, 'page']);
  const further = FURTHER.filter((name) => filters[name] !== '' && name !== 'field_value').length;
  const [open, setOpen] = useState(further > 0);
  const [inside, setInside] = useState(false);
  const titled = useTitles();
  const titleOf = useTitleOf();
  const page = Math.max(1, Number(at) || 1);
  const asked = useDebounced(address('', { ...parametersOf(filters), limit: PAGE, offset: (page - 1) * PAGE || undefined }));
  const found = useQuery({
    queryKey: ['search', asked],
    queryFn: async ({ signal }) => {
      const response = await send(`/api/search${asked}`, { signal });
      const { result } = (await response.json()) as { result: Found[] };
      return { rows: result, total: Number(response.headers.get('X-Total-Count') ?? result.length) };
    },
    placeholderData: (before) => before,
  });
  const change = (changed: Partial<Filters>) => setFilters({ ...changed, page: '' });
  const load = (saved: Filters) => {
    change(saved);
    setOpen(FURTHER.some((name) => saved[name] !== ''));
  };
  useShortcuts('Search', [{ keys: 'f', what: 'Show or hide the filters', run: () => setOpen(!open) }]);
  const filtered = Object.keys(parametersOf(filters)).some((name) => name !== 'sort');
  return (
    <Page
      title="Search"
      actions={
        <>
          {has('POST /api/search') && <Button icon={FileSearch} onClick={() => setInside(true)}>In values</Button>}
          {has('GET /api/searches') && <SavedSearches filters={filters} onLoad={load} />}
        </>
      }
    >
      <div className="toolbar wrap">
        <SearchBox label="Part of a name" keys="/" autoFocus value={filters.query} onChange={(query) => change({ query })} />
        <div className="toolbar-field"><Select label="Namespace" value={filters.namespace} onChange={(namespace) => change({ namespace })} options={titled('All namespaces')} /></div>
        <input
          className="input toolbar-field"
          aria-label="Tags, divided by commas"
          placeholder="Tags, like user,team"
          value={filters.tags}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ tags: event.target.value })}
        />
        <Button icon={SlidersHorizontal} aria-expanded={open} onClick={() => setOpen(!open)}>Filters{further > 0 && ` (${further})`}</Button>
        {filtered && <Button look="plain" onClick={() => change(filtersOf({}))}>Clear</Button>}
      </div>
      {open && <SearchFilters filters={filters} onChange={change} />}
      <Loaded of={found}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <Empty icon={SearchX} title={filtered ? 'Nothing matches' : 'No key to show'} actions={filtered && <Button onClick={() => change(filtersOf({}))}>Clear the filters</Button>}>
              {filtered ? 'No key has all that was asked for. Names are compared letter by letter.' : 'The newest keys of all namespaces would be here.'}
            </Empty>
          ) : (
            <>
              <p className="quiet number result-count" aria-live="polite">{filtered ? plural(total, 'key') : `The newest of ${plural(total, 'key')}`}</p>
              <Table columns={columnsOf(titleOf, filters)} rows={rows} id={(row) => `${row.namespace_id} ${row.key_name}`} walk="Results" />
              <Pager page={page} pages={Math.ceil(total / PAGE)} onPage={(chosen) => setFilters({ page: chosen })} />
            </>
          )
        }
      </Loaded>
      {inside && <ValueSearch filters={filters} onClose={() => setInside(false)} />}
    </Page>
  );
}

function columnsOf(titleOf: (id: string) => string, filters: Filters): Column<Found>[] {
  const marked = filters.match === '' || filters.match === 'prefix' ? filters.query : '';
  return [
    {
      head: 'Key',
      look: 'cut',
      cell: (row) => (
        <>
          <Link href={to.key(row.namespace_id, row.key_name)} className="row-link mono" data-row><Marked text={row.key_name} part={marked} /></Link>
          {row.value_preview && <div className="quiet cut mono preview">{row.value_preview}</div>}
        </>
      ),
    },
    { head: 'Namespace', look: 'cut roomy', cell: (row) => <Link className="soft" href={to.keys(row.namespace_id)}>{titleOf(row.namespace_id)}</Link> },
    { head: 'Tags', look: 'roomy', cell: (row) => <Tags tags={row.tags} /> },
    { head: 'Size', look: 'right number roomy', cell: (row) => <span className="soft">{row.size === undefined ? '–' : bytes(row.size)}</span> },
    { head: 'Expires', look: 'roomy', cell: (row) => (row.expiration === undefined ? <span className="quiet">never</span> : <span className="soft"><When at={row.expiration} /></span>) },
    { head: 'Updated', look: 'roomy', cell: (row) => <span className="soft"><When at={row.updated_at} /></span> },
  ];
}

function Marked({ text, part }: { text: string; part: string }) {
  const at = part ? text.indexOf(part) : -1;
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <mark>{part}</mark>
      {text.slice(at + part.length)}
    </>
  );
}
