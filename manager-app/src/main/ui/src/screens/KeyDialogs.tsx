import { useState } from 'react';
import { ask } from '../api/client';
import { outdate } from '../api/queries';
import { TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { notify } from '../parts/Notices';

const LONGEST = 512;

/** Value, metadata, expiration, tags, colour and versions go with the name. */
export function RenameKey({ ns, name, onClose, onRenamed }: { ns: string; name: string; onClose: () => void; onRenamed: (fresh: string) => void }) {
  const [typed, setTyped] = useState(name);
  const size = new TextEncoder().encode(typed).length;
  const rename = (from: string, into: string) => ask(`/api/keys/${ns}/rename`, { method: 'POST', json: { old_name: from, new_name: into } });
  return (
    <FormDialog
      title={`Rename ${name}`}
      action="Rename"
      ready={typed !== '' && typed !== name && size <= LONGEST}
      onClose={onClose}
      run={async () => {
        await rename(name, typed);
        outdate('key-colors', 'versions', 'metadata');
        onRenamed(typed);
        notify.undoable(`It is ${typed} now.`, () => void rename(typed, name).then(() => onRenamed(name), notify.failed));
      }}
    >
      <TextField
        label="Name"
        mono
        hint="Value, metadata, expiration, tags, colour and versions go with it. Apps that ask for the old name find nothing."
        fault={size > LONGEST ? `The name has ${size} bytes; at most ${LONGEST} are possible.` : undefined}
        value={typed}
        onChange={setTyped}
        autoFocus
      />
    </FormDialog>
  );
}
