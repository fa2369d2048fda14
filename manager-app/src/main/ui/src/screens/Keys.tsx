import { FolderTree, KeyRound, Plus, RefreshCw, SlidersHorizontal } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useKeyColors } from '../api/colors';
import { useKeyPages, useMatching, type Sort } from '../api/keyPages';
import { has } from '../api/routes';
import { useMayIn } from '../api/queries';
import { to, useFilters } from '../app/address';
import { useDebounced } from '../app/useDebounced';
import { useShortcuts } from '../app/shortcuts';
import { Button, IconButton } from '../parts/Button';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { SearchBox } from '../parts/Field';
import { Menu, MenuCheck, MenuTitle } from '../parts/Menu';
import { plural } from '../parts/text';
import { BulkBar, type Chosen } from './BulkBar';
import { COLUMNS, KeyTable, useColumns } from './KeyTable';
import { NamespaceFrame } from './NamespaceFrame';
import { PrefixTree } from './PrefixTree';

const TREE = has('GET /api/keys/{ns}/tree');
const SORTS: readonly Sort[] = has('GET /api/search') ? ['-name', 'largest', 'smallest', 'expiring', 'newest', 'oldest'] : [];
const NONE: ReadonlySet<string> = new Set();

export function Keys({ ns }: { ns: string }) {
  const [filters, setFilters] = useFilters(['prefix', 'tree', 'sort']);
  const [generation, setGeneration] = useState(0);
  const [selected, setSelected] = useState<ReadonlySet<string>>(NONE);
  const [everything, setEverything] = useState(false);
  const [, navigate] = useLocation();
  const may = useMayIn(ns);
  const colors = useKeyColors(ns);
  const [columns, setColumns] = useColumns();
  const sort = SORTS.includes(filters.sort as Sort) ? (filters.sort as Sort) : '';
  const prefix = useDebounced(filters.prefix, 180);
  const pages = useKeyPages(ns, prefix, sort, generation);
  const matching = useMatching(ns, prefix, !pages.complete && pages.length > 0, generation);
  const total = pages.complete ? pages.length : matching;
  const last = useRef<string | undefined>(undefined);
  const clear = useCallback(() => {
    setSelected(NONE);
    setEverything(false);
  }, []);
  const refresh = useCallback(() => {
    clear();
    setGeneration((old) => old + 1);
  }, [clear]);
  const toggle = useCallback(
    (name: string, range: boolean) => {
      setEverything(false);
      setSelected((old) => {
        const fresh = new Set(old);
        const from = range && last.current ? pages.rows.findIndex((row) => row.name === last.current) : -1;
        const until = pages.rows.findIndex((row) => row.name === name);
        if (from >= 0 && until >= 0) {
          for (let at = Math.min(from, until); at <= Math.max(from, until); at++) fresh.add(pages.rows[at]?.name as string);
        } else if (!fresh.delete(name)) fresh.add(name);
        last.current = name;
        return fresh;
      });
    },
    [pages.rows],
  );
  const selectLoaded = () => {
    if (selected.size === pages.length) clear();
    else setSelected(new Set(pages.rows.slice(0, pages.length).map((row) => row.name)));
  };
  const open = useCallback((name: string) => navigate(to.key(ns, name)), [navigate, ns]);
  useShortcuts('Keys', [
    ...(may.write ? [{ keys: 'n', what: 'New key', run: () => navigate(to.newKey(ns)) }] : []),
    ...(TREE ? [{ keys: 't', what: 'Show or hide the prefix tree', run: () => setFilters({ tree: filters.tree ? '' : 'shown' }) }] : []),
    { keys: 'r', what: 'Load again', run: refresh },
    { keys: 'Escape', what: 'Clear the selection', run: clear },
  ]);
  const chosen = useMemo<Chosen>(
    () => (everything ? { prefix, total } : { keys: [...selected] }),
    [everything, prefix, total, selected],
  );
  const empty = pages.complete && pages.length === 0;
  // Head and tabs come first, in a frame of their own.
  const headed = useDeferredValue(true, false);
  return (
    <NamespaceFrame ns={ns} tab="keys" full actions={<Button look="primary" icon={Plus} onClick={() => navigate(to.newKey(ns))}>New key</Button>}>
      {headed && <><div className="toolbar">
        <SearchBox label="Filter by prefix" keys="/" value={filters.prefix} onChange={(value) => setFilters({ prefix: value })} />
        <span className="quiet number toolbar-count" aria-live="polite">
          {total !== undefined ? plural(total, 'key') : pages.length > 0 ? `${plural(pages.length, 'key')} loaded` : ''}
        </span>
        {TREE && <IconButton
          icon={FolderTree}
          label="Prefix tree"
          keys="t"
          aria-pressed={filters.tree !== ''}
          onClick={() => setFilters({ tree: filters.tree ? '' : 'shown' })}
        />}
        <Menu trigger={<IconButton icon={SlidersHorizontal} label="Columns" />}>
          <MenuTitle>Columns</MenuTitle>
          {COLUMNS.map((column) => (
            <MenuCheck
              key={column.name}
              checked={columns.includes(column.name)}
              onChange={(shown) => setColumns(shown ? [...columns, column.name] : columns.filter((name) => name !== column.name))}
            >
              {column.label}
            </MenuCheck>
          ))}
        </Menu>
        <IconButton icon={RefreshCw} label="Load again" keys="r" onClick={refresh} />
      </div>
      <div className="browse">
        {TREE && filters.tree && <PrefixTree ns={ns} at={filters.prefix} generation={generation} onChoose={(chosenPrefix) => setFilters({ prefix: chosenPrefix })} />}
        <div className="browse-list card">
          {pages.failure !== undefined && pages.length === 0 ? (
            <Failed failure={pages.failure} retry={pages.more} />
          ) : empty && prefix ? (
            <Empty icon={KeyRound} title="No key begins like this" actions={<Button onClick={() => setFilters({ prefix: '' })}>Clear the filter</Button>}>
              No key begins with <code>{prefix}</code>. {has('GET /api/search') && 'To look inside names, use the search.'}
            </Empty>
          ) : empty ? (
            <Empty
              icon={KeyRound}
              title="No keys yet"
              actions={
                may.write && <>
                  <Button look="primary" icon={Plus} onClick={() => navigate(to.newKey(ns))}>New key</Button>
                  {has('POST /api/import/{ns}') && <Button onClick={() => navigate(to.import(ns))}>Import a file</Button>}
                </>
              }
            >
              Keys that apps write appear here too.
            </Empty>
          ) : pages.length === 0 ? (
            <SkeletonRows count={14} />
          ) : (
            <KeyTable
              key={`${prefix}\n${sort}${generation}`}
              rows={pages.rows}
              length={pages.length}
              complete={pages.complete}
              loading={pages.loading}
              failure={pages.failure}
              onMore={pages.more}
              columns={columns}
              selected={selected}
              everything={everything}
              onToggle={toggle}
              onToggleAll={selectLoaded}
              onOpen={open}
              colors={colors}
              sort={sort}
              {...(has('GET /api/search') ? { onSort: (chosenSort: Sort) => setFilters({ sort: chosenSort }) } : {})}
            />
          )}
        </div>
      </div>
      {may.write && (selected.size > 0 || everything) && (
        <BulkBar
          ns={ns}
          chosen={chosen}
          more={!everything && !pages.complete && selected.size === pages.length}
          total={total}
          onEverything={() => setEverything(true)}
          onClear={clear}
          onDone={refresh}
        />
      )}</>}
    </NamespaceFrame>
  );
}
