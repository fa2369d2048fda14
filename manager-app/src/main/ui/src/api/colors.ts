import { useQuery } from '@tanstack/react-query';
import { ask } from './client';
import { keyPath } from './keyValue';
import { useChange } from './queries';
import { has } from './routes';

/** The palette of the manager, in the order of the rainbow. */
export const COLORS = {
  'red-light': '#f87171',
  red: '#ef4444',
  'red-dark': '#b91c1c',
  'orange-light': '#fb923c',
  orange: '#f97316',
  amber: '#f59e0b',
  'yellow-light': '#fde047',
  yellow: '#eab308',
  lime: '#84cc16',
  'green-light': '#4ade80',
  green: '#22c55e',
  emerald: '#10b981',
  teal: '#14b8a6',
  cyan: '#06b6d4',
  sky: '#0ea5e9',
  'blue-light': '#60a5fa',
  blue: '#3b82f6',
  indigo: '#6366f1',
  purple: '#a855f7',
  violet: '#8b5cf6',
  fuchsia: '#d946ef',
  'pink-light': '#f9a8d4',
  pink: '#ec4899',
  rose: '#f43f5e',
  gray: '#6b7280',
  slate: '#64748b',
  zinc: '#a1a1aa',
} as const;

export type Color = keyof typeof COLORS;

const OF_NAMESPACES = has('GET /api/namespaces/colors');
const OF_KEYS = has('GET /api/keys/{ns}/colors');

export function useNamespaceColors(): Record<string, Color> {
  return useQuery({ queryKey: ['colors'], queryFn: ({ signal }) => ask<Record<string, Color>>('/api/namespaces/colors', { signal }), enabled: OF_NAMESPACES }).data ?? {};
}

const NONE: Record<string, Color> = {};

export function useKeyColors(ns: string): Record<string, Color> {
  return useQuery({ queryKey: ['key-colors', ns], queryFn: ({ signal }) => ask<Record<string, Color>>(`/api/keys/${ns}/colors`, { signal }), enabled: OF_KEYS }).data ?? NONE;
}

export function usePaintNamespace(ns: string) {
  return useChange((color: Color | null) => ask(`/api/namespaces/${ns}/color`, { method: 'PUT', json: { color } }), [['colors']]);
}

export function usePaintKey(ns: string, name: string) {
  return useChange((color: Color | null) => ask(`${keyPath('keys', ns, name)}/color`, { method: 'PUT', json: { color } }), [['key-colors', ns]]);
}
