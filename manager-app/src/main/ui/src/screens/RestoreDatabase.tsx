import { useState } from 'react';
import { ask } from '../api/client';
import { DATABASES } from '../api/databases';
import { useChange } from '../api/queries';
import { TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { notify } from '../parts/Notices';
import { absolute } from '../parts/text';

interface Restored {
  bookmark: string;
  previous_bookmark: string;
}

/** Takes a database back to a second, or to a bookmark. */
export function RestoreDatabase({ path, name, onClose }: { path: string; name: string; onClose: () => void }) {
  const [at, setAt] = useState(() => absolute(new Date()));
  const restore = useChange((query: { timestamp: string } | { bookmark: string }) => ask<Restored>(`${path}/time_travel/restore`, { method: 'POST', query }), [DATABASES]);
  const text = at.trim();
  const bookmark = /^[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+$/.test(text);
  const moment = new Date(text.replace(' ', 'T'));
  const known = bookmark || !Number.isNaN(moment.getTime());
  const back = async () => {
    const restored = await restore.mutateAsync(bookmark ? { bookmark: text } : { timestamp: moment.toISOString() });
    notify.done(`${name} is as it was. What undoes it: ${restored.previous_bookmark}`);
  };
  return (
    <FormDialog title={`Restore ${name}`} action="Restore" look="danger" ready={known} onClose={onClose} run={back}>
      <TextField label="To" mono hint="A time of this place, or a bookmark." fault={known ? undefined : 'This is neither a time nor a bookmark.'} value={at} onChange={setAt} autoFocus />
      <p className="soft">All that was written since is taken out. The bookmark that the answer names brings it back.</p>
    </FormDialog>
  );
}
