import { useQuery } from '@tanstack/react-query';
import { ApiError, ask } from './client';

export interface Session {
  user: string;
  role?: string;
}

/** The ways in that this manager offers. */
export interface Entrances {
  token: boolean;
  development: boolean;
  login?: string;
}

export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      try {
        return await ask<Session>('/api/session', { signal });
      } catch (failure) {
        if (failure instanceof ApiError && failure.status === 401) return null;
        throw failure;
      }
    },
    staleTime: Infinity,
  });
}

export function useEntrances() {
  return useQuery({ queryKey: ['entrances'], queryFn: ({ signal }) => ask<Entrances>('/api/sign-in', { signal }), staleTime: Infinity });
}

export const session = {
  withToken: (token: string) => ask<Session>('/api/sign-in', { method: 'POST', json: { token } }),
  development: () => ask<Session>('/api/sign-in', { method: 'POST', json: { development: true } }),
  end: () => ask<void>('/api/sign-out', { method: 'POST' }),
};
