import { LayoutTemplate, Plus } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useTemplates, variablesOf, type Template } from '../api/templates';
import { to } from '../app/address';
import { useShortcuts } from '../app/shortcuts';
import { Button } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { count, When } from '../parts/text';
import { CreateNamespace } from './namespaceDialogs';

export default function Templates() {
  const templates = useTemplates();
  const [used, setUsed] = useState<Template>();
  const [, navigate] = useLocation();
  useShortcuts('Templates', [{ keys: 'c', what: 'Create a template', run: () => navigate(to.template('new')) }]);
  const add = <Button look="primary" icon={Plus} onClick={() => navigate(to.template('new'))}>New template</Button>;
  const columns: readonly Column<Template>[] = [
    { head: 'Template', look: 'cut', cell: (one) => <><Link className="row-link" href={to.template(one.id)} data-row>{one.name}</Link>{one.description && <p className="quiet cut">{one.description}</p>}</> },
    { head: 'Keys', look: 'right number', cell: (one) => count(one.keys.length) },
    { head: 'Variables', look: 'cut roomy mono', cell: (one) => <span className="soft">{variablesOf(one).join(', ') || '–'}</span> },
    { head: 'Updated', look: 'roomy', cell: (one) => <span className="soft"><When at={one.updated_at} /></span> },
    { head: 'Actions', silent: true, look: 'right', cell: (one) => <Button small onClick={() => setUsed(one)}>Use<span className="hidden"> {one.name}</span></Button> },
  ];
  return (
    <Page title="Templates" actions={templates.data && templates.data.length > 0 && add}>
      <Loaded of={templates}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={LayoutTemplate} title="No templates" actions={add}>A template has keys and alert rules, with variables in them. New namespaces can begin with one, and it can be put into those that there are.</Empty>
          ) : (
            <Table columns={columns} rows={all} id={(one) => one.id} walk="Templates" address={(one) => `/api/templates/${one.id}`} />
          )
        }
      </Loaded>
      {used && <CreateNamespace template={used.id} onClose={() => setUsed(undefined)} />}
    </Page>
  );
}
