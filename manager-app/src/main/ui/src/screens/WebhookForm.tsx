import { useState } from 'react';
import { ask } from '../api/client';
import { useChange } from '../api/queries';
import type { Webhook } from '../api/types';
import { Check, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';

export const EVENTS: readonly { group: string; events: readonly [name: string, label: string][] }[] = [
  { group: 'Keys', events: [['key_create', 'A key was created'], ['key_update', 'A key was changed'], ['key_delete', 'A key was deleted']] },
  {
    group: 'Jobs that ended',
    events: [
      ['bulk_delete_complete', 'Deletes'],
      ['bulk_copy_complete', 'Copies'],
      ['bulk_ttl_complete', 'Expirations'],
      ['bulk_tag_complete', 'Tags'],
      ['import_complete', 'Imports'],
      ['export_complete', 'Exports'],
      ['backup_complete', 'Backups'],
      ['restore_complete', 'Restores'],
      ['batch_complete', 'Batches'],
    ],
  },
  { group: 'Trouble', events: [['job_failed', 'A job failed']] },
];

export const STALE_WEBHOOKS = [['webhooks']];

export function WebhookForm({ webhook, onClose, onSaved }: { webhook?: Webhook; onClose: () => void; onSaved: (saved: Webhook) => void }) {
  const [name, setName] = useState(webhook?.name ?? '');
  const [url, setUrl] = useState(webhook?.url ?? 'https://');
  const [secret, setSecret] = useState('');
  const [unsigned, setUnsigned] = useState(false);
  const [events, setEvents] = useState<readonly string[]>(webhook?.events ?? ['job_failed']);
  const [enabled, setEnabled] = useState(webhook?.enabled ?? true);
  const save = useChange(
    (json: Record<string, unknown>) => ask<{ webhook: Webhook }>(webhook ? `/api/webhooks/${webhook.id}` : '/api/webhooks', { method: webhook ? 'PUT' : 'POST', json }),
    STALE_WEBHOOKS,
  );
  const choose = (event: string, on: boolean) => setEvents(on ? [...events, event] : events.filter((one) => one !== event));
  return (
    <FormDialog
      title={webhook ? `Change ${webhook.name}` : 'New webhook'}
      action={webhook ? 'Save' : 'Create'}
      ready={name.trim() !== '' && URL.canParse(url) && events.length > 0}
      onClose={onClose}
      run={async () => {
        const kept = unsigned ? { secret: null } : secret ? { secret } : {};
        onSaved((await save.mutateAsync({ name: name.trim(), url, events, enabled, ...kept })).webhook);
      }}
    >
      <TextField label="Name" value={name} onChange={setName} autoFocus />
      <TextField label="Address" type="url" mono hint="Only public addresses, unless the operator allows others." value={url} onChange={setUrl} />
      {!unsigned && (
        <TextField
          label="Secret"
          type="password"
          mono
          hint={webhook?.has_secret ? 'It stays as it is when nothing is typed.' : 'With one, X-Webhook-Signature has the HMAC-SHA-256 of the body. It is not shown again.'}
          value={secret}
          onChange={setSecret}
        />
      )}
      {webhook?.has_secret && <Check checked={unsigned} onChange={setUnsigned}>Remove the secret; deliveries are not signed any more</Check>}
      {EVENTS.map(({ group, events: offered }) => (
        <fieldset key={group} className="field">
          <legend>{group}</legend>
          <div className="checks">
            {offered.map(([event, label]) => <Check key={event} checked={events.includes(event)} onChange={(on) => choose(event, on)}>{label}</Check>)}
          </div>
        </fieldset>
      ))}
      <Check checked={enabled} onChange={setEnabled}>It is on</Check>
    </FormDialog>
  );
}
