import { useQuery } from '@tanstack/react-query';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ask } from '../api/client';
import type { Webhook } from '../api/types';
import { to } from '../app/address';
import { useShortcuts } from '../app/shortcuts';
import { Button } from '../parts/Button';
import { Empty } from '../parts/Empty';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { plural } from '../parts/text';
import { WebhookForm } from './WebhookForm';

const COLUMNS: readonly Column<Webhook>[] = [
  { head: 'Name', look: 'cut', cell: (one) => <Link className="row-link" href={to.webhook(one.id)} data-row>{one.name}</Link> },
  { head: 'State', cell: (one) => <span className={`badge ${one.enabled ? 'ok' : ''}`}>{one.enabled ? 'on' : 'off'}</span> },
  { head: 'Sends to', look: 'cut mono roomy', cell: (one) => <span className="soft">{one.url}</span> },
  { head: 'When', look: 'cut roomy', cell: (one) => <span className="soft" title={one.events.join(', ')}>{plural(one.events.length, 'event')}</span> },
  { head: 'Signed', look: 'roomy', cell: (one) => <span className="soft">{one.has_secret ? 'yes' : 'no'}</span> },
];

export default function Webhooks() {
  const [creating, setCreating] = useState(false);
  const [, navigate] = useLocation();
  const webhooks = useQuery({ queryKey: ['webhooks'], queryFn: async ({ signal }) => (await ask<{ webhooks: Webhook[] }>('/api/webhooks', { signal })).webhooks });
  const add = <Button look="primary" icon={Plus} onClick={() => setCreating(true)}>New webhook</Button>;
  useShortcuts('Webhooks', [{ keys: 'c', what: 'Create a webhook', run: () => setCreating(true) }]);
  return (
    <Page title="Webhooks" actions={webhooks.data && webhooks.data.length > 0 && add}>
      <Loaded of={webhooks}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={WebhookIcon} title="No webhooks" actions={add}>Tell another service when keys change or jobs end. Each delivery can be signed, and is tried again when it fails.</Empty>
          ) : (
            <Table columns={COLUMNS} rows={all} id={(one) => one.id} walk="Webhooks" address={(one) => `/api/webhooks/${one.id}`} />
          )
        }
      </Loaded>
      {creating && <WebhookForm onClose={() => setCreating(false)} onSaved={(made) => navigate(to.webhook(made.id))} />}
    </Page>
  );
}
