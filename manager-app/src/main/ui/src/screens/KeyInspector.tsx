import { has } from '../api/routes';
import { Field, Select } from '../parts/Field';
import { PaintKey } from '../parts/Swatches';
import { TagInput } from '../parts/TagInput';
import { absolute, bytes, relative, span, useNow, When } from '../parts/text';
import type { Draft, Expiry, Faults } from './keyDraft';

interface KeyInspectorProps {
  ns: string;
  readOnly: boolean;
  draft: Draft;
  faults: Faults;
  isNew: boolean;
  expiration: number | undefined;
  created: string | undefined;
  updated: string | undefined;
  onChange: (part: Partial<Draft>) => void;
}

const HOUR = 3600;
const COLORS = has('PUT /api/keys/{ns}/{key}/color');
const LABELS = has('PUT /api/metadata/{ns}/{key}');

export function KeyInspector({ ns, readOnly, draft, faults, isNew, expiration, created, updated, onChange }: KeyInspectorProps) {
  return (
    <aside className="inspector card" aria-label="About the key">
      <fieldset disabled={readOnly}>
      <div className="inspector-part">
        <ExpiryField draft={draft} faults={faults} isNew={isNew} expiration={expiration} onChange={(expiry) => onChange({ expiry })} />
      </div>
      {LABELS && <div className="inspector-part">
        <TagInput tags={draft.tags} onChange={(tags) => onChange({ tags })} />
      </div>}
      {COLORS && !isNew && (
        <div className="inspector-part field">
          <span className="field-name">Colour</span>
          <PaintKey ns={ns} name={draft.name} />
        </div>
      )}
      <div className="inspector-part">
        <Field label="Metadata" hint="JSON of at most 1024 bytes, stored with the value. Apps see it." fault={faults.metadata}>
          {(id, described) => (
            <textarea id={id} aria-describedby={described} className="input" rows={3} spellCheck={false} value={draft.metadata} aria-invalid={faults.metadata !== undefined} onChange={(event) => onChange({ metadata: event.target.value })} />
          )}
        </Field>
      </div>
      {LABELS && <div className="inspector-part">
        <Field label="Custom metadata" hint="A JSON object for people, seen here only." fault={faults.custom}>
          {(id, described) => (
            <textarea id={id} aria-describedby={described} className="input" rows={4} spellCheck={false} value={draft.custom} aria-invalid={faults.custom !== undefined} onChange={(event) => onChange({ custom: event.target.value })} />
          )}
        </Field>
      </div>}
      <dl className="facts inspector-part">
        <dt>Size</dt>
        <dd className="number">{bytes(draft.size)}</dd>
        {!isNew && LABELS && (
          <>
            <dt>Updated</dt>
            <dd><When at={updated} /></dd>
            <dt>Created</dt>
            <dd><When at={created} /></dd>
          </>
        )}
      </dl>
      </fieldset>
    </aside>
  );
}

interface ExpiryFieldProps {
  draft: Draft;
  faults: Faults;
  isNew: boolean;
  expiration: number | undefined;
  onChange: (expiry: Expiry) => void;
}

function ExpiryField({ draft, faults, isNew, expiration, onChange }: ExpiryFieldProps) {
  const now = useNow();
  const { expiry } = draft;
  const choose = (kind: string) => {
    if (kind === 'in') onChange({ kind, seconds: 24 * HOUR });
    else if (kind === 'at') onChange({ kind, epoch: Math.round(now / 1000) + 24 * HOUR });
    else onChange({ kind: kind === 'keep' ? 'keep' : 'never' });
  };
  const kept = expiration === undefined ? 'Never (as it is)' : `${relative(new Date(expiration * 1000), now)} (as it is)`;
  const options = [
    ...(isNew ? [] : [{ value: 'keep', label: kept }]),
    ...(isNew || expiration !== undefined ? [{ value: 'never', label: 'Never' }] : []),
    { value: 'in', label: 'After a while' },
    { value: 'at', label: 'At a time' },
  ];
  return (
    <div className="stack-s">
      <Field label="Expires" fault={faults.expiry} hint={hint(expiry, expiration)}>
        {(id) => <Select id={id} label="Expires" value={expiry.kind} onChange={choose} options={options} />}
      </Field>
      {expiry.kind === 'in' && (
        <div className="line">
          <input
            className="input"
            aria-label="Seconds until it expires"
            inputMode="numeric"
            value={Number.isNaN(expiry.seconds) ? '' : expiry.seconds}
            onChange={(event) => onChange({ kind: 'in', seconds: event.target.value === '' ? NaN : Math.trunc(Number(event.target.value)) })}
          />
          <span className="quiet">seconds</span>
        </div>
      )}
      {expiry.kind === 'at' && (
        <input
          className="input"
          type="datetime-local"
          aria-label="Time at which it expires"
          value={local(expiry.epoch)}
          onChange={(event) => onChange({ kind: 'at', epoch: Math.round(new Date(event.target.value).getTime() / 1000) })}
        />
      )}
    </div>
  );
}

function hint(expiry: Expiry, expiration: number | undefined): string | undefined {
  if (expiry.kind === 'keep') return expiration === undefined ? undefined : absolute(new Date(expiration * 1000));
  if (expiry.kind === 'in') return Number.isFinite(expiry.seconds) ? `In ${span(expiry.seconds)}` : undefined;
  return undefined;
}

function local(epoch: number): string {
  if (!Number.isFinite(epoch)) return '';
  return absolute(new Date(epoch * 1000)).replace(' ', 'T').slice(0, 16);
}
