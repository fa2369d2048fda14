import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Json } from '../api/types';
import { Button } from '../parts/Button';

type Path = readonly (string | number)[];

/** What a schema says against a value. @see RFC 6901 for the pointer */
export interface Violation {
  pointer: string;
  reason: string;
}

interface JsonTreeProps {
  value: Json;
  /** Without it the tree is for reading. */
  onChange?: (value: Json) => void;
  violation?: Violation | undefined;
}

const SHOWN = 100;

export function JsonTree({ value, onChange, violation }: JsonTreeProps) {
  return (
    <div className="json" role="group" aria-label="Value as a tree">
      <Node key={violation?.pointer} name={undefined} value={value} path={[]} depth={0} violation={violation} {...(onChange ? { onEdit: (path, fresh) => onChange(replaced(value, path, fresh)) } : {})} />
    </div>
  );
}

function pointerOf(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Whether the place that is meant is inside. */
function leadsTo(path: Path, violation: Violation | undefined): boolean {
  return violation !== undefined && `${violation.pointer}/`.startsWith(`${pointerOf(path)}/`);
}

export function replaced(value: Json, path: Path, fresh: Json): Json {
  const [first, ...rest] = path;
  if (first === undefined) return fresh;
  if (Array.isArray(value)) return value.map((item, at) => (at === first ? replaced(item, rest, fresh) : item));
  if (typeof value === 'object' && value !== null) return { ...value, [first]: replaced(value[first] ?? null, rest, fresh) };
  return value;
}

interface NodeProps {
  name: string | number | undefined;
  value: Json;
  path: Path;
  depth: number;
  violation: Violation | undefined;
  onEdit?: (path: Path, value: Json) => void;
}

function Node({ name, value, path, depth, violation, onEdit }: NodeProps) {
  const [open, setOpen] = useState(depth < 2 || leadsTo(path, violation));
  const [shown, setShown] = useState(() => Math.max(SHOWN, placeOf(value, path, violation) + 1));
  const indent = { paddingLeft: depth * 18 };
  const wrong = violation?.pointer === pointerOf(path) ? <span className="json-wrong" role="alert">{violation.reason}</span> : null;
  if (typeof value !== 'object' || value === null) {
    return (
      <div className="json-row" style={indent}>
        <span className="tree-fold" />
        {name !== undefined && <span className="json-name">{name}: </span>}
        <Leaf value={value} label={path.join('.') || 'value'} {...(onEdit ? { onEdit: (fresh: Json) => onEdit(path, fresh) } : {})} />
        {wrong}
      </div>
    );
  }
  const entries: [string | number, Json][] = Array.isArray(value) ? value.map((item, at) => [at, item]) : Object.entries(value);
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <div>
      <div className="json-row" style={indent}>
        <button type="button" className="tree-fold" aria-expanded={open} aria-label={`${open ? 'Close' : 'Open'} ${name ?? 'the whole value'}`} onClick={() => setOpen(!open)}>
          <ChevronRight size={14} className={open ? 'turned' : ''} aria-hidden />
        </button>
        {name !== undefined && <span className="json-name">{name}: </span>}
        <span className="quiet">{size}</span>
        {wrong}
      </div>
      {open && entries.slice(0, shown).map(([key, item]) => <Node key={key} name={key} value={item} path={[...path, key]} depth={depth + 1} violation={leadsTo([...path, key], violation) ? violation : undefined} {...(onEdit ? { onEdit } : {})} />)}
      {open && entries.length > shown && (
        <div className="json-row" style={{ paddingLeft: (depth + 1) * 18 }}>
          <Button small onClick={() => setShown(shown + SHOWN * 5)}>Show more ({entries.length - shown})</Button>
        </div>
      )}
    </div>
  );
}

/** Which of the members leads to the place that is meant; -1 for none. */
function placeOf(value: Json, path: Path, violation: Violation | undefined): number {
  if (violation === undefined || typeof value !== 'object' || value === null) return -1;
  const keys: (string | number)[] = Array.isArray(value) ? value.map((_, at) => at) : Object.keys(value);
  return keys.findIndex((key) => leadsTo([...path, key], violation));
}

function Leaf({ value, label, onEdit }: { value: Json; label: string; onEdit?: (value: Json) => void }) {
  const [typed, setTyped] = useState<string>();
  const shown = JSON.stringify(value);
  const look = value === null ? 'null' : typeof value;
  if (!onEdit) return <span className={`json-${look}`}>{shown}</span>;
  if (typed === undefined) {
    return (
      <button type="button" className={`json-leaf json-${look}`} aria-label={`Edit ${label}: ${shown}`} onClick={() => setTyped(shown)}>
        {shown}
      </button>
    );
  }
  const parsed = parse(typed);
  const done = () => {
    if (parsed !== undefined && typed !== shown) onEdit(parsed);
    setTyped(undefined);
  };
  return (
    <input
      className="input json-edit mono"
      aria-label={label}
      aria-invalid={parsed === undefined}
      value={typed}
      autoFocus
      onChange={(event) => setTyped(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done();
        else if (event.key === 'Escape') setTyped(undefined);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
