import type { ReactNode } from 'react';
import { useRef } from 'react';
import { useGoing } from '../api/going';
import { useListKeys } from '../app/useListKeys';
import { GoingCell } from './Going';

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  /** Of the head and of all cells. */
  look?: string;
  /** The head is for readers only. */
  silent?: boolean;
}

interface TableProps<Row> {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  id: (row: Row) => string | number;
  /** What j and k walk over; what carries data-row. */
  walk?: string;
  /** The address of what a row stands for, where it may be about to go. */
  address?: (row: Row) => string;
}

export function Table<Row>({ columns, rows, id, walk, address }: TableProps<Row>) {
  const held = useGoing();
  const body = useRef<HTMLTableSectionElement>(null);
  return (
    <div className="card table-wrap">
      <table className="table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.head} scope="col" className={column.look}>{column.silent ? <span className="hidden">{column.head}</span> : column.head}</th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row) => {
            const going = address && held.find((one) => one.of === address(row));
            return (
              <tr key={id(row)} className={going && 'going'}>
                {(going ? columns.slice(0, 1) : columns).map((column) => (
                  <td key={column.head} className={column.look}>{column.cell(row)}</td>
                ))}
                {going && <GoingCell of={going} columns={columns.length - 1} />}
              </tr>
            );
          })}
        </tbody>
      </table>
      {walk && <Walk list={body} title={walk} />}
    </div>
  );
}

function Walk({ list, title }: { list: React.RefObject<HTMLElement | null>; title: string }) {
  useListKeys(list, title);
  return null;
}
