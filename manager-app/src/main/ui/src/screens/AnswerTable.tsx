import { useState } from 'react';
import type { Cell } from '../api/databases';
import { Button } from '../parts/Button';
import { bytes } from '../parts/text';

const STEP = 200;

/** Rows as a database gave them. Columns of one name stand beside each other. */
export function AnswerTable({ columns, rows }: { columns: readonly string[]; rows: readonly (readonly Cell[])[] }) {
  const [shown, setShown] = useState(STEP);
  return (
    <>
      <div className="card table-wrap answer" tabIndex={0} role="region" aria-label="Rows">
        <table className="table">
          <thead>
            <tr>{columns.map((column, at) => <th key={at} scope="col">{column}</th>)}</tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, at) => (
              <tr key={at}>{row.map((cell, place) => <td key={place} className={typeof cell === 'number' ? 'right number' : undefined}><Shown cell={cell} /></td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && <nav className="pager" aria-label="More"><Button onClick={() => setShown(shown + STEP)}>Show more</Button></nav>}
    </>
  );
}

function Shown({ cell }: { cell: Cell }) {
  if (cell === null) return <span className="quiet">null</span>;
  if (Array.isArray(cell)) return <span className="quiet">{bytes(cell.length)} of bytes</span>;
  return <span className="answer-cell">{String(cell)}</span>;
}
