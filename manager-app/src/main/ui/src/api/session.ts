import { useQuery } from '@tanstack/react-query';
import { ApiError, ask } from './client';

export type Role = 'viewer' | 'editor' | 'admin' | 'auditor';

export interface Session {
  user: string;
  role: Role;
}

/** The ways in that this manager offers. */
export interface Entrances {
  methods: ({ type: 'token' } | { type: 'dev' } | { type: 'access'; team: string })[];
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
  const role = useSession().data?.role;
  return { write: role === 'admin' || role === 'editor', administer: role === 'admin' };
}

export function useEntrances() {
  return useQuery({ queryKey: ['entrances'], queryFn: ({ signal }) => ask<Entrances>('/api/sign-in', { signal }), staleTime: Infinity });
}

export const session = {
  withToken: (token: string) => ask<Session>('/api/sign-in/token', { method: 'POST', headers: { Authorization: `Bearer ${token}` } }),
  development: () => ask<Session>('/api/sign-in/dev', { method: 'POST' }),
  end: () => ask<void>('/api/sign-out', { method: 'POST' }),
};
