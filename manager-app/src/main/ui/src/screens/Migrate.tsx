import { ArrowRightLeft } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { once, send, sentence } from '../api/client';
import { tray } from '../api/jobs';
import { useNamespace, useNamespaceInfo, useTitles } from '../api/queries';
import { to } from '../app/address';
import { Button } from '../parts/Button';
import { Check, Field, Select } from '../parts/Field';
import { ConfirmGoing, keysOf } from '../parts/Going';
import { bytes, plural } from '../parts/text';
import { NamespaceFrame } from './NamespaceFrame';

const CUTOVERS = [
  { value: 'copy', label: 'Copy', what: 'The keys are in both namespaces afterwards.' },
  { value: 'copy_delete', label: 'Move', what: 'Each key is deleted here as soon as it is there.' },
] as const;

export default function Migrate({ ns }: { ns: string }) {
  const [target, setTarget] = useState('');
  const [cutover, setCutover] = useState<(typeof CUTOVERS)[number]['value']>('copy');
  const [labels, setLabels] = useState(true);
  const [lives, setLives] = useState(true);
  const [backup, setBackup] = useState(true);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [fault, setFault] = useState<string>();
  const [, navigate] = useLocation();
  const { namespace } = useNamespace(ns);
  const info = useNamespaceInfo(ns);
  const titled = useTitles();
  const options = titled('Choose…').filter((one) => one.value !== ns);
  const title = options.find((one) => one.value === target)?.label ?? '';
  const path = '/api/migrate/namespace';
  const json = { sourceNamespaceId: ns, targetNamespaceId: target, cutoverMode: cutover, migrateMetadata: labels, preserveTTL: lives, createBackup: backup };
  const called = `${namespace?.title ?? ns} to ${title}`;
  const begin = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      const response = await send(path, { method: 'POST', json, headers: { 'Idempotency-Key': once() } });
      const { jobId } = (await response.json()) as { jobId: string };
      tray.follow({ job_id: jobId }, called);
      navigate(to.job(jobId));
    } catch (failure) {
      setFault(sentence(failure));
      setBusy(false);
    }
  };
  return (
    <NamespaceFrame ns={ns} tab="migrate">
      <div className="narrow stack">
        <p className="soft">
          {info.data && <>{plural(info.data.estimated_key_count, 'key')}, {bytes(info.data.total_bytes)}. </>}
          All of them go to another namespace, by a job that goes on where it was after a restart. Keys of the same name are overwritten there; what they were is kept as a version.
        </p>
        <Field label="To the namespace">{(id) => <Select id={id} label="To the namespace" value={target} onChange={setTarget} options={options} />}</Field>
        <fieldset className="field">
          <legend>What happens to the keys here</legend>
          {CUTOVERS.map((one) => (
            <label key={one.value} className="choice option">
              <input type="radio" className="check" name="cutover" checked={cutover === one.value} onChange={() => setCutover(one.value)} />
              <span>
                <strong>{one.label}</strong>
                <span className="quiet block">{one.what}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="stack-s">
          <Check checked={labels} onChange={setLabels}>Metadata, tags and custom metadata go along</Check>
          <Check checked={lives} onChange={setLives}>Keys keep their expiration</Check>
          <Check checked={backup} onChange={setBackup}>Back this namespace up first</Check>
        </div>
        {fault && <div className="banner bad" role="alert"><p>{fault}</p></div>}
        <div>
          <Button look={cutover === 'copy' ? 'primary' : 'danger'} icon={ArrowRightLeft} busy={busy} disabled={target === ''} onClick={() => (cutover === 'copy' ? void begin() : setAsked(true))}>
            {cutover === 'copy' ? 'Copy all keys' : 'Move all keys'}
          </Button>
        </div>
      </div>
      {asked && namespace && (
        <ConfirmGoing
          title={`Move all keys of ${namespace.title}?`}
          action="Move"
          typed={namespace.title}
          order={{ what: `All keys of ${namespace.title}`, many: true, verb: `moved to ${title}`, of: keysOf(ns), path, method: 'POST', json, stale: [], follow: called }}
          onClose={() => setAsked(false)}
        >
          Apps that read {namespace.title} find its keys no longer: they are in {title} then. What they were is kept here as versions.
        </ConfirmGoing>
      )}
    </NamespaceFrame>
  );
}
