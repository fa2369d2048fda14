import { useQueryClient } from '@tanstack/react-query';
import { Check, Download, Eraser, Eye, Rows3, RotateCcw, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { hasCloudflare, useAccountPath } from '../api/cloudflare';
import { ask } from '../api/client';
import { bodyOf, queuePath, QUEUES, type QueueMessage, useQueue, useQueueMetrics } from '../api/queues';
import { useMay } from '../api/session';
import { to } from '../app/address';
import { Button, IconButton } from '../parts/Button';
import { Crumbs } from '../parts/Crumbs';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { Segments, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { ConfirmGoing, GoingBanner } from '../parts/Going';
import { Loaded } from '../parts/Loaded';
import { notify } from '../parts/Notices';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { bytes, count, When } from '../parts/text';

const MOST = 20;
/** As long as somebody who reads them may take. */
const VISIBILITY_MILLIS = 120_000;

/** The backlog of a queue; its messages can be looked at, or taken, and then acknowledged or sent back. */
export default function QueueDetail({ id }: { id: string }) {
  const account = useAccountPath();
  const path = account && queuePath(account, id);
  const queue = useQueue(account, id);
  const metrics = useQueueMetrics(account, id);
  const [seen, setSeen] = useState<{ taken: boolean; messages: readonly QueueMessage[] }>();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<'send' | 'purge' | 'delete'>();
  const [, navigate] = useLocation();
  const may = useMay();
  const client = useQueryClient();
  const again = () => void client.invalidateQueries({ queryKey: [...QUEUES, id, 'metrics'] });
  const told = async (what: () => Promise<void>) => {
    setBusy(true);
    try {
      await what();
      again();
    } catch (failure) {
      notify.failed(failure);
    } finally {
      setBusy(false);
    }
  };
  const read = (taken: boolean) =>
    told(async () => {
      const body = taken ? { batch_size: MOST, visibility_timeout_ms: VISIBILITY_MILLIS } : { batch_size: MOST };
      const { messages } = await ask<{ messages: QueueMessage[] }>(`${path}/messages/${taken ? 'pull' : 'peek'}`, { method: 'POST', json: body });
      setSeen({ taken, messages });
    });
  const settle = (one: QueueMessage, how: 'acks' | 'retries') =>
    told(async () => {
      await ask(`${path}/messages/ack`, { method: 'POST', json: { [how]: [{ lease_id: one.lease_id }] } });
      setSeen((old) => old && { ...old, messages: old.messages.filter((each) => each.id !== one.id) });
    });
  if (queue.isError) return <Failed page failure={queue.error} retry={() => void queue.refetch()} />;
  if (!queue.data || !path) return <SkeletonRows />;
  const name = queue.data.queue_name;
  const columns: readonly Column<QueueMessage>[] = [
    { head: 'Message', look: 'cut mono', cell: (one) => <span title={bodyOf(one)}>{bodyOf(one).slice(0, 400)}</span> },
    { head: 'Sent', look: 'nowrap', cell: (one) => <When at={one.timestamp_ms / 1000} /> },
    { head: 'Deliveries', look: 'right number roomy', cell: (one) => one.attempts },
    ...(seen?.taken
      ? [
          {
            head: 'Actions',
            silent: true,
            look: 'right nowrap',
            cell: (one: QueueMessage) => (
              <>
                <IconButton icon={RotateCcw} label={`Send ${one.id} back`} small disabled={busy} onClick={() => void settle(one, 'retries')} />
                <IconButton icon={Check} label={`Acknowledge ${one.id}`} small disabled={busy} onClick={() => void settle(one, 'acks')} />
              </>
            ),
          },
        ]
      : []),
  ];
  return (
    <Page
      name={name}
      title={<Crumbs from={[{ label: 'Queues', href: to.queues() }]} here={name} />}
      actions={
        <>
          {may.everything && <IconButton icon={Trash2} label="Delete the queue" onClick={() => setAsked('delete')} />}
          {may.everything && <IconButton icon={Eraser} label="Purge the queue" onClick={() => setAsked('purge')} />}
          {may.everything && <Button look="primary" icon={Send} onClick={() => setAsked('send')}>Send</Button>}
        </>
      }
    >
      <GoingBanner address={path} />
      <div className="stack">
        <Loaded of={metrics} rows={2}>
          {(now) => (
            <div className="card card-body figures">
              <div><strong className="number">{count(now.backlog_count)}</strong><span className="soft">{now.backlog_count === 1 ? 'message' : 'messages'}</span></div>
              <div><strong className="number">{bytes(now.backlog_bytes)}</strong><span className="soft">in all</span></div>
              <div><strong>{now.oldest_message_timestamp_ms ? <When at={now.oldest_message_timestamp_ms / 1000} /> : '–'}</strong><span className="soft">the oldest</span></div>
            </div>
          )}
        </Loaded>
        <div className="line">
          <h2 className="grow">{seen?.taken ? 'Taken messages' : 'Messages'}</h2>
          {hasCloudflare('POST', 'queues/{queue}/messages/peek') && <Button icon={Eye} busy={busy} onClick={() => void read(false)}>Look</Button>}
          {may.everything && <Button icon={Download} busy={busy} onClick={() => void read(true)}>Take</Button>}
        </div>
        {!seen && <Empty icon={Rows3} title="Nothing was asked for yet">To look changes nothing. What is taken is hidden from consumers for two minutes, or until it is acknowledged or sent back.</Empty>}
        {seen && seen.messages.length === 0 && <Empty icon={Rows3} title="No messages">None is there to be taken at the moment.</Empty>}
        {seen && seen.messages.length > 0 && <Table columns={columns} rows={seen.messages} id={(one) => one.id} />}
      </div>
      {asked === 'send' && <SendMessage path={path} onSent={again} onClose={() => setAsked(undefined)} />}
      {asked === 'purge' && (
        <ConfirmGoing
          title={`Purge ${name}?`}
          action="Purge"
          order={{ what: `the messages of ${name}`, many: true, verb: 'deleted', of: path, path: `${path}/purge`, method: 'POST', json: { delete_messages_permanently: true }, stale: QUEUES }}
          onClose={() => setAsked(undefined)}
        >
          All messages go, whether somebody has taken them or not.
        </ConfirmGoing>
      )}
      {asked === 'delete' && (
        <ConfirmGoing
          title={`Delete ${name}?`}
          action="Delete the queue"
          typed={name}
          order={{ what: name, verb: 'deleted', of: path, path, method: 'DELETE', stale: QUEUES }}
          onHeld={() => navigate(to.queues())}
          onClose={() => setAsked(undefined)}
        >
          Its messages go with it.
        </ConfirmGoing>
      )}
    </Page>
  );
}

const TYPES = [
  { value: 'json', label: 'JSON' },
  { value: 'text', label: 'Text' },
] as const;

function SendMessage({ path, onSent, onClose }: { path: string; onSent: () => void; onClose: () => void }) {
  const [type, setType] = useState<'json' | 'text'>('json');
  const [body, setBody] = useState('{}');
  const [delay, setDelay] = useState('');
  const value = type === 'json' ? parsed(body) : { body };
  const send = async () => {
    await ask(`${path}/messages`, { method: 'POST', json: { ...value, content_type: type, ...(delay ? { delay_seconds: Number(delay) } : {}) } });
    onSent();
  };
  return (
    <FormDialog title="Send a message" action="Send" ready={value !== undefined} onClose={onClose} run={send}>
      <Segments label="Kind" value={type} options={TYPES} onChange={setType} />
      <TextField label="Body" mono lines={6} fault={value ? undefined : 'This is no JSON.'} value={body} onChange={setBody} autoFocus />
      <TextField label="Delay, seconds" type="number" placeholder="that of the queue" value={delay} onChange={setDelay} />
    </FormDialog>
  );
}

function parsed(text: string): { body: unknown } | undefined {
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
