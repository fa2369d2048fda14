import { dayOf, instant } from '../parts/days';

/** What the address of the search has, by name. */
export const FILTERS = [
  'query', 'namespace', 'tags', 'match', 'in', 'tags_mode', 'field', 'field_value', 'size_min', 'size_max', 'created_after', 'created_before',
  'updated_after', 'updated_before', 'expires_after', 'expires_before', 'has_ttl', 'sort',
] as const;

export type FilterName = (typeof FILTERS)[number];
export type SearchFilters = Record<FilterName, string>;

/** Those beyond the first line. */
export const FURTHER: readonly FilterName[] = FILTERS.slice(3);

const MOMENTS: readonly FilterName[] = ['created_after', 'created_before', 'updated_after', 'updated_before', 'expires_after', 'expires_before'];
const META = 'meta.';

/** The parameters of the manager's search. Days become instants: of the last day all of it counts. */
export function parametersOf(filters: SearchFilters): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const name of FILTERS) {
    const value = filters[name];
    if (!value || name === 'field_value') continue;
    if (name === 'namespace') parameters['namespaceId'] = value;
    else if (name === 'field') parameters[META + value] = filters.field_value;
    else if (MOMENTS.includes(name)) parameters[name] = instant(value, name.endsWith('_before') ? 1 : 0);
    else parameters[name] = value;
  }
  return Object.fromEntries(Object.entries(parameters).filter(([name, value]) => value !== '' || name.startsWith(META)));
}

export function filtersOf(parameters: Record<string, string>): SearchFilters {
  const filters = Object.fromEntries(FILTERS.map((name) => [name, ''])) as SearchFilters;
  for (const [name, value] of Object.entries(parameters)) {
    if (name === 'namespaceId' || name === 'namespace_id') filters.namespace = value;
    else if (name.startsWith(META)) {
      filters.field = name.slice(META.length);
      filters.field_value = value;
    } else if (MOMENTS.includes(name as FilterName)) filters[name as FilterName] = dayOf(value, name.endsWith('_before') ? -1 : 0);
    else if (FILTERS.includes(name as FilterName)) filters[name as FilterName] = value;
  }
  return filters;
}
