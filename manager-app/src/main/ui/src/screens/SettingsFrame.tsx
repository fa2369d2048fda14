import type { ReactNode } from 'react';
import { has } from '../api/routes';
import { useMay } from '../api/session';
import { Page } from '../parts/Page';
import { PageTabs } from '../parts/PageTabs';

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
        <PageTabs label="Of the settings" at={tab} tabs={TABS.filter((one) => (may.everything || !one.admin) && has(one.needs))} />
      }
    >
      {children}
    </Page>
  );
}
