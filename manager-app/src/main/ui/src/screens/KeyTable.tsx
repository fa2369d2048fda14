import { elementScroll, useVirtualizer, type Rect, type Virtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, startTransition, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Sort } from '../api/keyPages';
import type { Color } from '../api/colors';
import type { KeyRow } from '../api/types';
import { useShortcuts } from '../app/shortcuts';
import { Button } from '../parts/Button';
import { sentence } from '../api/client';
import { ColorDot } from '../parts/Swatches';
import { absolute, bytes, relative, useNow } from '../parts/text';

export const COLUMNS = [
  { name: 'size', label: 'Size', width: '76px' },
  { name: 'expires', label: 'Expires', width: 'minmax(84px, 180px)' },
  { name: 'tags', label: 'Tags', width: 'minmax(72px, 200px)' },
  { name: 'updated', label: 'Updated', width: '92px' },
  { name: 'metadata', label: 'Metadata', width: 'minmax(72px, 240px)' },
] as const;

export type ColumnName = (typeof COLUMNS)[number]['name'];

const KEPT = 'triport-columns';
const FIRST: readonly ColumnName[] = ['size', 'expires', 'tags', 'updated'];

/** Which columns are shown is a matter of taste, so it stays in this browser. */
export function useColumns(): [readonly ColumnName[], (names: readonly ColumnName[]) => void] {
  const [columns, setColumns] = useState<readonly ColumnName[]>(() => {
    const kept = localStorage.getItem(KEPT)?.split(',') ?? FIRST;
    return COLUMNS.map((column) => column.name).filter((name) => kept.includes(name));
  });
  const change = useCallback((names: readonly ColumnName[]) => {
    const ordered = COLUMNS.map((column) => column.name).filter((name) => names.includes(name));
    localStorage.setItem(KEPT, ordered.join(','));
    setColumns(ordered);
  }, []);
  return [columns, change];
}

/** A million rows of 32 pixels are just below the tallest element that browsers lay out. */
const ROW = 32;
const AHEAD = 200;
/** Roughly what stands above and below the list: the first rows are drawn before it was measured, in slices like all else. */
const AROUND = 180;

type List = Virtualizer<HTMLDivElement, Element>;

/** The size as the browser tells it after its own layout: to ask for it while rows are put in would lay all of them out twice. */
function sizeOnceLaidOut({ scrollElement }: List, tell: (size: Rect) => void) {
  if (!scrollElement || typeof ResizeObserver === 'undefined') return undefined;
  const watch = new ResizeObserver(([entry]) => entry && tell({ width: Math.round(entry.contentRect.width), height: Math.round(entry.contentRect.height) }));
  watch.observe(scrollElement);
  return () => watch.disconnect();
}

/** A list that begins at its top is there already; to scroll it there would ask for its layout, too. */
function scrollWhereNeeded(offset: number, how: Parameters<typeof elementScroll<HTMLDivElement>>[1], list: List) {
  if (offset !== 0 || (list.scrollOffset ?? 0) !== 0) elementScroll(offset, how, list);
}

const STEP = 5;

/** How many of the first rows are drawn: a few in each frame, so that none is a long one; all of them from then on. */
function useSteps(wanted: number): number {
  const [drawn, setDrawn] = useState(STEP);
  const all = drawn >= wanted;
  useEffect(() => {
    if (drawn === Infinity) return undefined;
    const frame = requestAnimationFrame(() => startTransition(() => setDrawn(all ? Infinity : drawn + STEP)));
    return () => cancelAnimationFrame(frame);
  }, [drawn, all]);
  return drawn;
}

interface KeyTableProps {
  rows: readonly KeyRow[];
  length: number;
  complete: boolean;
  loading: boolean;
  failure: unknown;
  onMore: () => void;
  columns: readonly ColumnName[];
  selected: ReadonlySet<string>;
  everything: boolean;
  onToggle: (name: string, range: boolean) => void;
  onToggleAll: () => void;
  onOpen: (name: string) => void;
  colors: Readonly<Record<string, Color>>;
  sort: Sort;
  /** Without it the order is that of the names. */
  onSort?: (sort: Sort) => void;
}

export function KeyTable({ rows, length, complete, loading, failure, onMore, columns, selected, everything, onToggle, onToggleAll, onOpen, colors, sort, onSort }: KeyTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(0);
  const id = useId();
  const now = useNow();
  const virtual = useVirtualizer({ count: length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8, initialRect: { width: window.innerWidth, height: window.innerHeight - AROUND }, observeElementRect: sizeOnceLaidOut, scrollToFn: scrollWhereNeeded, useFlushSync: false });
  const items = virtual.getVirtualItems();
  const drawn = useSteps(items.length);
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!complete && !loading && failure === undefined && lastShown >= length - AHEAD) onMore();
  }, [complete, loading, failure, lastShown, length, onMore]);
  const move = (by: number) => {
    const next = Math.min(length - 1, Math.max(0, cursor + by));
    setCursor(next);
    virtual.scrollToIndex(next);
    scroller.current?.focus({ preventScroll: true });
  };
  const here = rows[cursor]?.name;
  useShortcuts('Rows', [
    { keys: 'j', what: 'Next row', run: () => move(document.activeElement === scroller.current ? 1 : 0) },
    { keys: 'k', what: 'Previous row', run: () => move(-1) },
    { keys: 'x', what: 'Select the row', run: () => here !== undefined && onToggle(here, false) },
    { keys: 'X', what: 'Select up to the row', run: () => here !== undefined && onToggle(here, true) },
    { keys: 'e', what: 'Edit the key', run: () => here !== undefined && onOpen(here) },
  ]);
  const shown = COLUMNS.filter((one) => columns.includes(one.name) && known(one.name, rows[0]));
  const template = `36px minmax(140px, 1fr) ${shown.map((one) => one.width).join(' ')}`;
  const list = shown.map((one) => one.name).join();
  const names = useMemo(() => list.split(',') as ColumnName[], [list]);
  const all = everything || (length > 0 && selected.size === length);
  return (
    <div
      ref={scroller}
      className="keys"
      role="grid"
      aria-label="Keys"
      aria-rowcount={complete ? length + 1 : -1}
      aria-multiselectable="true"
      aria-activedescendant={`${id}-${cursor}`}
      tabIndex={0}
      data-rows={length}
      onKeyDown={(event) => {
        if (event.target !== scroller.current) return;
        if (event.key === 'ArrowDown') move(1);
        else if (event.key === 'ArrowUp') move(-1);
        else if (event.key === 'PageDown') move(20);
        else if (event.key === 'PageUp') move(-20);
        else if (event.key === 'Home') move(-length);
        else if (event.key === 'End') move(length);
        else if (event.key === 'Enter' && here !== undefined) onOpen(here);
        else if (event.key === ' ' && here !== undefined) onToggle(here, event.shiftKey);
        else return;
        event.preventDefault();
      }}
    >
      <div className="keys-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        <span role="columnheader">
          <input type="checkbox" className="check" aria-label="Select all loaded keys" checked={all} ref={(box) => { if (box) box.indeterminate = !all && selected.size > 0; }} onChange={onToggleAll} />
        </span>
        <Head label="Name" sort={sort} onSort={onSort} orders={['', '-name']} />
        {shown.map((one) => (
          <Head key={one.name} label={one.label} column={one.name} sort={sort} onSort={onSort} orders={ORDERS[one.name]} />
        ))}
      </div>
      <div role="rowgroup" className="keys-rows" style={{ height: virtual.getTotalSize() }}>
        {items.slice(0, drawn).map((item) => {
          const row = rows[item.index] as KeyRow;
          return (
            <Row
              key={row.name}
              id={`${id}-${item.index}`}
              row={row}
              index={item.index}
              top={item.start}
              template={template}
              columns={names}
              now={now}
              chosen={everything || selected.has(row.name)}
              current={item.index === cursor}
              color={colors[row.name]}
              onToggle={onToggle}
              onOpen={onOpen}
              onPoint={setCursor}
            />
          );
        })}
      </div>
      {loading && <p className="keys-foot quiet" role="status">Loading more…</p>}
      {failure !== undefined && (
        <p className="keys-foot fault" role="alert">
          {sentence(failure)} <Button small onClick={onMore}>Try again</Button>
        </p>
      )}
    </div>
  );
}

const ORDERS: Partial<Record<ColumnName, readonly Sort[]>> = {
  size: ['largest', 'smallest'],
  expires: ['expiring'],
  updated: ['newest', 'oldest'],
};

const UP: readonly Sort[] = ['', 'smallest', 'expiring', 'oldest'];

interface HeadProps {
  label: string;
  column?: ColumnName;
  sort: Sort;
  onSort: ((sort: Sort) => void) | undefined;
  orders: readonly Sort[] | undefined;
}

/** Each press takes the next of the column's orders, and after the last that of the names. */
function Head({ label, column, sort, onSort, orders }: HeadProps) {
  const at = orders?.indexOf(sort) ?? -1;
  const up = UP.includes(sort);
  const shown = at >= 0 ? (up ? 'ascending' : 'descending') : undefined;
  return (
    <span role="columnheader" className={column && `column-${column}`} aria-sort={shown}>
      {onSort && orders ? (
        <button type="button" className="keys-sort" onClick={() => onSort(orders[at + 1] ?? (at >= 0 ? '' : (orders[0] as Sort)))}>
          {label}
          {shown && (up ? <ArrowUp size={12} aria-hidden /> : <ArrowDown size={12} aria-hidden />)}
        </button>
      ) : (
        label
      )}
    </span>
  );
}

/** A manager of an account elsewhere knows less of a key than one with a store of its own. */
function known(column: ColumnName, row: KeyRow | undefined): boolean {
  switch (column) {
    case 'size': return row?.size !== undefined;
    case 'tags': return row?.tags !== undefined;
    case 'updated': return row?.updated_at !== undefined;
    default: return true;
  }
}

interface RowProps {
  id: string;
  row: KeyRow;
  index: number;
  top: number;
  template: string;
  columns: readonly ColumnName[];
  now: number;
  chosen: boolean;
  current: boolean;
  color: Color | undefined;
  onToggle: (name: string, range: boolean) => void;
  onOpen: (name: string) => void;
  onPoint: (index: number) => void;
}

const Row = memo(function Row({ id, row, index, top, template, columns, now, chosen, current, color, onToggle, onOpen, onPoint }: RowProps) {
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={`keys-row ${current ? 'current' : ''}`}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
      onClick={(event) => {
        onPoint(index);
        if (event.target instanceof HTMLInputElement) return;
        if (event.shiftKey || event.ctrlKey || event.metaKey) onToggle(row.name, event.shiftKey);
        else onOpen(row.name);
      }}
    >
      <span role="gridcell">
        <input
          type="checkbox"
          className="check"
          tabIndex={-1}
          aria-label={`Select ${row.name}`}
          checked={chosen}
          onClick={(event) => onToggle(row.name, event.shiftKey)}
          onChange={() => {}}
        />
      </span>
      <span role="gridcell" className="cut mono keys-name" title={row.name}>{color && <ColorDot color={color} />}{row.name}</span>
      {columns.includes('size') && <span role="gridcell" className="column-size number soft">{row.size === undefined ? '–' : bytes(row.size)}</span>}
      {columns.includes('expires') && <Expires at={row.expiration} now={now} />}
      {columns.includes('tags') && (
        <span role="gridcell" className="column-tags cut">
          {row.tags?.map((tag) => <span key={tag} className="tag">{tag}</span>)}
        </span>
      )}
      {columns.includes('updated') && <Moment at={row.updated_at} now={now} />}
      {columns.includes('metadata') && (
        <span role="gridcell" className="column-metadata cut mono quiet">{row.metadata === undefined || row.metadata === null ? '' : JSON.stringify(row.metadata)}</span>
      )}
    </div>
  );
});

/** Of all rows one clock ticks. */
function Moment({ at, now }: { at: string | undefined; now: number }) {
  if (at === undefined) return <span role="gridcell" className="column-updated quiet">–</span>;
  const date = new Date(at);
  return <span role="gridcell" className="column-updated soft number" title={absolute(date)}>{relative(date, now)}</span>;
}

function Expires({ at, now }: { at: number | undefined; now: number }) {
  if (at === undefined) return <span role="gridcell" className="column-expires quiet">never</span>;
  const date = new Date(at * 1000);
  const soon = at * 1000 - now < 3_600_000;
  return (
    <span role="gridcell" className={`column-expires number cut ${soon ? 'soon' : 'soft'}`} title={absolute(date)}>
      {relative(date, now)} <span className="quiet">{absolute(date).slice(5, 16)}</span>
    </span>
  );
}
