import * as Radix from '@radix-ui/react-dialog';
import type { LucideIcon } from 'lucide-react';
import { CircleHelp, Database, Key, Monitor, Moon, Search, Sun } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { useLocation, useRoute } from 'wouter';
import { useNamespaces } from '../api/queries';
import { has } from '../api/routes';
import { to } from './address';
import { usePlaces } from './Shell';
import { setTheme } from './theme';

interface Entry {
  label: string;
  group: string;
  icon: LucideIcon;
  run: () => void;
}

const SHOWN = 40;

const NAMESPACE_PLACES = [
  { label: 'Import into', needs: 'POST /api/import/{ns}', href: to.import },
  { label: 'Export', needs: 'POST /api/export/{ns}', href: to.export },
  { label: 'Statistics of', needs: 'GET /api/namespaces/{ns}/stats', href: to.statistics },
  { label: 'Backups of', needs: 'GET /api/r2-backup/{ns}/list', href: to.backups },
  { label: 'Objects of', needs: 'GET /api/r2-objects/{ns}', href: to.objects },
  { label: 'Deleted keys of', needs: 'GET /api/versions/{ns}', href: to.deleted },
];

/** Whether the letters of what was typed occur in order; fewer gaps come first. */
function score(label: string, typed: string): number {
  const text = label.toLowerCase();
  const direct = text.indexOf(typed);
  if (direct >= 0) return direct;
  let at = -1;
  for (const letter of typed) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return -1;
  }
  return 100 + at;
}

export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [, navigate] = useLocation();
  const [inside, params] = useRoute('/namespaces/:ns/*?');
  const namespaces = useNamespaces();
  const list = useId();
  const places = usePlaces();
  const ns = inside ? params.ns : undefined;
  const entries = useMemo<Entry[]>(() => {
    const here = namespaces.data?.find((one) => one.id === ns);
    return [
      ...(here
        ? [
            { label: `New key in ${here.title}`, group: 'Here', icon: Key, run: () => navigate(to.newKey(here.id)) },
            ...NAMESPACE_PLACES.filter((place) => has(place.needs)).map((place) => ({ label: `${place.label} ${here.title}`, group: 'Here', icon: Database, run: () => navigate(place.href(here.id)) })),
          ]
        : []),
      ...places.map((place) => ({ label: place.label, group: 'Go to', icon: place.icon, run: () => navigate(place.href) })),
      ...(namespaces.data ?? []).map((one) => ({ label: one.title, group: 'Namespaces', icon: Database, run: () => navigate(to.keys(one.id)) })),
      { label: 'Light theme', group: 'Appearance', icon: Sun, run: () => setTheme('light') },
      { label: 'Dark theme', group: 'Appearance', icon: Moon, run: () => setTheme('dark') },
      { label: 'System theme', group: 'Appearance', icon: Monitor, run: () => setTheme('system') },
      { label: 'Keyboard shortcuts', group: 'Help', icon: CircleHelp, run: onHelp },
    ];
  }, [namespaces.data, ns, navigate, onHelp, places]);
  const wanted = typed.trim().toLowerCase();
  const found = useMemo(() => {
    if (!wanted) return entries.slice(0, SHOWN);
    const scored = entries.map((entry) => ({ entry, score: score(entry.label, wanted) })).filter((one) => one.score >= 0);
    scored.sort((one, other) => one.score - other.score);
    const entered = scored.map((one) => one.entry);
    if (!has('GET /api/search')) return entered.slice(0, SHOWN);
    return [
      ...entered,
      { label: `Search all keys for “${typed.trim()}”`, group: 'Search', icon: Search, run: () => navigate(`/search?query=${encodeURIComponent(typed.trim())}`) },
    ].slice(0, SHOWN);
  }, [entries, wanted, typed, navigate]);
  const chosen = Math.min(at, found.length - 1);
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const move = (by: number) => {
    const next = (chosen + by + found.length) % found.length;
    setAt(next);
    document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content className="dialog palette" aria-describedby={undefined}>
          <Radix.Title className="hidden">Command palette</Radix.Title>
          <div className="palette-box">
            <Search size={16} aria-hidden />
            <input
              role="combobox"
              aria-expanded="true"
              aria-controls={list}
              aria-activedescendant={`${list}-${chosen}`}
              aria-label="What to do or where to go"
              placeholder="Type a command, a namespace, a key…"
              value={typed}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setTyped(event.target.value);
                setAt(0);
              }}
              onKeyDown={(event) => {
                if (event.key === 'ArrowDown') move(1);
                else if (event.key === 'ArrowUp') move(-1);
                else if (event.key === 'Enter') run(found[chosen]);
                else return;
                event.preventDefault();
              }}
            />
            <kbd>Esc</kbd>
          </div>
          <ul id={list} role="listbox" aria-label="Commands" className="palette-list">
            {found.map((entry, index) => (
              <li
                key={`${entry.group}-${entry.label}-${index}`}
                id={`${list}-${index}`}
                role="option"
                aria-selected={index === chosen}
                onMouseMove={() => setAt(index)}
                onClick={() => run(entry)}
              >
                <entry.icon size={15} aria-hidden />
                <span className="grow cut">{entry.label}</span>
                <span className="palette-group">{entry.group}</span>
              </li>
            ))}
          </ul>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
