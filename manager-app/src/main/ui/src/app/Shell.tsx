import * as Radix from '@radix-ui/react-dialog';
import type { LucideIcon } from 'lucide-react';
import { Activity, Box, CalendarClock, CircleHelp, Command, Database, Gauge, LayoutTemplate, LogOut, Menu as MenuIcon, Monitor, Moon, Rows3, ScrollText, Search, Settings, Siren, Sun, Table2, Timer, Waypoints, Webhook, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { base } from '../api/base';
import { useUnseenAlerts } from '../api/alerts';
import { going } from '../api/going';
import { useTray } from '../api/jobs';
import { useNoticeSocket } from '../api/notices';
import { queries } from '../api/queries';
import { has } from '../api/routes';
import { session as sessions, useMay, type Session } from '../api/session';
import { IconButton } from '../parts/Button';
import { Link } from '../parts/Link';
import { Menu, MenuItem, MenuLine, MenuTitle } from '../parts/Menu';
import { notify } from '../parts/Notices';
import { Bell } from './Bell';
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
  /** For those who may do everything. */
  admin?: boolean;
}

/** Those of one group stand together. */
const GROUPS: readonly (readonly Place[])[] = [
  [
    { href: '/namespaces', label: 'Namespaces', icon: Database },
    { href: '/search', label: 'Search', icon: Search, needs: 'GET /api/search' },
  ],
  [
    { href: '/databases', label: 'Databases', icon: Table2, needs: 'GET /client/v4/accounts/{account}/d1/database' },
    { href: '/queues', label: 'Queues', icon: Rows3, needs: 'GET /client/v4/accounts/{account}/queues' },
    { href: '/vectors', label: 'Vectors', icon: Waypoints, needs: 'GET /client/v4/accounts/{account}/vectorize/v2/indexes' },
    { href: '/durable', label: 'Durable objects', icon: Box, needs: 'GET /api/durable-objects' },
  ],
  [
    { href: '/jobs', label: 'Jobs', icon: Activity, needs: 'GET /api/jobs' },
    { href: '/schedules', label: 'Schedules', icon: CalendarClock, needs: 'GET /api/schedules' },
    { href: '/crons', label: 'Cron', icon: Timer, needs: 'GET /api/crons' },
    { href: '/alerts', label: 'Alerts', icon: Siren, needs: 'GET /api/alerts' },
    { href: '/overview', label: 'Metrics', icon: Gauge, needs: 'GET /api/metrics' },
  ],
  [
    { href: '/webhooks', label: 'Webhooks', icon: Webhook, needs: 'GET /api/webhooks', admin: true },
    { href: '/templates', label: 'Templates', icon: LayoutTemplate, needs: 'GET /api/templates', admin: true },
  ],
  [
    { href: '/audit', label: 'Audit log', icon: ScrollText, needs: 'GET /api/audit/all' },
    { href: '/settings', label: 'Settings', icon: Settings },
  ],
];

/** The places that there are for whoever is signed in. */
function useGroups(): readonly (readonly Place[])[] {
  const may = useMay();
  return GROUPS.map((group) => group.filter((place) => (!place.needs || has(place.needs)) && (!place.admin || may.everything))).filter((group) => group.length > 0);
}

export function usePlaces(): readonly Place[] {
  return useGroups().flat();
}

export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const [drawer, setDrawer] = useState(false);
  useNoticeSocket();
  useLeaving();
  useShortcuts('Everywhere', [
    { keys: 'mod+k', what: 'Open the command palette', run: () => setPalette(true) },
    { keys: '/', what: 'Search or filter', run: () => focusSearch() || (has('GET /api/search') && navigate(`${base}/search`)) },
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
        <Bell />
        <IconButton icon={Search} label="Command palette" onClick={() => setPalette(true)} />
      </header>
      <main id="content" className="main" tabIndex={-1}>{children}</main>
      <Tray />
      {palette && <Palette onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />}
      <Moved then={() => setDrawer(false)} />
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}

/** A part of its own, so that moving on draws only what depends on where one is. */
function Moved({ then }: { then: () => void }) {
  const [path] = useLocation();
  // What is done then is the same each time.
  useEffect(then, [path]);
  return null;
}

/** What is held back is done before the page is gone; a frozen page may never wake up again. */
function useLeaving() {
  useEffect(() => {
    going.settle();
    window.addEventListener('pagehide', going.leave);
    window.addEventListener('pageshow', going.settle);
    document.addEventListener('freeze', going.leave);
    return () => {
      window.removeEventListener('pagehide', going.leave);
      window.removeEventListener('pageshow', going.settle);
      document.removeEventListener('freeze', going.leave);
    };
  }, []);
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
  const groups = useGroups();
  const alerts = useUnseenAlerts();
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
        {groups.map((group) => (
          <div key={group[0]?.href} className="places">
            {group.map((place) => (
              <Link key={place.href} href={place.href} className="place" aria-current={path.startsWith(place.href) ? 'page' : undefined}>
                <place.icon size={16} aria-hidden />
                <span className="grow">{place.label}</span>
                {place.href === '/jobs' && running > 0 && <span className="badge live" role="img" aria-label={`${running} running`}>{running}</span>}
                {place.href === '/alerts' && alerts > 0 && <span className="badge bad" role="img" aria-label={`${alerts} not seen yet`}>{alerts}</span>}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <span className="grow" />
      <div className="side-foot">
        <UserMenu session={session} />
        <Bell />
        <IconButton icon={CircleHelp} label="Keyboard shortcuts" keys="?" onClick={onHelp} />
      </div>
    </>
  );
}

function UserMenu({ session }: { session: Session }) {
  const theme = useTheme();
  const leave = async () => {
    try {
      await going.allNow();
      const elsewhere = (await sessions.end())?.logout_url;
      queries.clear();
      location.assign(elsewhere ?? `${base}/`);
    } catch (failure) {
      notify.failed(failure);
    }
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
