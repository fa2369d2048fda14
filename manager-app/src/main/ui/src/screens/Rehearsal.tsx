import { useState } from 'react';
import { ask, sentence } from '../api/client';
import { Button } from '../parts/Button';
import { plural } from '../parts/text';

interface Counted {
  total: number;
  existing: number;
  missing: number;
  conflicting?: number;
  /** Whether all were looked at for what is in their way. */
  conflicts_complete?: boolean;
  sample: string[];
  conflicts: string[];
}

/** Counts what a change of many keys would do, and writes nothing. */
export function Rehearsal({ path, json, ready = true, taking = 'keys' }: { path: string; json: Record<string, unknown>; ready?: boolean; taking?: 'keys' | 'objects' }) {
  const [counted, setCounted] = useState<{ of: string; result: Counted }>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const asked = JSON.stringify(json);
  const run = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      setCounted({ of: asked, result: await ask<Counted>(path, { method: 'POST', query: { dry_run: true }, json }) });
    } catch (failure) {
      setFault(sentence(failure));
    }
    setBusy(false);
  };
  const result = counted?.of === asked ? counted.result : undefined;
  return (
    <section className="stack-s" aria-label="Dry run" aria-live="polite">
      {result ? (
        <>
          <p>
            <strong>{plural(result.existing, 'key')}</strong> would be {taking === 'objects' ? 'copied' : 'changed'}
            {result.missing > 0 && <>, {plural(result.missing, 'name')} {result.missing === 1 ? 'has' : 'have'} no key</>}
            {(result.conflicting ?? 0) > 0 && <>, {result.conflicts_complete === false && 'at least '}<strong>{plural(result.conflicting ?? 0, taking === 'objects' ? 'object' : 'key')}</strong> {taking === 'objects' ? 'replaced' : 'of the target overwritten'}</>}.
          </p>
          <Names label={(result.conflicting ?? 0) > 0 ? 'Overwritten' : 'Among them'} names={(result.conflicting ?? 0) > 0 ? result.conflicts : result.sample} />
        </>
      ) : (
        <div><Button small busy={busy} disabled={!ready} onClick={() => void run()}>Dry run</Button> <span className="quiet">counts what would change, and writes nothing</span></div>
      )}
      {fault && <p className="fault" role="alert">{fault}</p>}
    </section>
  );
}

const NAMED = 5;

function Names({ label, names }: { label: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <ul className="named" aria-label={label}>
      {names.slice(0, NAMED).map((name) => <li key={name} className="mono cut">{name}</li>)}
      {names.length > NAMED && <li className="quiet">and others</li>}
    </ul>
  );
}
