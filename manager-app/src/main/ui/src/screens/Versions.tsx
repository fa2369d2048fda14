import { useQuery } from '@tanstack/react-query';
import { History, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/client';
import { keyPath } from '../api/keyValue';
import { has } from '../api/routes';
import { Diff } from '../code';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { Select } from '../parts/Field';
import { notify } from '../parts/Notices';
import { bytes, When } from '../parts/text';
import { fromBase64, toText } from '../values/bytes';
import { readJson } from '../values/detect';

const UNDO = has('POST /api/backup/{ns}/{key}/undo');

interface Version {
  version: number;
  created_at: string;
  user_email?: string;
  operation?: string;
  size: number;
  expiration?: number | null;
}

interface VersionsProps {
  ns: string;
  name: string;
  current: string;
  onRestored: () => void;
}

export function Versions({ ns, name, current, onRestored }: VersionsProps) {
  const [compared, setCompared] = useState<Version>();
  const [other, setOther] = useState('');
  const [busy, setBusy] = useState<number>();
  const versions = useQuery({
    queryKey: ['versions', ns, name],
    queryFn: ({ signal }) => ask<{ versions: Version[] }>(keyPath('versions', ns, name), { signal }),
  });
  const restore = async (version: Version) => {
    setBusy(version.version);
    try {
      await ask(`${keyPath('versions', ns, name)}/${version.version}/restore`, { method: 'POST' });
      const said = `Version ${version.version} is the value again.`;
      if (UNDO) notify.undoable(said, () => void ask(`${keyPath('backup', ns, name)}/undo`, { method: 'POST' }).then(onRestored, notify.failed));
      else notify.done(said);
      onRestored();
    } catch (failure) {
      notify.failed(failure);
      setBusy(undefined);
    }
  };
  if (versions.isPending) return <SkeletonRows count={4} />;
  if (versions.isError) return <Failed failure={versions.error} retry={() => void versions.refetch()} />;
  const all = versions.data.versions;
  if (all.length === 0) {
    return (
      <Empty icon={History} title="No earlier version">
        Each time this key is overwritten or deleted, what it was is kept here for at least 24 hours.
      </Empty>
    );
  }
  return (
    <div className="card table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Kept</th>
            <th scope="col" className="roomy">By</th>
            <th scope="col" className="right roomy">Size</th>
            <th scope="col"><span className="hidden">Actions</span></th>
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <tr key={one.version}>
              <td className="number">{one.version}</td>
              <td className="nowrap"><When at={one.created_at} /></td>
              <td className="cut soft roomy">{one.user_email}</td>
              <td className="right number roomy">{bytes(one.size)}</td>
              <td className="right">
                <span className="line actions">
                  <Button small onClick={() => { setOther(''); setCompared(one); }}>Compare</Button>
                  <Button small icon={RotateCcw} busy={busy === one.version} onClick={() => void restore(one)}>Restore</Button>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {compared && (
        <Dialog
          title={`Version ${compared.version}`}
          wide
          onClose={() => setCompared(undefined)}
          foot={
            <>
              <Button onClick={() => setCompared(undefined)}>Close</Button>
              <Button look="primary" icon={RotateCcw} onClick={() => void restore(compared)}>Restore this version</Button>
            </>
          }
        >
          <div className="stack-s">
            <div className="line">
              <label className="quiet nowrap" htmlFor="other-version">Compared with</label>
              <Select
                id="other-version"
                label="Compared with"
                value={other}
                onChange={setOther}
                options={[{ value: '', label: 'the present value' }, ...all.filter((one) => one !== compared).map((one) => ({ value: String(one.version), label: `version ${one.version}` }))]}
              />
            </div>
            <Compared ns={ns} name={name} version={compared.version} other={other} current={current} />
          </div>
        </Dialog>
      )}
    </div>
  );
}

function useVersion(ns: string, name: string, version: number | undefined) {
  return useQuery({
    queryKey: ['versions', ns, name, version],
    queryFn: async ({ signal }) => {
      const read = await ask<{ value: string; encoding: 'utf8' | 'base64' }>(`${keyPath('versions', ns, name)}/${version}`, { signal });
      return read.encoding === 'base64' ? (toText(fromBase64(read.value)) ?? read.value) : read.value;
    },
    enabled: version !== undefined,
  });
}

function Compared({ ns, name, version, other, current }: { ns: string; name: string; version: number; other: string; current: string }) {
  const old = useVersion(ns, name, version);
  const than = useVersion(ns, name, other === '' ? undefined : Number(other));
  const against = other === '' ? current : than.data;
  if (old.isError) return <Failed failure={old.error} />;
  if (than.isError) return <Failed failure={than.error} />;
  if (old.data === undefined || against === undefined) return <SkeletonRows count={5} />;
  if (old.data === against) return <p className="soft">The two values are equal.</p>;
  const [before, after] = [spread(old.data), spread(against)];
  const names = [`Version ${version}`, other === '' ? 'The present value' : `Version ${other}`] as const;
  return before === after ? <Diff before={old.data} after={against} names={names} /> : <Diff before={before} after={after} names={names} />;
}

/** JSON line by line, so that a difference is where it is and not somewhere in one long line. */
function spread(text: string): string {
  const value = readJson(text);
  return value === undefined ? text : JSON.stringify(value, null, 2);
}
