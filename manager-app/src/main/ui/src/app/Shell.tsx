import * as Radix from '@radix-ui/react-dialog';
import type { LucideIcon } from 'lucide-react';
import { Activity, CircleHelp, Command, Database, LogOut, Menu as MenuIcon, Monitor, Moon, ScrollText, Search, Settings, Sun, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { base } from '../api/base';
import { useTray } from '../api/jobs';
import { queries } from '../api/queries';
import { has } from '../api/routes';
import { session as sessions, type Session } from '../api/session';
import { IconButton } from '../parts/Button';
import { Menu, MenuItem, MenuLine, MenuTitle } from '../parts/Menu';
import { notify } from '../parts/Notices';
import { Help } from './Help';
import { Palette } from './Palette';
import { useShortcuts } from './shortcuts';
import { setTheme, useTheme } from './theme';
import { Tray } from './Tray';

interface Place {
  href: string;
  label: string;
  icon: LucideIcon;
  needs?: string;
}

const ALL: readonly Place[] = [
  { href: '/namespaces', label: 'Namespaces', icon: Database },
  { href: '/search', label: 'Search', icon: Search, needs: 'GET /api/search' },
  { href: '/jobs', label: 'Jobs', icon: Activity, needs: 'GET /api/jobs' },
  { href: '/audit', label: 'Audit log', icon: ScrollText, needs: 'GET /api/audit/all' },
  { href: '/settings', label: 'Settings', icon: Settings },
];

export const PLACES = ALL.filter((place) => !place.needs || has(place.needs));

export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const [path, navigate] = useLocation();
  useEffect(() => setDrawer(false), [path]);
  useShortcuts('Everywhere', [
    { keys: 'mod+k', what: 'Open the command palette', run: () => setPalette(true) },
    { keys: '/', what: 'Search or filter', run: () => focusSearch() || (has('GET /api/search') && navigate('/search')) },
    { keys: '?', what: 'Show these keys', run: () => setHelp(true) },
  ]);
  return (
    <div className="shell">
      <a className="skip" href="#content">Skip to the content</a>
      <aside className="side">
        <Side session={session} onPalette={() => setPalette(true)} onHelp={() => setHelp(true)} />
      </aside>
      <header className="topbar">
        <Radix.Root open={drawer} onOpenChange={setDrawer}>
          <Radix.Trigger asChild>
            <button type="button" className="button plain icon" aria-label="Menu"><MenuIcon size={18} aria-hidden /></button>
          </Radix.Trigger>
          <Radix.Portal>
            <Radix.Overlay className="veil" />
            <Radix.Content className="drawer" aria-describedby={undefined}>
              <Radix.Title className="hidden">Menu</Radix.Title>
              <Radix.Close asChild>
                <button type="button" className="button plain icon drawer-close" aria-label="Close"><X size={18} aria-hidden /></button>
              </Radix.Close>
              <Side session={session} onPalette={() => setPalette(true)} onHelp={() => setHelp(true)} />
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
        <Brand />
        <span className="grow" />
        <IconButton icon={Search} label="Command palette" onClick={() => setPalette(true)} />
      </header>
      <main id="content" className="main" tabIndex={-1}>{children}</main>
      <Tray />
      {palette && <Palette onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />}
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}

function focusSearch(): boolean {
  const box = [...document.querySelectorAll<HTMLInputElement>('main [data-search]')].find((one) => one.offsetParent !== null);
  box?.focus();
  box?.select();
  return box !== undefined;
}

export function Brand() {
  return (
    <Link href="/namespaces" className="brand">
      <img src={`${base}/mark.svg`} width={22} height={22} alt="" />
      Triport
    </Link>
  );
}

function Side({ session, onPalette, onHelp }: { session: Session; onPalette: () => void; onHelp: () => void }) {
  const [path] = useLocation();
  const running = useTray().filter((one) => one.job?.status === 'running' || one.job?.status === 'queued').length;
  return (
    <>
      <Brand />
      <button type="button" className="jump" onClick={onPalette}>
        <Command size={14} aria-hidden />
        <span className="grow">Jump to…</span>
        <kbd>Ctrl K</kbd>
      </button>
      <nav aria-label="Main">
        {PLACES.map((place) => (
          <Link key={place.href} href={place.href} className="place" aria-current={path.startsWith(place.href) ? 'page' : undefined}>
            <place.icon size={16} aria-hidden />
            <span className="grow">{place.label}</span>
            {place.href === '/jobs' && running > 0 && <span className="badge live" aria-label={`${running} running`}>{running}</span>}
          </Link>
        ))}
      </nav>
      <span className="grow" />
      <div className="side-foot">
        <UserMenu session={session} />
        <IconButton icon={CircleHelp} label="Keyboard shortcuts" keys="?" onClick={onHelp} />
      </div>
    </>
  );
}

function UserMenu({ session }: { session: Session }) {
  const theme = useTheme();
  const leave = async () => {
    try {
      await sessions.end();
    } catch (failure) {
      notify.failed(failure);
      return;
    }
    queries.clear();
    location.assign(`${base}/`);
  };
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="user">
          <span className="face" aria-hidden>{session.user.slice(0, 1).toUpperCase()}</span>
          <span className="cut">{session.user}</span>
        </button>
      }
    >
      <MenuTitle>Theme</MenuTitle>
      <MenuItem icon={Monitor} onSelect={() => setTheme('system')}>{theme === 'system' ? 'System (chosen)' : 'System'}</MenuItem>
      <MenuItem icon={Sun} onSelect={() => setTheme('light')}>{theme === 'light' ? 'Light (chosen)' : 'Light'}</MenuItem>
      <MenuItem icon={Moon} onSelect={() => setTheme('dark')}>{theme === 'dark' ? 'Dark (chosen)' : 'Dark'}</MenuItem>
      <MenuLine />
      <MenuItem icon={LogOut} onSelect={() => void leave()}>Sign out</MenuItem>
    </Menu>
  );
}
