import { useQuery } from '@tanstack/react-query';
import { ask } from './client';
import type { Json } from './types';

export interface ScheduleRun {
  id: string;
  trigger: 'tick' | 'manual';
  due_at: string;
  begun_at: string | null;
  ended_at: string | null;
  attempt: number;
  status: string;
  job_id: string | null;
  error: { code: string; message: string } | null;
}

export interface Schedule {
  id: string;
  name: string;
  cron: string;
  timezone: string;
  enabled: boolean;
  overlap: 'skip' | 'queue';
  job: { type: string; params: Record<string, Json> };
  owner: string;
  next_run_at: string | null;
  last_run: ScheduleRun | null;
}

export const SCHEDULES = ['schedules'];

export function useSchedules() {
  return useQuery({ queryKey: SCHEDULES, queryFn: async ({ signal }) => (await ask<{ schedules: Schedule[] }>('/api/schedules', { signal })).schedules, staleTime: 0, refetchInterval: 30_000 });
}

export const JOB_TYPES: readonly { value: string; label: string; admin?: boolean }[] = [
  { value: 'export', label: 'Export a namespace' },
  { value: 'r2_backup', label: 'Back up a namespace' },
  { value: 'bulk_delete', label: 'Delete the keys that a filter finds' },
  { value: 'index_check', label: 'Check the index of a namespace' },
  { value: 'retention', label: 'Let go of what is old', admin: true },
];

export function jobName(type: string): string {
  return JOB_TYPES.find((one) => one.value === type)?.label ?? type;
}

const LOOKS: Record<string, string> = { completed: 'ok', failed: 'bad', refused: 'bad', running: 'live', cancelled: 'warn', skipped: 'warn' };

export function lookOfRun(status: string): string {
  return LOOKS[status] ?? '';
}
