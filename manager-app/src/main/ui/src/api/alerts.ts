import { useQuery } from '@tanstack/react-query';
import { ask } from './client';
import { has } from './routes';

export interface Alert {
  id: string;
  rule_id: string;
  rule_name: string;
  type: string;
  namespace_id: string;
  message: string;
  state: 'open' | 'resolved';
  opened_at: string;
  resolved_at: string | null;
  acknowledged_by: string | null;
  acknowledged_at: string | null;
}

export type RuleType = 'expiring_within' | 'key_count_over' | 'bytes_over' | 'job_failed' | 'error_rate';

export interface Rule {
  id: string;
  name: string;
  type: RuleType;
  enabled: boolean;
  namespace_id?: string;
  prefix?: string;
  seconds?: number;
  limit?: number;
  percent?: number;
}

export const ALERTS = has('GET /api/alerts');
const LOOK_MILLIS = 60_000;

export function useAlerts(state: '' | 'open' | 'resolved') {
  return useQuery({
    queryKey: ['alerts', state],
    queryFn: async ({ signal }) => (await ask<{ alerts: Alert[] }>('/api/alerts', { query: { state }, signal })).alerts,
    enabled: ALERTS,
    staleTime: 0,
    refetchInterval: LOOK_MILLIS,
  });
}

/** How many nobody has acknowledged yet. */
export function useUnseenAlerts(): number {
  return useAlerts('open').data?.filter((one) => one.acknowledged_by === null).length ?? 0;
}
