import { createContext, useCallback, useContext } from 'react';
import { navigate, useSearch } from 'wouter/use-browser-location';

/** Path and search of the screen that is shown, which while the next one is drawn is not that of the browser. */
export const ShownAddress = createContext('');

/**
 * The filters of a screen, kept in the address. Empty ones are left out. The address is read as it is, because the hook of the
 * same name in the router decodes it once too often for names of keys.
 */
export function useFilters<const Names extends readonly string[]>(names: Names) {
  type Filters = Record<Names[number], string>;
  const live = useSearch();
  const [path, ...search] = useContext(ShownAddress).split('?');
  const params = new URLSearchParams(path === location.pathname || path === '' ? live : search.join('?'));
  const filters = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Filters;
  const change = useCallback((changed: Partial<Filters>) => {
    const fresh = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changed)) {
      if (value) fresh.set(name, value as string);
      else fresh.delete(name);
    }
    const search = fresh.toString();
    navigate(search ? `${location.pathname}?${search}` : location.pathname, { replace: true });
  }, []);
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
  backups: (ns: string) => `/namespaces/${ns}/backups`,
  objects: (ns: string) => `/namespaces/${ns}/objects`,
  migrate: (ns: string) => `/namespaces/${ns}/migrate`,
  deleted: (ns: string) => `/namespaces/${ns}/deleted`,
  namespaceSettings: (ns: string) => `/namespaces/${ns}/settings`,
  job: (id: string) => `/jobs/${encodeURIComponent(id)}`,
  jobs: () => '/jobs',
  search: () => '/search',
  webhooks: () => '/webhooks',
  webhook: (id: string) => `/webhooks/${encodeURIComponent(id)}`,
  alerts: () => '/alerts',
  alertRules: () => '/alerts/rules',
  thresholds: () => '/alerts/thresholds',
  notifications: () => '/notifications',
  templates: () => '/templates',
  template: (id: string) => `/templates/${encodeURIComponent(id)}`,
  databases: () => '/databases',
  database: (id: string) => `/databases/${encodeURIComponent(id)}`,
  queues: () => '/queues',
  queue: (id: string) => `/queues/${encodeURIComponent(id)}`,
  indexes: () => '/vectors',
  index: (name: string) => `/vectors/${encodeURIComponent(name)}`,
  durable: () => '/durable',
  durableClass: (type: string) => `/durable/${encodeURIComponent(type)}`,
  durableObject: (type: string, id: string) => `/durable/${encodeURIComponent(type)}/${encodeURIComponent(id)}`,
  schedules: () => '/schedules',
  schedule: (id: string) => `/schedules/${encodeURIComponent(id)}`,
  metrics: () => '/overview',
  roles: () => '/settings/roles',
  audit: (ns = '') => `/audit${ns ? `?namespace=${ns}` : ''}`,
};
