import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { has } from '../api/routes';
import { useSession } from '../api/session';
import { Page } from '../parts/Page';

const TABS = [
  { tab: 'general', label: 'General', href: '/settings', admin: false, needs: 'GET /api/me' },
  { tab: 'api-keys', label: 'API keys', href: '/settings/api-keys', admin: true, needs: 'GET /api/api-keys' },
] as const;

export function SettingsFrame({ tab, actions, children }: { tab: (typeof TABS)[number]['tab']; actions?: ReactNode; children: ReactNode }) {
  const session = useSession();
  const admin = session.data?.role === 'admin';
  return (
    <Page
      title="Settings"
      name={TABS.find((one) => one.tab === tab)?.label ?? 'Settings'}
      actions={actions}
      below={
        <nav className="tabs page-tabs" aria-label="Of the settings">
          {TABS.filter((one) => (admin || !one.admin) && has(one.needs)).map((one) => (
            <Link key={one.tab} href={one.href} className="tab" aria-current={one.tab === tab ? 'page' : undefined}>{one.label}</Link>
          ))}
        </nav>
      }
    >
      {children}
    </Page>
  );
}
