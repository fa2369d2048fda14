import { ArrowUpFromLine } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ask, sentence } from '../api/client';
import { tray } from '../api/jobs';
import { useNamespace, useNamespaceInfo } from '../api/queries';
import type { JobStarted } from '../api/types';
import { to, useFilters } from '../app/address';
import { Button } from '../parts/Button';
import { bytes, plural } from '../parts/text';
import { NamespaceFrame } from './NamespaceFrame';

const FORMATS = [
  { value: 'ndjson', label: 'NDJSON', what: 'One JSON object a line. Best for large namespaces and for tools that read line by line.' },
  { value: 'json', label: 'JSON', what: 'One array with all keys.' },
] as const;

export default function Export({ ns }: { ns: string }) {
  const [filters, setFilters] = useFilters(['format']);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const { namespace } = useNamespace(ns);
  const info = useNamespaceInfo(ns);
  const [, navigate] = useLocation();
  const format = filters.format === 'json' ? 'json' : 'ndjson';
  const begin = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      const started = await ask<JobStarted>(`/api/export/${ns}`, { method: 'POST', query: { format } });
      tray.follow(started, `Export of ${namespace?.title ?? ns}`);
      navigate(to.job(started.job_id));
    } catch (failure) {
      setFault(sentence(failure));
      setBusy(false);
    }
  };
  return (
    <NamespaceFrame ns={ns} tab="export">
      <div className="narrow stack">
        <p className="soft">
          {info.data && <>{plural(info.data.estimated_key_count, 'key')}, {bytes(info.data.total_bytes)}. </>}
          Values, metadata, expiration, tags and custom metadata are all in the file: imported into an empty namespace it gives an equal one.
        </p>
        <fieldset className="field">
          <legend>Format</legend>
          {FORMATS.map((one) => (
            <label key={one.value} className="choice option">
              <input type="radio" className="check" name="format" checked={format === one.value} onChange={() => setFilters({ format: one.value })} />
              <span>
                <strong>{one.label}</strong>
                <span className="quiet block">{one.what}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {fault && <div className="banner bad" role="alert"><p>{fault}</p></div>}
        <div><Button look="primary" icon={ArrowUpFromLine} busy={busy} onClick={() => void begin()}>Export</Button></div>
        <p className="quiet">It runs as a job. The file can be downloaded as often as needed for a day.</p>
      </div>
    </NamespaceFrame>
  );
}
