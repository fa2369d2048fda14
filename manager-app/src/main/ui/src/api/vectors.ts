import { useQuery } from '@tanstack/react-query';
import { ApiError, ask } from './client';

export type Metric = 'cosine' | 'euclidean' | 'dot-product';

export interface VectorIndex {
  name: string;
  description?: string;
  created_on?: string;
  config: { dimensions: number; metric: Metric };
}

export interface VectorInfo {
  dimensions: number;
  vectorCount: number;
  processedUpToDatetime?: string | null;
  processedUpToMutation?: string | null;
}

export interface IndexedProperty {
  propertyName: string;
  indexType: string;
}

export interface Match {
  id: string;
  score: number;
  namespace?: string | null;
  metadata?: Record<string, unknown> | null;
}

export const INDEXES = ['vector-indexes'];

export const indexesPath = (account: string) => `${account}/vectorize/v2/indexes`;
export const indexPath = (account: string, name: string) => `${indexesPath(account)}/${encodeURIComponent(name)}`;

const NOT_KEPT = 501;

/** All of them; null where the manager keeps none by its configuration. */
export function useIndexes(account: string | undefined) {
  return useQuery({
    queryKey: INDEXES,
    queryFn: async ({ signal }) => {
      try {
        return await ask<VectorIndex[]>(indexesPath(account as string), { signal });
      } catch (failure) {
        if (failure instanceof ApiError && failure.status === NOT_KEPT) return null;
        throw failure;
      }
    },
    enabled: account !== undefined,
    staleTime: 0,
  });
}

export function useIndex(account: string | undefined, name: string) {
  return useQuery({ queryKey: [...INDEXES, name], queryFn: ({ signal }) => ask<VectorIndex>(indexPath(account as string, name), { signal }), enabled: account !== undefined });
}

export function useVectorInfo(account: string | undefined, name: string) {
  return useQuery({
    queryKey: [...INDEXES, name, 'info'],
    queryFn: ({ signal }) => ask<VectorInfo>(`${indexPath(account as string, name)}/info`, { signal }),
    enabled: account !== undefined,
    staleTime: 0,
  });
}

export function useProperties(account: string | undefined, name: string) {
  return useQuery({
    queryKey: [...INDEXES, name, 'properties'],
    queryFn: async ({ signal }) => (await ask<{ metadataIndexes: IndexedProperty[] }>(`${indexPath(account as string, name)}/metadata_index/list`, { signal })).metadataIndexes,
    enabled: account !== undefined,
    staleTime: 0,
  });
}

/** A list of numbers as people write it, with brackets or without; undefined for anything else. */
export function vectorOf(text: string): number[] | undefined {
  const parts = text.trim().replace(/^\[|\]$/g, '').split(/[\s,]+/).filter(Boolean);
  const values = parts.map(Number);
  return values.length > 0 && values.every(Number.isFinite) ? values : undefined;
}
