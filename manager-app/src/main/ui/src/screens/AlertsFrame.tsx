import type { ReactNode } from 'react';
import { has } from '../api/routes';
import { to } from '../app/address';
import { Page } from '../parts/Page';
import { PageTabs } from '../parts/PageTabs';

const TABS = [
  { tab: 'alerts', label: 'Alerts', href: to.alerts(), needs: 'GET /api/alerts' },
  { tab: 'rules', label: 'Rules', href: to.alertRules(), needs: 'GET /api/alerts/rules' },
  { tab: 'thresholds', label: 'Thresholds', href: to.thresholds(), needs: 'GET /api/thresholds' },
] as const;

export function AlertsFrame({ tab, actions, children }: { tab: (typeof TABS)[number]['tab']; actions?: ReactNode; children: ReactNode }) {
  return (
    <Page
      title="Alerts"
      name={TABS.find((one) => one.tab === tab)?.label ?? 'Alerts'}
      actions={actions}
      below={
        <PageTabs label="Of the alerts" at={tab} tabs={TABS.filter((one) => has(one.needs))} />
      }
    >
      {children}
    </Page>
  );
}
