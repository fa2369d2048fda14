import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, ask } from './client';
import { keyPath, readKey } from './keyValue';
import { has } from './routes';
import { useMay } from './session';
import type { KeyMetadata, Namespace, NamespaceInfo } from './types';

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

/** The namespaces to choose from, after an entry that stands for none of them. */
export function useTitles() {
  const all = useNamespaces();
  return (none: string) => [{ value: '', label: none }, ...(all.data ?? []).map((one) => ({ value: one.id, label: one.title }))];
}

/** What a namespace is called; the beginning of its id where it is not known any more. */
export function useTitleOf() {
  const all = useNamespaces();
  return (id: string | null | undefined) => (id ? (all.data?.find((one) => one.id === id)?.title ?? `${id.slice(0, 8)}…`) : '–');
}

/** What whoever is signed in may do in one namespace; the server has the last word. */
export function useMayIn(ns: string) {
  const may = useMay();
  const { namespace } = useNamespace(ns);
  const role = namespace?.role;
  const inside = role === undefined ? may : { ...may, write: role === 'admin' || role === 'editor', administer: role === 'admin' };
  return { ...inside, write: inside.write && namespace?.read_only !== true };
}

export function useNamespaceInfo(id: string) {
  return useQuery({
    queryKey: ['namespace-info', id],
    queryFn: ({ signal }) => ask<NamespaceInfo>(`/api/namespaces/${id}/info`, { signal }),
    enabled: has('GET /api/namespaces/{ns}/info'),
  });
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

export function useKeyMetadata(ns: string, name: string) {
  return useQuery({
    queryKey: ['metadata', ns, name],
    queryFn: ({ signal }) =>
      has('GET /api/metadata/{ns}/{key}')
        ? ask<KeyMetadata>(keyPath('metadata', ns, name), { signal })
        : Promise.resolve<KeyMetadata>({ namespace_id: ns, key_name: name, tags: [], custom_metadata: {} }),
    enabled: name !== '',
    staleTime: 0,
  });
}

/** What was deleted is asked for again by the page that comes next, and not by the one that shows it. */
export function outdate(...names: readonly string[]) {
  for (const name of names) {
    queries.removeQueries({ queryKey: [name], type: 'inactive' });
    void queries.invalidateQueries({ queryKey: [name], refetchType: 'none' });
  }
}

/** A change that makes what is shown stale. */
export function useChange<Input, Output>(run: (input: Input) => Promise<Output>, stale: readonly (readonly unknown[])[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
