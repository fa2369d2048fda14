import { useState } from 'react';
import { useLocation } from 'wouter';
import { ask, once } from '../api/client';
import { tray } from '../api/jobs';
import { useTitleOf } from '../api/queries';
import type { JobStarted } from '../api/types';
import { to } from '../app/address';
import { Segments, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { bytes } from '../parts/text';
import { parametersOf, type SearchFilters } from './searchFilters';

const MATCHES = [
  { value: 'substring', label: 'Part' },
  { value: 'prefix', label: 'Beginning' },
  { value: 'glob', label: 'Glob' },
  { value: 'regex', label: 'Regex' },
] as const;

const MEBIBYTE = 1024 * 1024;
const MOST = 102_400;

/** Values are in no index: a job reads those of the keys that the other filters choose. */
export function ValueSearch({ filters, onClose }: { filters: SearchFilters; onClose: () => void }) {
  const [text, setText] = useState(filters.query);
  const [match, setMatch] = useState<(typeof MATCHES)[number]['value']>('substring');
  const [most, setMost] = useState('256');
  const [, navigate] = useLocation();
  const titleOf = useTitleOf();
  const mebibytes = Number(most);
  const valid = Number.isInteger(mebibytes) && mebibytes >= 1 && mebibytes <= MOST;
  return (
    <FormDialog
      title="Search in values"
      action="Search"
      ready={text !== '' && valid}
      onClose={onClose}
      run={async () => {
        const { sort, in: places, namespaceId, ...others } = parametersOf(filters);
        const started = await ask<JobStarted>('/api/search', {
          method: 'POST',
          query: { ...others, namespace_id: namespaceId, query: text, match, in: 'value', max_mebibytes: mebibytes },
          headers: { 'Idempotency-Key': once() },
        });
        tray.follow(started, `Search for “${text}” in values`);
        navigate(to.job(started.job_id));
      }}
    >
      <TextField label="Text" mono value={text} onChange={setText} autoFocus />
      <Segments label="The text is" value={match} options={MATCHES} onChange={setMatch} />
      <TextField label="Read at most, in MiB" type="number" fault={valid ? undefined : `From 1 to ${MOST}.`} hint={valid ? bytes(mebibytes * MEBIBYTE) : undefined} value={most} onChange={setMost} />
      <p className="soft">It runs as a job over {filters.namespace ? titleOf(filters.namespace) : 'all namespaces'}; the other filters of the page choose the keys. Only texts are looked at.</p>
    </FormDialog>
  );
}
