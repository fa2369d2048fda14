import { useQuery } from '@tanstack/react-query';
import { everyPage } from './cloudflare';
import { ask } from './client';

export interface Queue {
  queue_id: string;
  queue_name: string;
  created_on?: string;
  settings?: { delivery_delay?: number; message_retention_period?: number };
}

export interface QueueMetrics {
  backlog_count: number;
  backlog_bytes: number;
  oldest_message_timestamp_ms?: number;
}

export interface QueueMessage {
  id: string;
  body: unknown;
  attempts: number;
  timestamp_ms: number;
  metadata?: Record<string, string>;
  /** Of one that was taken. */
  lease_id?: string;
}

export const QUEUES = ['queues'];

export const queuesPath = (account: string) => `${account}/queues`;
export const queuePath = (account: string, id: string) => `${queuesPath(account)}/${encodeURIComponent(id)}`;

export function useQueues(account: string | undefined) {
  return useQuery({
    queryKey: QUEUES,
    queryFn: ({ signal }) => everyPage<Queue>(queuesPath(account as string), { signal }),
    enabled: account !== undefined,
    staleTime: 0,
  });
}

export function useQueue(account: string | undefined, id: string) {
  return useQuery({ queryKey: [...QUEUES, id], queryFn: ({ signal }) => ask<Queue>(queuePath(account as string, id), { signal }), enabled: account !== undefined });
}

export function useQueueMetrics(account: string | undefined, id: string) {
  return useQuery({
    queryKey: [...QUEUES, id, 'metrics'],
    queryFn: ({ signal }) => ask<QueueMetrics>(`${queuePath(account as string, id)}/metrics`, { signal }),
    enabled: account !== undefined,
    staleTime: 0,
    refetchInterval: 5_000,
  });
}

const DECODER = new TextDecoder();

/** What was sent, as text: bodies of messages that were written as JSON or bytes come in base64. */
export function bodyOf(message: QueueMessage): string {
  const type = message.metadata?.['CF-Content-Type'];
  if (typeof message.body !== 'string') return JSON.stringify(message.body);
  if (type !== 'json' && type !== 'bytes') return message.body;
  try {
    return DECODER.decode(Uint8Array.from(atob(message.body), (letter) => letter.charCodeAt(0)));
  } catch {
    return message.body;
  }
}
