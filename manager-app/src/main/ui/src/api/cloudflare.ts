import { useQuery } from '@tanstack/react-query';
import { ask, type Call } from './client';
import { has } from './routes';

const ACCOUNTS = '/client/v4/accounts';

/** Before what the API in Cloudflare's form has of the one account that a manager shows; undefined until it is known. */
export function useAccountPath(): string | undefined {
  const account = useQuery({
    queryKey: ['account'],
    queryFn: async ({ signal }) => (await ask<{ id: string }[]>(ACCOUNTS, { signal }))[0]?.id,
    staleTime: Infinity,
  });
  return account.data && `${ACCOUNTS}/${account.data}`;
}

/** Whether this manager has a route below the account, such as `GET d1/database`. */
export function hasCloudflare(method: string, path: string): boolean {
  return has(`${method} ${ACCOUNTS}/{account}/${path}`);
}

/** All pages of a list that is short; the API gives at most 100 at a time. */
export async function everyPage<T>(path: string, call: Call = {}): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page++) {
    const some = await ask<T[]>(path, { ...call, query: { ...call.query, page, per_page: PAGE } });
    all.push(...some);
    if (some.length < PAGE) return all;
  }
}

const PAGE = 100;
