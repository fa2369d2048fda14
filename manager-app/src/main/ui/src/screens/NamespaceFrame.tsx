import { Ellipsis, PenLine, ScrollText, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { to } from '../app/address';
import { useNamespaceColors } from '../api/colors';
import { useMayIn, useNamespace } from '../api/queries';
import { has } from '../api/routes';
import { IconButton } from '../parts/Button';
import { Crumbs } from '../parts/Crumbs';
import { Empty, Failed } from '../parts/Empty';
import { GoingBanner, keysOf } from '../parts/Going';
import { Link } from '../parts/Link';
import { Menu, MenuItem, MenuLine } from '../parts/Menu';
import { Page } from '../parts/Page';
import { PageTabs } from '../parts/PageTabs';
import { ColorDot } from '../parts/Swatches';
import { Database } from 'lucide-react';
import { DeleteNamespace, RenameNamespace } from './namespaceDialogs';

type Tab = 'keys' | 'statistics' | 'import' | 'export' | 'backups' | 'objects' | 'migrate' | 'deleted' | 'settings';

interface FrameProps {
  ns: string;
  tab: Tab;
  actions?: ReactNode;
  children: ReactNode;
  full?: boolean;
}

interface Place {
  tab: Tab;
  label: string;
  href: (ns: string) => string;
  needs?: string;
  who?: 'writers' | 'admins';
  /** For who sees all keys of the namespace. */
  whole?: boolean;
}

const TABS: readonly Place[] = [
  { tab: 'keys', label: 'Keys', href: to.keys },
  { tab: 'statistics', label: 'Statistics', href: to.statistics, needs: 'GET /api/namespaces/{ns}/stats' },
  { tab: 'import', label: 'Import', href: to.import, needs: 'POST /api/import/{ns}', who: 'writers' },
  { tab: 'export', label: 'Export', href: to.export, needs: 'POST /api/export/{ns}' },
  { tab: 'backups', label: 'Backups', href: to.backups, needs: 'GET /api/r2-backup/{ns}/list', whole: true },
  { tab: 'objects', label: 'Objects', href: to.objects, needs: 'GET /api/r2-objects/{ns}', whole: true },
  { tab: 'migrate', label: 'Migrate', href: to.migrate, needs: 'POST /api/migrate/namespace', who: 'writers' },
  { tab: 'deleted', label: 'Deleted keys', href: to.deleted, needs: 'GET /api/versions/{ns}' },
  { tab: 'settings', label: 'Settings', href: to.namespaceSettings, needs: 'GET /api/namespaces/{ns}/settings', who: 'admins' },
];

/** Title, tabs and actions that all screens of one namespace share. */
export function NamespaceFrame({ ns, tab, actions, children, full }: FrameProps) {
  const { namespace, isPending, isError, error, refetch } = useNamespace(ns);
  const [asked, setAsked] = useState<'rename' | 'delete'>();
  const [, navigate] = useLocation();
  const may = useMayIn(ns);
  const colors = useNamespaceColors();
  const title = namespace?.title ?? '…';
  if (isError) return <Failed page failure={error} retry={() => void refetch()} />;
  if (!isPending && !namespace) {
    return (
      <Empty page icon={Database} title="No such namespace" actions={<Link className="button" href={to.namespaces()}>All namespaces</Link>}>
        It was deleted, or you may not see it.
      </Empty>
    );
  }
  return (
    <Page
      name={tab === 'keys' ? title : `${TABS.find((one) => one.tab === tab)?.label} · ${title}`}
      title={
        <Crumbs from={[{ label: 'Namespaces', href: to.namespaces(), roomy: true }]} here={title}><ColorDot color={colors[ns]} />{namespace?.read_only && <span className="badge warn">read-only</span>}</Crumbs>
      }
      actions={
        namespace && (
          <>
            {(may.administer || has('GET /api/audit/{ns}')) && <Menu trigger={<IconButton icon={Ellipsis} label="Actions of the namespace" />}>
              {has('GET /api/audit/{ns}') && <MenuItem icon={ScrollText} onSelect={() => navigate(to.audit(ns))}>Audit log</MenuItem>}
              {may.administer && <MenuItem icon={PenLine} onSelect={() => setAsked('rename')}>Rename</MenuItem>}
              {may.administer && <MenuLine />}
              {may.administer && <MenuItem icon={Trash2} loses onSelect={() => setAsked('delete')}>Delete</MenuItem>}
            </Menu>}
            {may.write && actions}
          </>
        )
      }
      below={
        <PageTabs
          label="Of the namespace"
          at={tab}
          tabs={TABS.filter((one) => (!one.needs || has(one.needs)) && (!one.who || (one.who === 'admins' ? may.administer : may.write)) && (!one.whole || namespace?.key_prefixes === undefined)).map((one) => ({ ...one, href: one.href(ns) }))}
        />
      }
      full={full ?? false}
    >
      <GoingBanner address={`/api/namespaces/${ns}`} />
      <GoingBanner address={keysOf(ns)} />
      {children}
      {namespace && asked === 'rename' && <RenameNamespace namespace={namespace} onClose={() => setAsked(undefined)} />}
      {namespace && asked === 'delete' && (
        <DeleteNamespace namespace={namespace} onClose={() => setAsked(undefined)} onHeld={() => navigate(to.namespaces())} />
      )}
    </Page>
  );
}
