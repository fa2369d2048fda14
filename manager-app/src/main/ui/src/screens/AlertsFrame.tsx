import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { has } from '../api/routes';
import { to } from '../app/address';
import { Page } from '../parts/Page';

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
        <nav className="tabs page-tabs" aria-label="Of the alerts">
          {TABS.filter((one) => has(one.needs)).map((one) => (
            <Link key={one.tab} href={one.href} className="tab" aria-current={one.tab === tab ? 'page' : undefined}>{one.label}</Link>
          ))}
        </nav>
      }
    >
      {children}
    </Page>
  );
}
