import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, ask, send } from './client';
import type { KeyMetadata, KeyValue, Namespace, NamespaceInfo } from './types';

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (failures, failure) => failures < 2 && failure instanceof ApiError && (failure.status === 0 || failure.status === 503),
    },
  },
});

export function useNamespaces() {
  return useQuery({ queryKey: ['namespaces'], queryFn: ({ signal }) => ask<Namespace[]>('/api/namespaces', { signal }) });
}

export function useNamespace(id: string) {
  const all = useNamespaces();
  return { ...all, namespace: all.data?.find((one) => one.id === id) };
}

export function useNamespaceInfo(id: string, enabled = true) {
  return useQuery({
    queryKey: ['namespace-info', id],
    queryFn: ({ signal }) => ask<NamespaceInfo>(`/api/namespaces/${id}/info`, { signal }),
    enabled,
  });
}

export function keyPath(area: 'keys' | 'metadata' | 'backup' | 'versions', ns: string, name: string): string {
  return `/api/${area}/${ns}/${encodeURIComponent(name)}`;
}

export function useKeyValue(ns: string, name: string) {
  return useQuery({
    queryKey: ['value', ns, name],
    queryFn: ({ signal }) => readKey(ns, name, signal),
    enabled: name !== '',
    staleTime: 0,
    gcTime: 0,
  });
}

export interface ReadKey extends KeyValue {
  etag?: string | undefined;
}

async function readKey(ns: string, name: string, signal: AbortSignal): Promise<ReadKey> {
  const response = await send(keyPath('keys', ns, name), { signal });
  const envelope = (await response.json()) as { result: KeyValue };
  return { ...envelope.result, etag: response.headers.get('ETag') ?? undefined };
}

export function useKeyMetadata(ns: string, name: string) {
  return useQuery({
    queryKey: ['metadata', ns, name],
    queryFn: ({ signal }) => ask<KeyMetadata>(keyPath('metadata', ns, name), { signal }),
    enabled: name !== '',
    staleTime: 0,
  });
}

/** A change that makes what is shown stale. */
export function useChange<Input, Output>(run: (input: Input) => Promise<Output>, stale: readonly (readonly unknown[])[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
