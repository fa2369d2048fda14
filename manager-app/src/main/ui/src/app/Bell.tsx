import { Bell as BellIcon, BellRing } from 'lucide-react';
import { useLocation } from 'wouter';
import { markNoticesSeen, NOTICES, placeOfNotice, titleOfNotice, useNotices, useUnseenNotices } from '../api/notices';
import { IconButton } from '../parts/Button';
import { Menu, MenuItem, MenuLine, MenuTitle } from '../parts/Menu';
import { relative, useNow } from '../parts/text';
import { to } from './address';

const SHOWN = 8;

/** What has happened lately; opening it is having seen it. */
export function Bell() {
  const notices = useNotices();
  const unseen = useUnseenNotices();
  const now = useNow();
  const [, navigate] = useLocation();
  if (!NOTICES) return null;
  const last = notices.data?.slice(0, SHOWN) ?? [];
  const label = unseen > 0 ? `Notifications, ${unseen} new` : 'Notifications';
  return (
    <Menu
      onOpen={markNoticesSeen}
      trigger={
        <IconButton icon={unseen > 0 ? BellRing : BellIcon} label={label} className={unseen > 0 ? 'ringing' : ''} />
      }
    >
      <MenuTitle>Notifications</MenuTitle>
      {last.length === 0 && <p className="menu-note quiet">Ends of your jobs and alerts are told here.</p>}
      {last.map((notice) => (
        <MenuItem key={notice.id} aside={relative(new Date(notice.timestamp), now)} onSelect={() => navigate(placeOfNotice(notice))}>{titleOfNotice(notice)}</MenuItem>
      ))}
      <MenuLine />
      <MenuItem onSelect={() => navigate(to.notifications())}>All notifications</MenuItem>
    </Menu>
  );
}
