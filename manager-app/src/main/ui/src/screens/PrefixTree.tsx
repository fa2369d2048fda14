import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Folder, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { ask, sentence } from '../api/client';
import { Select } from '../parts/Field';
import { count } from '../parts/text';

interface Branches {
  prefixes: { prefix: string; count: number }[];
  cursor?: string;
}

interface PrefixTreeProps {
  ns: string;
  at: string;
  generation: number;
  onChoose: (prefix: string) => void;
}

const DELIMITERS = [
  { value: ':', label: 'Split at :' },
  { value: '/', label: 'Split at /' },
  { value: '.', label: 'Split at .' },
  { value: '-', label: 'Split at -' },
  { value: '_', label: 'Split at _' },
];

/** The delimiter is a matter of how an app names its keys, so it is kept per namespace. */
function useDelimiter(ns: string): [string, (delimiter: string) => void] {
  const name = `triport-delimiter-${ns}`;
  const [delimiter, setDelimiter] = useState(() => localStorage.getItem(name) ?? ':');
  return [
    delimiter,
    (chosen) => {
      localStorage.setItem(name, chosen);
      setDelimiter(chosen);
    },
  ];
}

export function PrefixTree({ ns, at, generation, onChoose }: PrefixTreeProps) {
  const [delimiter, setDelimiter] = useDelimiter(ns);
  return (
    <section className="tree card" aria-label="Prefixes">
      <div className="tree-head">
        <Select label="Delimiter" value={delimiter} onChange={setDelimiter} options={DELIMITERS} />
      </div>
      <div className="tree-body">
        <button type="button" className="tree-item" aria-current={at === '' ? 'true' : undefined} onClick={() => onChoose('')}>
          <span className="tree-fold" />
          <FolderOpen size={14} aria-hidden />
          <span className="grow cut">All keys</span>
        </button>
        <Branch key={`${delimiter}${generation}`} ns={ns} delimiter={delimiter} prefix="" at={at} depth={0} onChoose={onChoose} />
      </div>
    </section>
  );
}

interface BranchProps {
  ns: string;
  delimiter: string;
  prefix: string;
  at: string;
  depth: number;
  onChoose: (prefix: string) => void;
}

function Branch({ ns, delimiter, prefix, at, depth, onChoose }: BranchProps) {
  const branches = useQuery({
    queryKey: ['tree', ns, delimiter, prefix],
    queryFn: ({ signal }) => ask<Branches>(`/api/keys/${ns}/tree`, { query: { delimiter, prefix }, signal }),
  });
  if (branches.isPending) return <p className="tree-note quiet">Loading…</p>;
  if (branches.isError) return <p className="tree-note fault">{sentence(branches.error)}</p>;
  if (branches.data.prefixes.length === 0) return depth === 0 ? <p className="tree-note quiet">No name has this delimiter.</p> : null;
  return (
    <ul>
      {branches.data.prefixes.map((one) => (
        <Node key={one.prefix} ns={ns} delimiter={delimiter} branch={one} label={one.prefix.slice(prefix.length)} at={at} depth={depth} onChoose={onChoose} />
      ))}
      {branches.data.cursor && <li className="tree-note quiet">There are more; filter by prefix to reach them.</li>}
    </ul>
  );
}

function Node({ ns, delimiter, branch, label, at, depth, onChoose }: Omit<BranchProps, 'prefix'> & { branch: Branches['prefixes'][number]; label: string }) {
  const [open, setOpen] = useState(() => at.startsWith(branch.prefix) && at !== branch.prefix);
  return (
    <li>
      <div className="tree-row" style={{ paddingLeft: depth * 14 }}>
        <button type="button" className="tree-fold" aria-expanded={open} aria-label={`${open ? 'Close' : 'Open'} ${branch.prefix}`} onClick={() => setOpen(!open)}>
          <ChevronRight size={14} className={open ? 'turned' : ''} aria-hidden />
        </button>
        <button type="button" className="tree-item" aria-current={at === branch.prefix ? 'true' : undefined} onClick={() => onChoose(branch.prefix)}>
          {open ? <FolderOpen size={14} aria-hidden /> : <Folder size={14} aria-hidden />}
          <span className="grow cut mono">{label}</span>
          <span className="quiet number">{count(branch.count)}</span>
        </button>
      </div>
      {open && <Branch ns={ns} delimiter={delimiter} prefix={branch.prefix} at={at} depth={depth + 1} onChoose={onChoose} />}
    </li>
  );
}
