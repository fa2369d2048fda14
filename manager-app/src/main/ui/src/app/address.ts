import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

/** The filters of a screen, kept in the address. Empty ones are left out. */
export function useFilters<const Names extends readonly string[]>(names: Names) {
  type Filters = Record<Names[number], string>;
  const [params, setParams] = useSearchParams();
  const filters = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Filters;
  const change = useCallback(
    (changed: Partial<Filters>) =>
      setParams(
        (old) => {
          const fresh = new URLSearchParams(old);
          for (const [name, value] of Object.entries(changed)) {
            if (value) fresh.set(name, value as string);
            else fresh.delete(name);
          }
          return fresh;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [filters, change] as const;
}

export const to = {
  namespaces: () => '/namespaces',
  keys: (ns: string, prefix = '') => `/namespaces/${ns}${prefix ? `?prefix=${encodeURIComponent(prefix)}` : ''}`,
  key: (ns: string, name: string) => `/namespaces/${ns}/key?name=${encodeURIComponent(name)}`,
  newKey: (ns: string) => `/namespaces/${ns}/key`,
  statistics: (ns: string) => `/namespaces/${ns}/statistics`,
  import: (ns: string) => `/namespaces/${ns}/import`,
  export: (ns: string) => `/namespaces/${ns}/export`,
  job: (id: string) => `/jobs/${encodeURIComponent(id)}`,
  jobs: () => '/jobs',
  search: () => '/search',
  audit: (ns = '') => `/audit${ns ? `?namespace=${ns}` : ''}`,
};
