import { Activity, BellRing, Bell as BellIcon } from 'lucide-react';
import { useEffect } from 'react';
import { markNoticesSeen, placeOfNotice, titleOfNotice, useNotices, type Notice } from '../api/notices';
import { useTitleOf } from '../api/queries';
import { to } from '../app/address';
import { Empty } from '../parts/Empty';
import { Link } from '../parts/Link';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { When } from '../parts/text';

export default function Notifications() {
  const notices = useNotices();
  const titleOf = useTitleOf();
  useEffect(() => {
    if (notices.data) markNoticesSeen();
  }, [notices.data]);
  const columns: readonly Column<Notice>[] = [
    {
      head: 'What',
      look: 'wide',
      cell: (one) => (
        <span className="line">
          {one.kind === 'job' ? <Activity size={15} className="quiet" aria-hidden /> : <BellRing size={15} className="quiet" aria-hidden />}
          <Link className="row-link" href={placeOfNotice(one)} data-row>{titleOfNotice(one)}</Link>
        </span>
      ),
    },
    { head: 'Namespace', look: 'cut roomy', cell: (one) => (one.namespace_id ? <Link className="soft" href={to.keys(one.namespace_id)}>{titleOf(one.namespace_id)}</Link> : <span className="quiet">–</span>) },
    { head: 'When', look: 'nowrap', cell: (one) => <span className="soft"><When at={one.timestamp} /></span> },
  ];
  return (
    <Page title="Notifications" actions={<Link className="button" href="/settings">On this device</Link>}>
      <Loaded of={notices}>
        {(all) => (all.length === 0 ? <Empty icon={BellIcon} title="Nothing to tell">When one of your jobs ends or an alert opens, it is told here.</Empty> : <Table columns={columns} rows={all} id={(one) => one.id} walk="Notifications" />)}
      </Loaded>
    </Page>
  );
}
