import { useQuery } from '@tanstack/react-query';
import { ask } from './client';

export interface Cron {
  name: string;
  /** Null where another app runs it. */
  cron: string | null;
  timezone: string | null;
  next_at: string | null;
  state: 'waiting' | 'idle' | 'running' | 'abandoned';
  newest_at: string | null;
  attempt: number;
}

export function useCrons() {
  return useQuery({ queryKey: ['crons'], queryFn: async ({ signal }) => (await ask<{ crons: Cron[] }>('/api/crons', { signal })).crons, staleTime: 0, refetchInterval: 15_000 });
}
