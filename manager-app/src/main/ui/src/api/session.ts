import { useQuery } from '@tanstack/react-query';
import { ApiError, ask } from './client';

export type Role = 'viewer' | 'editor' | 'admin' | 'auditor';

export const ROLES: readonly { value: Role; label: string }[] = [
  { value: 'viewer', label: 'Viewer: reads keys' },
  { value: 'editor', label: 'Editor: reads and changes keys' },
  { value: 'auditor', label: 'Auditor: reads who did what, no values' },
  { value: 'admin', label: 'Admin: everything' },
];

export interface Session {
  user: string;
  /** The highest of those that he has anywhere. */
  role: Role;
  /** Whether it holds for all namespaces and keys; where the manager does not tell, it does. */
  everywhere?: boolean;
  grants?: { role: Role; namespaces: string; key_prefixes: string[] }[];
}

/** The ways in that this manager offers. */
export interface Entrances {
  methods: ({ type: 'token' } | { type: 'dev' } | { type: 'access'; team: string } | { type: 'oidc'; name: string; url: string })[];
}

export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      try {
        return await ask<Session>('/api/me', { signal });
      } catch (failure) {
        if (failure instanceof ApiError && failure.status === 401) return null;
        throw failure;
      }
    },
    staleTime: Infinity,
  });
}

/** What the role of whoever is signed in reaches; the server has the last word. */
export function useMay() {
  const session = useSession().data;
  const role = session?.role;
  const everywhere = session?.everywhere ?? true;
  return { write: role === 'admin' || role === 'editor', administer: role === 'admin', everything: role === 'admin' && everywhere };
}

export function useEntrances() {
  return useQuery({ queryKey: ['entrances'], queryFn: ({ signal }) => ask<Entrances>('/api/sign-in', { signal }), staleTime: Infinity });
}

export const session = {
  withToken: (token: string) => ask<Session>('/api/sign-in/token', { method: 'POST', headers: { Authorization: `Bearer ${token}` } }),
  development: () => ask<Session>('/api/sign-in/dev', { method: 'POST' }),
  /** Answers where else one has to go to be signed out there, too. */
  end: () => ask<{ logout_url?: string } | undefined>('/api/sign-out', { method: 'POST' }),
};
