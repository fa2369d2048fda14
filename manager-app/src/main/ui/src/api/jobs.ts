import { useSyncExternalStore } from 'react';
import { ask, isMissing, sentence } from './client';
import { base } from './base';
import { queries } from './queries';
import type { Job, JobStarted, JobStatus } from './types';

/** A job in the tray: its last known state, and how it is heard. */
export interface Tracked {
  id: string;
  title: string;
  job: Job | undefined;
  link: 'live' | 'polling' | 'closed';
  cancelling: boolean;
  fault: string | undefined;
}

interface Progress {
  type?: string;
  jobId: string;
  status: JobStatus;
  progress: { total: number; processed: number; errors: number; currentKey?: string; percentage: number };
  error?: string;
  cancelRequested?: boolean;
}

const POLL_MILLIS = 1000;
const PING_MILLIS = 30_000;
const RETRY_MILLIS = [500, 1000, 2000];
const FINISHED_WELL = 1000;

export function terminal(status: JobStatus | undefined): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/** Follows jobs over their sockets, and by asking once a second where a socket cannot be had. */
class JobTray {
  private tracked: readonly Tracked[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly sockets = new Map<string, WebSocket>();
  private readonly ended = new Map<string, ((job: Job) => void)[]>();

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  readonly snapshot = () => this.tracked;

  follow(started: Pick<JobStarted, 'job_id'>, title: string, whenEnded?: (job: Job) => void) {
    const id = started.job_id;
    if (whenEnded) this.ended.set(id, [...(this.ended.get(id) ?? []), whenEnded]);
    if (this.tracked.some((one) => one.id === id)) return;
    this.tracked = [{ id, title, job: undefined, link: 'closed', cancelling: false, fault: undefined }, ...this.tracked];
    this.tell();
    this.connect(id, 0);
  }

  dismiss(id: string) {
    this.sockets.get(id)?.close(FINISHED_WELL);
    this.sockets.delete(id);
    this.tracked = this.tracked.filter((one) => one.id !== id);
    this.tell();
  }

  clear() {
    this.tracked.forEach((one) => this.dismiss(one.id));
  }

  async cancel(id: string) {
    this.change(id, { cancelling: true });
    const socket = this.sockets.get(id);
    if (socket?.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ type: 'cancel', jobId: id }));
      return;
    }
    try {
      await ask(`/api/jobs/${encodeURIComponent(id)}/cancel`, { method: 'POST' });
    } catch (failure) {
      this.change(id, { cancelling: false, fault: sentence(failure) });
    }
  }

  private connect(id: string, attempt: number) {
    if (!this.find(id) || terminal(this.find(id)?.job?.status)) return;
    const address = new URL(`${base}/api/jobs/${encodeURIComponent(id)}/ws`, location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    let opened = false;
    const socket = new WebSocket(address);
    this.sockets.set(id, socket);
    const pinging = window.setInterval(() => socket.readyState === WebSocket.OPEN && socket.send('{"type":"ping"}'), PING_MILLIS);
    socket.onopen = () => {
      opened = true;
      this.change(id, { link: 'live' });
    };
    socket.onmessage = (message) => this.heard(id, String(message.data));
    socket.onclose = (event) => {
      window.clearInterval(pinging);
      if (this.sockets.get(id) === socket) this.sockets.delete(id);
      if (!this.find(id)) return;
      if (event.code === FINISHED_WELL || terminal(this.find(id)?.job?.status)) void this.poll(id);
      else if (opened && attempt < RETRY_MILLIS.length) window.setTimeout(() => this.connect(id, attempt + 1), RETRY_MILLIS[attempt]);
      else void this.poll(id);
    };
  }

  private heard(id: string, text: string) {
    const frame = JSON.parse(text) as Progress;
    if (frame.type === 'pong' || frame.type === 'error' || !frame.progress) return;
    const before = this.find(id)?.job;
    this.change(id, {
      cancelling: frame.cancelRequested === true || (this.find(id)?.cancelling ?? false),
      job: {
        ...(before ?? EMPTY),
        job_id: id,
        status: frame.status,
        total_keys: frame.progress.total,
        processed_keys: frame.progress.processed,
        error_count: frame.progress.errors,
        current_key: frame.progress.currentKey ?? null,
        percentage: frame.progress.percentage,
        ...(frame.error ? { error: frame.error } : {}),
      },
    });
  }

  private async poll(id: string): Promise<void> {
    if (!this.find(id)) return;
    try {
      const job = await ask<Job>(`/api/jobs/${encodeURIComponent(id)}`);
      this.change(id, { job, link: terminal(job.status) ? 'closed' : 'polling', fault: undefined });
      if (terminal(job.status)) {
        this.end(job);
        return;
      }
    } catch (failure) {
      this.change(id, { fault: sentence(failure), link: 'closed' });
      if (isMissing(failure)) return;
    }
    window.setTimeout(() => void this.poll(id), POLL_MILLIS);
  }

  private end(job: Job) {
    this.ended.get(job.job_id)?.forEach((listener) => listener(job));
    this.ended.delete(job.job_id);
    void queries.invalidateQueries({ queryKey: ['jobs'] });
    void queries.invalidateQueries({ queryKey: ['namespaces'] });
    void queries.invalidateQueries({ queryKey: ['namespace-info'] });
  }

  private find(id: string) {
    return this.tracked.find((one) => one.id === id);
  }

  private change(id: string, changed: Partial<Tracked>) {
    this.tracked = this.tracked.map((one) => (one.id === id ? { ...one, ...changed } : one));
    this.tell();
  }

  private tell() {
    this.listeners.forEach((listener) => listener());
  }
}

const EMPTY: Job = {
  job_id: '',
  namespace_id: null,
  operation_type: '',
  status: 'queued',
  total_keys: null,
  processed_keys: 0,
  error_count: 0,
  current_key: null,
  percentage: 0,
  started_at: null,
  completed_at: null,
  user_email: '',
};

export const tray = new JobTray();

export function useTray(): readonly Tracked[] {
  return useSyncExternalStore(tray.subscribe, tray.snapshot);
}

const NAMES: Record<string, string> = {
  bulk_delete: 'Delete keys',
  bulk_copy: 'Copy keys',
  bulk_ttl_update: 'Set expiration',
  bulk_tag: 'Change tags',
  export: 'Export',
  import: 'Import',
  r2_copy: 'Copy to objects',
  r2_backup: 'Back up',
  batch_r2_backup: 'Back up several',
  r2_restore: 'Restore',
  batch_r2_restore: 'Restore several',
  migrate: 'Migrate',
  value_search: 'Search in values',
  index_check: 'Check the index',
  retention: 'Let go of what is old',
};

export const OPERATIONS = Object.entries(NAMES).map(([value, label]) => ({ value, label }));

export function operationName(type: string): string {
  return NAMES[type] ?? type.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}
