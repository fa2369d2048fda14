import { Box } from 'lucide-react';
import { type DurableClass, useClasses } from '../api/durable';
import { to } from '../app/address';
import { Empty } from '../parts/Empty';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { count } from '../parts/text';

const COLUMNS: readonly Column<DurableClass>[] = [
  { head: 'Class', look: 'cut', cell: (one) => <Link className="row-link" href={to.durableClass(one.class)} data-row>{one.class}</Link> },
  { head: 'Objects', look: 'right number', cell: (one) => <>{one.more && 'more than '}{count(one.objects)}</> },
];

/** The classes of durable objects that keep something. */
export default function DurableClasses() {
  const classes = useClasses();
  return (
    <Page title="Durable objects">
      <Loaded of={classes}>
        {(all) =>
          all === null ? (
            <Empty icon={Box} title="Not to be seen here">Objects in memory are seen by the process that has them. On SQLite and PostgreSQL the manager shows those that lie beside its own data.</Empty>
          ) : all.length === 0 ? (
            <Empty icon={Box} title="No durable objects">An object is here from when it first keeps something, an alarm included.</Empty>
          ) : (
            <Table columns={COLUMNS} rows={all} id={(one) => one.class} walk="Classes" />
          )
        }
      </Loaded>
    </Page>
  );
}
