import { useQueryClient } from '@tanstack/react-query';
import { Eye, History, Play, Table2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { hasCloudflare, useAccountPath } from '../api/cloudflare';
import { sentence } from '../api/client';
import { type Answer, DATABASES, databasePath, quoted, run, useDatabase, useRelations } from '../api/databases';
import { useMay } from '../api/session';
import { to } from '../app/address';
import { Editor } from '../code';
import { Button, IconButton } from '../parts/Button';
import { Crumbs } from '../parts/Crumbs';
import { Failed, SkeletonRows } from '../parts/Empty';
import { ConfirmGoing, GoingBanner } from '../parts/Going';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { bytes, count } from '../parts/text';
import { AnswerTable } from './AnswerTable';
import { RestoreDatabase } from './RestoreDatabase';

/** What a table is looked at with; more than these rows make a page that nobody reads. */
const LOOKED_AT = 100;

type Ran = { sql: string; answer: Answer } | { sql: string; fault: string };

/** The tables of a database, and an editor for one statement. */
export default function DatabaseDetail({ id }: { id: string }) {
  const account = useAccountPath();
  const path = account && databasePath(account, id);
  const database = useDatabase(account, id);
  const relations = useRelations(account, id);
  const [sql, setSql] = useState('');
  const [ran, setRan] = useState<Ran>();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<'delete' | 'restore'>();
  const [, navigate] = useLocation();
  const may = useMay();
  const client = useQueryClient();
  const execute = async (text: string) => {
    if (!path || busy || text.trim() === '') return;
    setBusy(true);
    try {
      const answer = await run(path, text);
      setRan({ sql: text, answer });
      if (answer.meta.changed_db) void client.invalidateQueries({ queryKey: DATABASES });
    } catch (failure) {
      setRan({ sql: text, fault: sentence(failure) });
    } finally {
      setBusy(false);
    }
  };
  const look = (name: string) => {
    const text = `select * from ${quoted(name)} limit ${LOOKED_AT}`;
    setSql(text);
    void execute(text);
  };
  if (database.isError) return <Failed page failure={database.error} retry={() => void database.refetch()} />;
  if (!database.data || !path) return <SkeletonRows />;
  const { name, file_size: size } = database.data;
  return (
    <Page
      name={name}
      title={<Crumbs from={[{ label: 'Databases', href: to.databases() }]} here={name}>{size !== undefined && <span className="badge">{bytes(size)}</span>}</Crumbs>}
      actions={
        may.everything && (
          <>
            <IconButton icon={Trash2} label="Delete the database" onClick={() => setAsked('delete')} />
            {hasCloudflare('POST', 'd1/database/{database}/time_travel/restore') && <Button icon={History} onClick={() => setAsked('restore')}>Restore</Button>}
          </>
        )
      }
    >
      <GoingBanner address={path} />
      <div className="columns">
        <div className="stack">
          <section className="card statement" aria-label="Statement">
            <div className="statement-text"><Editor label="SQL statement" text={sql} language="text" onChange={setSql} onSubmit={() => void execute(sql)} /></div>
            <div className="statement-foot">
              <span className="grow quiet">One statement. Ctrl Enter runs it.</span>
              <Button look="primary" icon={Play} busy={busy} disabled={sql.trim() === ''} onClick={() => void execute(sql)}>Run</Button>
            </div>
          </section>
          <div aria-live="polite">{ran && <Told of={ran} />}</div>
        </div>
        <section className="card relations" aria-label="Tables">
          <h2 className="section-title">Tables</h2>
          <Loaded of={relations} rows={4}>
            {(all) =>
              all.length === 0 ? (
                <p className="quiet card-body">There is none yet. <code>create table …</code> makes one.</p>
              ) : (
                <ul className="relations-list">
                  {all.map((one) => (
                    <li key={one.name}>
                      <button type="button" className="tree-item" title={one.sql} onClick={() => look(one.name)}>
                        {one.kind === 'view' ? <Eye size={14} aria-hidden /> : <Table2 size={14} aria-hidden />}
                        <span className="cut">{one.name}</span>
                        {one.kind === 'view' && <span className="quiet">view</span>}
                      </button>
                    </li>
                  ))}
                </ul>
              )
            }
          </Loaded>
        </section>
      </div>
      {asked === 'restore' && <RestoreDatabase path={path} name={name} onClose={() => setAsked(undefined)} />}
      {asked === 'delete' && (
        <ConfirmGoing
          title={`Delete ${name}?`}
          action="Delete the database"
          typed={name}
          order={{ what: name, verb: 'deleted', of: path, path, method: 'DELETE', stale: DATABASES }}
          onHeld={() => navigate(to.databases())}
          onClose={() => setAsked(undefined)}
        >
          All of its tables go with it, and what it could be restored from.
        </ConfirmGoing>
      )}
    </Page>
  );
}

function Told({ of }: { of: Ran }) {
  if ('fault' in of) return <p className="fault" role="alert">{of.fault}</p>;
  const { results, meta } = of.answer;
  const took = meta.duration === undefined ? '' : ` in ${meta.duration.toFixed(meta.duration < 10 ? 2 : 0)} ms`;
  const what = results.columns.length === 0 ? `${count(meta.changes ?? 0)} changed` : `${count(results.rows.length)} ${results.rows.length === 1 ? 'row' : 'rows'}`;
  return (
    <div className="stack-s">
      <p className="quiet number">{what}{took}</p>
      {results.columns.length > 0 && <AnswerTable columns={results.columns} rows={results.rows} />}
    </div>
  );
}
