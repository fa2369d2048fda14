import { useQuery } from '@tanstack/react-query';
import { PenLine, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ask } from '../api/client';
import type { Webhook } from '../api/types';
import { to } from '../app/address';
import { Button, IconButton } from '../parts/Button';
import { Crumbs } from '../parts/Crumbs';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { ConfirmGoing, GoingBanner } from '../parts/Going';
import { Loaded } from '../parts/Loaded';
import { notify } from '../parts/Notices';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { When } from '../parts/text';
import { EVENTS, WebhookForm } from './WebhookForm';

interface Try {
  delivery_id: string;
  event: string;
  attempt: number;
  timestamp: string;
  success: boolean;
  final: boolean;
  status?: number;
  error?: string;
}

const COLUMNS: readonly Column<Try>[] = [
  { head: 'When', look: 'nowrap', cell: (one) => <When at={one.timestamp} /> },
  { head: 'Event', look: 'cut', cell: (one) => one.event },
  { head: 'Result', look: 'wide', cell: (one) => <><span className={`badge ${one.success ? 'ok' : 'bad'}`}>{one.status ?? (one.success ? 'taken' : 'failed')}</span> <span className="soft">{one.error}</span></> },
  { head: 'Try', look: 'right number roomy', cell: (one) => one.attempt },
  { head: 'Then', look: 'nowrap roomy', cell: (one) => <span className="soft">{one.success ? 'done' : one.final ? 'given up' : 'tried again'}</span> },
  { head: 'Delivery', look: 'cut mono roomy', cell: (one) => <span className="quiet">{one.delivery_id}</span> },
];

const LABELS = new Map(EVENTS.flatMap(({ events }) => events));

export default function WebhookDetail({ id }: { id: string }) {
  const path = `/api/webhooks/${encodeURIComponent(id)}`;
  const [asked, setAsked] = useState<'change' | 'delete'>();
  const [testing, setTesting] = useState(false);
  const [, navigate] = useLocation();
  const webhook = useQuery({ queryKey: ['webhooks', id], queryFn: async ({ signal }) => (await ask<{ webhook: Webhook }>(path, { signal })).webhook });
  const tries = useQuery({ queryKey: ['webhooks', id, 'deliveries'], queryFn: async ({ signal }) => (await ask<{ deliveries: Try[] }>(`${path}/deliveries`, { signal })).deliveries, staleTime: 0, refetchInterval: 10_000 });
  if (webhook.isError) return <Failed page failure={webhook.error} retry={() => void webhook.refetch()} />;
  if (!webhook.data) return <SkeletonRows />;
  const shown = webhook.data;
  const test = async () => {
    setTesting(true);
    try {
      const said = await ask<{ success: boolean; statusText?: string; error?: string }>(`${path}/test`, { method: 'POST' });
      if (said.success) notify.done(`The test was taken with status ${said.statusText}.`);
      else notify.failed(new Error(`The test was not taken: ${said.error}`));
    } catch (failure) {
      notify.failed(failure);
    }
    setTesting(false);
  };
  return (
    <Page
      name={shown.name}
      title={<Crumbs from={[{ label: 'Webhooks', href: to.webhooks() }]} here={shown.name}><span className={`badge ${shown.enabled ? 'ok' : ''}`}>{shown.enabled ? 'on' : 'off'}</span></Crumbs>}
      actions={
        <>
          <IconButton icon={Trash2} label="Delete the webhook" onClick={() => setAsked('delete')} />
          <Button icon={PenLine} onClick={() => setAsked('change')}>Change</Button>
          <Button look="primary" icon={Send} busy={testing} onClick={() => void test()}>Send a test</Button>
        </>
      }
    >
      <GoingBanner address={path} />
      <div className="stack">
        <section className="card">
          <dl className="card-body facts">
            <dt>Sends to</dt>
            <dd className="mono">{shown.url}</dd>
            <dt>Signed</dt>
            <dd>{shown.has_secret ? 'with a secret' : 'no'}</dd>
            <dt>When</dt>
            <dd><span className="line wrap tag-list">{shown.events.map((event) => <span key={event} className="tag">{LABELS.get(event) ?? event}</span>)}</span></dd>
          </dl>
        </section>
        <h2>Last deliveries</h2>
        <Loaded of={tries} rows={4}>
          {(all) =>
            all.length === 0 ? (
              <Empty icon={Send} title="Nothing was sent yet">The last 100 tries are listed here. Tests are not among them.</Empty>
            ) : (
              <Table columns={COLUMNS} rows={all} id={(one) => `${one.delivery_id} ${one.attempt}`} />
            )
          }
        </Loaded>
      </div>
      {asked === 'change' && <WebhookForm webhook={shown} onClose={() => setAsked(undefined)} onSaved={() => notify.done('Saved.')} />}
      {asked === 'delete' && (
        <ConfirmGoing
          title={`Delete ${shown.name}?`}
          action="Delete"
          order={{ what: shown.name, verb: 'deleted', of: path, path, method: 'DELETE', stale: ['webhooks'] }}
          onHeld={() => navigate(to.webhooks())}
          onClose={() => setAsked(undefined)}
        >
          Its address, its secret and the log of its deliveries are lost; what still waits is not sent.
        </ConfirmGoing>
      )}
    </Page>
  );
}
