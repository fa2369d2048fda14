import { useQuery } from '@tanstack/react-query';
import { Save } from 'lucide-react';
import { useState } from 'react';
import { ask, sentence } from '../api/client';
import { PaintNamespace } from '../parts/Swatches';
import { useChange, useMayIn, useNamespace } from '../api/queries';
import { has } from '../api/routes';
import { Button } from '../parts/Button';
import { Check, TextField } from '../parts/Field';
import { Loaded } from '../parts/Loaded';
import { notify } from '../parts/Notices';
import { span } from '../parts/text';
import { NamespaceFrame } from './NamespaceFrame';

interface Settings {
  versioning: { enabled: boolean; max_versions?: number; max_age?: number };
  /** Where the manager knows of it. */
  read_only?: boolean;
  protected?: boolean;
}

const MOST_VERSIONS = 1000;
const COLORS = has('PUT /api/namespaces/{ns}/color');

export default function NamespaceSettings({ ns }: { ns: string }) {
  const { namespace } = useNamespace(ns);
  const settings = useQuery({ queryKey: ['settings', ns], queryFn: ({ signal }) => ask<Settings>(`/api/namespaces/${ns}/settings`, { signal }) });
  return (
    <NamespaceFrame ns={ns} tab="settings">
      <div className="narrow stack">
        {COLORS && (
          <section className="card">
            <header><h2>Colour</h2></header>
            <div className="card-body stack-s">
              {namespace && <PaintNamespace ns={ns} title={namespace.title} />}
              <p className="quiet">Everybody sees it, in lists and beside the title.</p>
            </div>
          </section>
        )}
        <Loaded of={settings} rows={4}>{(read) => <Form key={settings.dataUpdatedAt} ns={ns} read={read} />}</Loaded>
      </div>
    </NamespaceFrame>
  );
}

function Form({ ns, read }: { ns: string; read: Settings }) {
  const [enabled, setEnabled] = useState(read.versioning.enabled);
  const [versions, setVersions] = useState(shown(read.versioning.max_versions));
  const [age, setAge] = useState(shown(read.versioning.max_age));
  const [readOnly, setReadOnly] = useState(read.read_only ?? false);
  const [guarded, setGuarded] = useState(read.protected ?? false);
  const [fault, setFault] = useState<string>();
  const may = useMayIn(ns);
  const save = useChange((json: Settings) => ask(`/api/namespaces/${ns}/settings`, { method: 'PUT', json }), [['settings', ns], ['namespaces']]);
  const [most, oldest] = [Number(versions || 0), Number(age || 0)];
  const faults = {
    versions: Number.isInteger(most) && most >= 0 && most <= MOST_VERSIONS ? undefined : 'From 1 to 1000, or empty.',
    age: Number.isInteger(oldest) && oldest >= 0 ? undefined : 'Whole seconds, or empty.',
  };
  const store = async () => {
    setFault(undefined);
    try {
      await save.mutateAsync({
        versioning: { enabled, max_versions: most, max_age: oldest },
        ...(read.read_only === undefined ? {} : { read_only: readOnly }),
        ...(read.protected === undefined ? {} : { protected: guarded }),
      });
      notify.done('Saved.');
    } catch (failure) {
      setFault(sentence(failure));
    }
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void store();
      }}
    >
      <fieldset className="plain stack" disabled={!may.administer}>
        <section className="card">
          <header><h2>Versions</h2></header>
          <div className="card-body stack">
            <Check checked={enabled} onChange={setEnabled}>Keep versions for longer than 24 hours</Check>
            {enabled && (
              <div className="pair">
                <TextField label="At most so many of a key" type="number" hint="Empty for no bound." fault={faults.versions} value={versions} onChange={setVersions} />
                <TextField label="For so many seconds" type="number" hint={oldest > 0 ? span(oldest) : 'Empty for no bound.'} fault={faults.age} value={age} onChange={setAge} />
              </div>
            )}
          </div>
        </section>
        {(read.read_only !== undefined || read.protected !== undefined) && (
          <section className="card">
            <header><h2>Protection</h2></header>
            <div className="card-body stack">
              {read.read_only !== undefined && <Check checked={readOnly} onChange={setReadOnly}>Read-only: nobody changes a key by the manager<span className="quiet block">Programs that write by the KV proxy are not touched by it.</span></Check>}
              {read.protected !== undefined && <Check checked={guarded} onChange={setGuarded}>Protected: it is deleted only by who gives its title<span className="quiet block">For programs too, whatever API they use.</span></Check>}
            </div>
          </section>
        )}
      </fieldset>
      {fault && <div className="banner bad" role="alert"><p>{fault}</p></div>}
      {may.administer && <div><Button type="submit" look="primary" icon={Save} busy={save.isPending} disabled={faults.versions !== undefined || faults.age !== undefined}>Save</Button></div>}
    </form>
  );
}

function shown(bound: number | undefined): string {
  return bound ? String(bound) : '';
}
