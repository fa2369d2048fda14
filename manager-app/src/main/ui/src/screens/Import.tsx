import { ClipboardPaste, Download, FileUp, X } from 'lucide-react';
import type { DragEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { ask, once, sentence } from '../api/client';
import { tray } from '../api/jobs';
import { useNamespace } from '../api/queries';
import type { JobStarted } from '../api/types';
import { to } from '../app/address';
import { Button, IconButton } from '../parts/Button';
import { csv } from '../parts/csv';
import { Field, Segments } from '../parts/Field';
import { Link } from '../parts/Link';
import { saveBytes } from '../parts/save';
import { bytes, count, plural } from '../parts/text';
import { NamespaceFrame } from './NamespaceFrame';

type Collision = 'overwrite' | 'skip' | 'fail';

interface Preview {
  format: string;
  items: number;
  new: number;
  existing: number;
  invalid: { line: number; name?: string; code?: string; reason: string }[];
  /** Of all; the list has the first of them. */
  invalid_count?: number;
  forbidden?: number;
  expired: number;
  duplicates: number;
  bytes: number;
}

const COLLISIONS: Record<Collision, string> = {
  overwrite: 'A key that exists gets the value of the file; its old value is kept as a version.',
  skip: 'A key that exists stays as it is.',
  fail: 'If one key exists already, nothing is imported.',
};

export default function Import({ ns }: { ns: string }) {
  const [source, setSource] = useState<Blob>();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [collision, setCollision] = useState<Collision>('overwrite');
  const [preview, setPreview] = useState<Preview>();
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const { namespace } = useNamespace(ns);
  const [, navigate] = useLocation();
  const file = useRef<HTMLInputElement>(null);
  const pasted = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    setPreview(undefined);
    setFault(undefined);
    if (!source) return undefined;
    const running = new AbortController();
    ask<Preview>(`/api/import/${ns}/preview`, { method: 'POST', query: { collision }, body: source, headers: { 'Content-Type': 'text/plain' }, signal: running.signal }).then(
      setPreview,
      (failure: unknown) => running.signal.aborted || setFault(sentence(failure)),
    );
    return () => running.abort();
  }, [ns, source, collision]);

  const take = (chosen: File | undefined) => {
    if (!chosen) return;
    setSource(chosen);
    setName(chosen.name);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const begin = async () => {
    if (!source) return;
    setBusy(true);
    setFault(undefined);
    try {
      const started = await ask<JobStarted>(`/api/import/${ns}`, {
        method: 'POST',
        query: { collision },
        body: source,
        headers: { 'Content-Type': 'text/plain', 'Idempotency-Key': once() },
      });
      tray.follow(started, `Import of ${name} into ${namespace?.title ?? ns}`);
      navigate(to.job(started.job_id));
    } catch (failure) {
      setFault(sentence(failure));
      setBusy(false);
    }
  };
  return (
    <NamespaceFrame ns={ns} tab="import">
      <div className="narrow stack">
        {!source ? (
          <>
            <div
              className={`drop ${over ? 'over' : ''}`}
              onDragOver={(event) => {
                event.preventDefault();
                setOver(true);
              }}
              onDragLeave={() => setOver(false)}
              onDrop={drop}
            >
              <FileUp size={26} strokeWidth={1.5} aria-hidden />
              <p><strong>Drop a file here</strong>, or</p>
              <Button look="primary" onClick={() => file.current?.click()}>Choose a file</Button>
              <p className="quiet">A JSON array, or one JSON object a line, as the export writes it. The bulk form of wrangler is read too.</p>
              <input ref={file} type="file" hidden accept=".json,.ndjson,.jsonl,.txt" aria-label="File to import" onChange={(event) => take(event.target.files?.[0])} />
            </div>
            <Field label="Or paste it">
              {(id) => (
                <textarea
                  id={id}
                  ref={pasted}
                  className="input"
                  rows={7}
                  spellCheck={false}
                  placeholder={'[{"name": "user:1", "value": "Ada", "tags": ["user"]}]'}
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
              )}
            </Field>
            <div className="line">
              <Button
                icon={ClipboardPaste}
                disabled={!text.trim()}
                onClick={() => {
                  setSource(new Blob([text], { type: 'text/plain' }));
                  setName('pasted text');
                }}
              >
                Look at it
              </Button>
            </div>
          </>
        ) : (
          <>
            <div className="card">
              <div className="card-body line">
                <FileUp size={18} aria-hidden />
                <div className="grow">
                  <div className="cut"><strong>{name}</strong></div>
                  <div className="quiet number">{bytes(source.size)}{preview && ` · ${preview.format}`}</div>
                </div>
                <IconButton
                  icon={X}
                  label="Take another"
                  onClick={() => {
                    setSource(undefined);
                    setFault(undefined);
                  }}
                />
              </div>
            </div>
            <div className="stack-s">
              <h2 className="section-title">When a key exists already</h2>
              <Segments
                label="When a key exists already"
                value={collision}
                onChange={setCollision}
                options={[
                  { value: 'overwrite', label: 'Overwrite' },
                  { value: 'skip', label: 'Skip' },
                  { value: 'fail', label: 'Refuse all' },
                ]}
              />
              <p className="soft">{COLLISIONS[collision]}</p>
            </div>
            {fault && <div className="banner bad" role="alert"><p>{fault}</p></div>}
            {!preview && !fault && <p className="quiet" role="status">Reading it…</p>}
            {preview && <PreviewCard preview={preview} />}
            <div className="line">
              <Button look="primary" busy={busy} disabled={!preview || preview.items === 0 || (collision === 'fail' && preview.existing > 0)} onClick={() => void begin()}>
                {preview ? `Import ${plural(preview.items - wrong(preview) - preview.expired, 'key')}` : 'Import'}
              </Button>
              <Link className="button plain" href={to.keys(ns)}>Cancel</Link>
            </div>
          </>
        )}
      </div>
    </NamespaceFrame>
  );
}

const FIGURES: readonly { name: 'items' | 'new' | 'existing' | 'duplicates' | 'expired'; label: string }[] = [
  { name: 'items', label: 'in the file' },
  { name: 'new', label: 'new' },
  { name: 'existing', label: 'exist already' },
  { name: 'duplicates', label: 'twice in it' },
  { name: 'expired', label: 'expired' },
];

function wrong(preview: Preview): number {
  return (preview.invalid_count ?? preview.invalid.length) + (preview.forbidden ?? 0);
}

function PreviewCard({ preview }: { preview: Preview }) {
  const invalid = preview.invalid_count ?? preview.invalid.length;
  return (
    <section className="card" aria-label="What would be imported">
      <div className="card-body figures">
        {FIGURES.map((figure) => (
          <div key={figure.name}>
            <strong className="number">{count(preview[figure.name])}</strong>
            <span className="quiet">{figure.label}</span>
          </div>
        ))}
        <div>
          <strong className={`number ${invalid > 0 ? 'fault' : ''}`}>{count(invalid)}</strong>
          <span className="quiet">not valid</span>
        </div>
        {(preview.forbidden ?? 0) > 0 && (
          <div>
            <strong className="number fault">{count(preview.forbidden ?? 0)}</strong>
            <span className="quiet">not yours to write</span>
          </div>
        )}
      </div>
      {preview.invalid.length > 0 && (
        <ul className="card-body invalid">
          {preview.invalid.slice(0, 20).map((one, at) => (
            <li key={at}>
              <span className="quiet number">Line {one.line}</span> {one.name && <span className="mono">{one.name}: </span>}{one.reason}
            </li>
          ))}
        </ul>
      )}
      {preview.invalid.length > 0 && (
        <div className="card-body line">
          <Button small icon={Download} onClick={() => saveBytes('not-valid.csv', csv(['Line', 'Key', 'Code', 'Reason'], preview.invalid.map((one) => [String(one.line), one.name ?? '', one.code ?? '', one.reason])), 'text/csv')}>Download the list</Button>
          {invalid > preview.invalid.length && <span className="quiet">of the first {count(preview.invalid.length)}</span>}
        </div>
      )}
    </section>
  );
}
