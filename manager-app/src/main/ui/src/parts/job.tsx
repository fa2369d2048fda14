import type { Job, JobStatus } from '../api/types';
import { count, plural } from './text';

const LOOKS: Record<JobStatus, string> = { queued: '', running: 'live', completed: 'ok', failed: 'bad', cancelled: 'warn' };

export function JobBadge({ status }: { status: JobStatus }) {
  return <span className={`badge ${LOOKS[status]}`}>{status}</span>;
}

export function JobProgress({ job }: { job: Job }) {
  const percentage = Math.round(job.percentage);
  const look = job.status === 'failed' ? 'bad' : job.status === 'completed' ? 'ok' : '';
  return (
    <div className="stack-xs">
      <div className={`progress ${look}`} role="progressbar" aria-label="Progress" aria-valuenow={percentage} aria-valuemin={0} aria-valuemax={100}>
        <div style={{ width: `${percentage}%` }} />
      </div>
      <p className="progress-text number">
        {count(job.processed_keys)}
        {job.total_keys !== null && job.total_keys > 0 && <> of {plural(job.total_keys, 'key')}</>}
        {job.error_count > 0 && <span className="fault"> · {plural(job.error_count, 'error')}</span>}
        {job.current_key && job.status === 'running' && <span className="quiet"> · {job.current_key}</span>}
      </p>
    </div>
  );
}
