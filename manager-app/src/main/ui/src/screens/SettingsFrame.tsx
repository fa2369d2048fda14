import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { has } from '../api/routes';
import { useMay } from '../api/session';
import { Page } from '../parts/Page';

const TABS = [
  { tab: 'general', label: 'General', href: '/settings', admin: false, needs: 'GET /api/me' },
  { tab: 'api-keys', label: 'API keys', href: '/settings/api-keys', admin: true, needs: 'GET /api/api-keys' },
  { tab: 'roles', label: 'Roles', href: '/settings/roles', admin: true, needs: 'GET /api/roles' },
] as const;

export function SettingsFrame({ tab, actions, children }: { tab: (typeof TABS)[number]['tab']; actions?: ReactNode; children: ReactNode }) {
  const may = useMay();
  return (
    <Page
      title="Settings"
      name={TABS.find((one) => one.tab === tab)?.label ?? 'Settings'}
      actions={actions}
      below={
        <nav className="tabs page-tabs" aria-label="Of the settings">
          {TABS.filter((one) => (may.everything || !one.admin) && has(one.needs)).map((one) => (
            <Link key={one.tab} href={one.href} className="tab" aria-current={one.tab === tab ? 'page' : undefined}>{one.label}</Link>
          ))}
        </nav>
      }
    >
      {children}
    </Page>
  );
}
