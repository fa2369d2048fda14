import { LayoutTemplate, Plus, Save, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ask, sentence } from '../api/client';
import { outdate, useChange, useTitles } from '../api/queries';
import { useTemplates, variablesOf, type Template, type TemplateKey } from '../api/templates';
import type { Json } from '../api/types';
import { to } from '../app/address';
import { useShortcuts } from '../app/shortcuts';
import { Button, IconButton } from '../parts/Button';
import { Crumbs } from '../parts/Crumbs';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { Field, Select, TextField } from '../parts/Field';
import { FormDialog } from '../parts/FormDialog';
import { ConfirmGoing, GoingBanner } from '../parts/Going';
import { Link } from '../parts/Link';
import { notify } from '../parts/Notices';
import { Page } from '../parts/Page';
import { TagInput } from '../parts/TagInput';
import { plural } from '../parts/text';
import { CreateNamespace } from './namespaceDialogs';

const STALE = [['templates']];
const FRESH: Template = { id: '', name: '', description: '', keys: [{ name: '', value: '' }], settings: {} };

export default function TemplateEditor({ id }: { id: string }) {
  const templates = useTemplates();
  if (id === 'new') return <Opened key="new" template={FRESH} />;
  if (templates.isError) return <Failed page failure={templates.error} retry={() => void templates.refetch()} />;
  if (!templates.data) return <SkeletonRows />;
  const found = templates.data.find((one) => one.id === id);
  if (!found) return <Empty page icon={LayoutTemplate} title="No such template" actions={<Link className="button" href={to.templates()}>All templates</Link>}>It was deleted.</Empty>;
  return <Opened key={`${found.id} ${found.updated_at}`} template={found} />;
}

function Opened({ template }: { template: Template }) {
  const isNew = template.id === '';
  const path = `/api/templates/${template.id}`;
  const [name, setName] = useState(template.name);
  const [description, setDescription] = useState(template.description);
  const [keys, setKeys] = useState<readonly TemplateKey[]>(template.keys);
  const [settings, setSettings] = useState(() => JSON.stringify(template.settings, null, 2));
  const [fault, setFault] = useState<string>();
  const [asked, setAsked] = useState<'use' | 'apply' | 'delete'>();
  const [, navigate] = useLocation();
  const save = useChange((json: unknown) => ask<{ template: Template }>(isNew ? '/api/templates' : path, { method: isNew ? 'POST' : 'PUT', json }), STALE);
  const parsed = object(settings);
  const wanted = variablesOf({ keys: [...keys], settings: parsed ?? {} });
  const ready = name.trim() !== '' && parsed !== undefined && keys.every((key) => key.name !== '');
  const store = async () => {
    if (!ready || save.isPending) return;
    setFault(undefined);
    try {
      const { template: saved } = await save.mutateAsync({ name: name.trim(), description, keys, settings: parsed });
      notify.done('Saved.');
      if (isNew) navigate(to.template(saved.id), { replace: true });
    } catch (failure) {
      setFault(sentence(failure));
    }
  };
  useShortcuts('Template', [{ keys: 'mod+s', what: 'Save', run: () => void store() }]);
  const change = (at: number, changed: TemplateKey) => setKeys(keys.map((key, index) => (index === at ? changed : key)));
  return (
    <Page
      name={isNew ? 'New template' : template.name}
      title={<Crumbs from={[{ label: 'Templates', href: to.templates() }]} here={isNew ? 'New template' : template.name} />}
      actions={
        <>
          {!isNew && <IconButton icon={Trash2} label="Delete the template" onClick={() => setAsked('delete')} />}
          {!isNew && <Button onClick={() => setAsked('apply')}>Put into a namespace</Button>}
          {!isNew && <Button onClick={() => setAsked('use')}>New namespace</Button>}
          <Button look="primary" icon={Save} busy={save.isPending} disabled={!ready} onClick={() => void store()}>Save</Button>
        </>
      }
    >
      <GoingBanner address={path} />
      {fault && <div className="banner bad" role="alert"><p>{fault}</p></div>}
      <div className="columns">
        <div className="stack">
          {keys.map((key, at) => (
            <KeyCard key={at} at={at} of={key} onChange={(changed) => change(at, changed)} onRemove={() => setKeys(keys.filter((_, index) => index !== at))} />
          ))}
          <div><Button icon={Plus} onClick={() => setKeys([...keys, { name: '', value: '' }])}>Add a key</Button></div>
        </div>
        <section className="card">
          <div className="card-body stack">
            <TextField label="Name" value={name} onChange={setName} autoFocus={isNew} />
            <TextField label="Description" lines={3} value={description} onChange={setDescription} />
            <div className="field">
              <span className="field-name">Variables</span>
              {wanted.length > 0 ? (
                <span className="line wrap tag-list">{wanted.map((variable) => <span key={variable} className="tag mono">{variable}</span>)}</span>
              ) : (
                <span className="hint">Write <code>{'{{name}}'}</code> in a name or a value; whoever uses the template is asked for it.</span>
              )}
            </div>
            <TextField
              label="Settings"
              mono
              lines={7}
              hint={'JSON, such as {"alerts": [{"name": "full", "type": "key_count_over", "limit": 10000}]}.'}
              fault={parsed === undefined ? 'This has to be a JSON object.' : undefined}
              value={settings}
              onChange={setSettings}
            />
          </div>
        </section>
      </div>
      {asked === 'use' && <CreateNamespace template={template.id} onClose={() => setAsked(undefined)} />}
      {asked === 'apply' && <ApplyTemplate template={template} onClose={() => setAsked(undefined)} />}
      {asked === 'delete' && (
        <ConfirmGoing
          title={`Delete ${template.name}?`}
          action="Delete"
          order={{ what: template.name, verb: 'deleted', of: path, path, method: 'DELETE', stale: ['templates'] }}
          onHeld={() => navigate(to.templates())}
          onClose={() => setAsked(undefined)}
        >
          Its {plural(template.keys.length, 'key')} and settings are lost. Namespaces that began with it stay as they are.
        </ConfirmGoing>
      )}
    </Page>
  );
}

function object(text: string): Record<string, Json> | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

interface KeyCardProps {
  at: number;
  of: TemplateKey;
  onChange: (key: TemplateKey) => void;
  onRemove: () => void;
}

function KeyCard({ at, of, onChange, onRemove }: KeyCardProps) {
  const { ttl, ...lasting } = of;
  const live = (typed: string) => onChange(typed === '' ? lasting : { ...of, ttl: Number(typed) });
  return (
    <section className="card" aria-label={of.name || `Key ${at + 1}`}>
      <header>
        <h2 className="cut mono">{of.name || <span className="quiet">Key {at + 1}</span>}</h2>
        <IconButton icon={Trash2} label={`Remove ${of.name || `key ${at + 1}`}`} small onClick={onRemove} />
      </header>
      <div className="card-body stack">
        <TextField label="Name" mono placeholder="{{app}}:config" value={of.name} onChange={(name) => onChange({ ...of, name })} />
        <TextField label="Value" mono lines={3} value={of.value} onChange={(value) => onChange({ ...of, value })} />
        <div className="pair">
          <TextField label="Expires after seconds" type="number" placeholder="never" fault={ttl !== undefined && ttl < 60 ? 'At least 60 seconds.' : undefined} value={String(ttl ?? '')} onChange={live} />
          <TagInput tags={of.tags ?? []} onChange={(tags) => onChange({ ...of, tags })} />
        </div>
      </div>
    </section>
  );
}

function ApplyTemplate({ template, onClose }: { template: Template; onClose: () => void }) {
  const [namespace, setNamespace] = useState('');
  const [variables, setVariables] = useState<Record<string, string>>({});
  const titled = useTitles();
  const wanted = variablesOf(template);
  return (
    <FormDialog
      title={`Put ${template.name} into a namespace`}
      action="Write the keys"
      ready={namespace !== '' && wanted.every((name) => variables[name])}
      onClose={onClose}
      run={async () => {
        const { keys } = await ask<{ keys: number }>(`/api/templates/${template.id}/apply`, { method: 'POST', json: { namespace_id: namespace, variables } });
        outdate('namespaces', 'namespace-info', 'alert-rules');
        notify.done(`${plural(keys, 'key')} written.`);
      }}
    >
      <Field label="Namespace" hint="A key of the same name is overwritten; what it was is kept as a version.">{(id) => <Select id={id} label="Namespace" value={namespace} onChange={setNamespace} options={titled('Choose…')} />}</Field>
      {wanted.map((name) => (
        <TextField key={name} label={name} mono value={variables[name] ?? ''} onChange={(value) => setVariables({ ...variables, [name]: value })} />
      ))}
    </FormDialog>
  );
}
