import { ChevronDown, ChevronUp, Download, X } from 'lucide-react';
import { useCallback, useState } from 'react';
import { base } from '../api/base';
import { terminal, tray, useTray, type Tracked } from '../api/jobs';
import { Button, IconButton } from '../parts/Button';
import { JobBadge, JobProgress } from '../parts/job';
import { Link } from '../parts/Link';
import { plural } from '../parts/text';
import { to } from './address';

/** Jobs of this session: progress that does not block the page, and results until they are dismissed. */
export function Tray() {
  const jobs = useTray();
  const [open, setOpen] = useState(true);
  const shown = useRoomBelow();
  if (jobs.length === 0) return null;
  const running = jobs.filter((one) => !terminal(one.job?.status)).length;
  const title = running > 0 ? `${plural(running, 'job')} running` : `${plural(jobs.length, 'job')} finished`;
  return (
    <section ref={shown} className="tray" aria-label="Jobs of this session">
      <header>
        <button type="button" className="tray-title" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? <ChevronDown size={15} aria-hidden /> : <ChevronUp size={15} aria-hidden />}
          <span aria-live="polite">{title}</span>
        </button>
        {running === 0 && <Button look="plain" small onClick={() => tray.clear()}>Dismiss all</Button>}
      </header>
      {open && (
        <ul>
          {jobs.map((one) => (
            <Item key={one.id} tracked={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

const AROUND = 16;

/** The page leaves so much room below what it shows as stands before it there. */
function useRoomBelow() {
  return useCallback((tray: HTMLElement | null) => {
    if (!tray || typeof ResizeObserver === 'undefined') return undefined;
    const root = document.documentElement.style;
    const watch = new ResizeObserver(() => root.setProperty('--tray', `${tray.offsetHeight + AROUND}px`));
    watch.observe(tray);
    return () => {
      watch.disconnect();
      root.removeProperty('--tray');
    };
  }, []);
}

const LINKS = { live: 'Live', polling: 'Polling', closed: '' };

function Item({ tracked }: { tracked: Tracked }) {
  const { job } = tracked;
  const done = terminal(job?.status);
  return (
    <li className="tray-item">
      <div className="line">
        <Link href={to.job(tracked.id)} className="grow cut tray-name">{tracked.title}</Link>
        {!done && LINKS[tracked.link] && <span className="tray-link"><span className={`dot ${tracked.link}`} aria-hidden />{LINKS[tracked.link]}</span>}
        {job && <JobBadge status={job.status} />}
        {done && <IconButton icon={X} label={`Dismiss ${tracked.title}`} small onClick={() => tray.dismiss(tracked.id)} />}
      </div>
      {job && <JobProgress job={job} />}
      {tracked.fault && <p className="fault">{tracked.fault}</p>}
      {job?.error && <p className="fault">{job.error}</p>}
      <div className="line">
        {!done && (
          <Button small busy={tracked.cancelling} onClick={() => void tray.cancel(tracked.id)}>
            {tracked.cancelling ? 'Cancelling' : 'Cancel'}
          </Button>
        )}
        {job?.status === 'completed' && job.download_url && (
          <a className="button small primary" href={base + job.download_url} download>
            <Download size={14} aria-hidden /> Download
          </a>
        )}
        {done && (job?.error_count ?? 0) > 0 && <Link className="button small" href={to.job(tracked.id)}>See the errors</Link>}
      </div>
    </li>
  );
}
