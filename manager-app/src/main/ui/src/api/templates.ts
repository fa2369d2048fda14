import { useQuery } from '@tanstack/react-query';
import { ask } from './client';
import { has } from './routes';
import { useMay } from './session';
import type { Json } from './types';

export interface TemplateKey {
  name: string;
  value: string;
  ttl?: number;
  tags?: string[];
}

export interface Template {
  id: string;
  name: string;
  description: string;
  keys: TemplateKey[];
  settings: Record<string, Json>;
  updated_at?: string;
}

export const TEMPLATES = has('GET /api/templates');

export function useTemplates() {
  const may = useMay();
  return useQuery({
    queryKey: ['templates'],
    queryFn: async ({ signal }) => (await ask<{ templates: Template[] }>('/api/templates', { signal })).templates,
    enabled: TEMPLATES && may.administer,
  });
}

/** The variables that stand in names and values, in the order in which they occur. */
export function variablesOf(template: Pick<Template, 'keys' | 'settings'> | undefined): string[] {
  if (!template) return [];
  const found = [...JSON.stringify([template.keys, template.settings]).matchAll(/\{\{([A-Za-z_][A-Za-z0-9_]{0,63})\}\}/g)];
  return [...new Set(found.map((match) => match[1] as string))];
}
