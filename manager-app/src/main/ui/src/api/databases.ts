import { useQuery } from '@tanstack/react-query';
import { everyPage } from './cloudflare';
import { ask } from './client';

export interface Database {
  uuid: string;
  name: string;
  created_at: string;
  file_size?: number;
  num_tables?: number;
}

export type Cell = null | string | number | boolean | number[];

export interface Answer {
  results: { columns: string[]; rows: Cell[][] };
  meta: { duration?: number; changes?: number; last_row_id?: number | string | null; changed_db?: boolean };
}

/** A table or a view. */
export interface Relation {
  name: string;
  kind: string;
  sql: string;
}

export const DATABASES = ['databases'];

export const databasesPath = (account: string) => `${account}/d1/database`;
export const databasePath = (account: string, id: string) => `${databasesPath(account)}/${encodeURIComponent(id)}`;

export function useDatabases(account: string | undefined) {
  return useQuery({
    queryKey: DATABASES,
    queryFn: ({ signal }) => everyPage<Database>(databasesPath(account as string), { signal }),
    enabled: account !== undefined,
    staleTime: 0,
  });
}

export function useDatabase(account: string | undefined, id: string) {
  return useQuery({ queryKey: [...DATABASES, id], queryFn: ({ signal }) => ask<Database>(databasePath(account as string, id), { signal }), enabled: account !== undefined });
}

/** One statement. Whole numbers beyond 2^53 come as text, so that no digit is lost. */
export async function run(path: string, sql: string, params: readonly Cell[] = []): Promise<Answer> {
  const answers = await ask<Answer[]>(`${path}/raw`, { method: 'POST', json: { sql, params }, headers: { 'Triport-Int64': 'string' } });
  return answers[0] as Answer;
}

export function useRelations(account: string | undefined, id: string) {
  return useQuery({
    queryKey: [...DATABASES, id, 'relations'],
    queryFn: async () => {
      const found = await run(databasePath(account as string, id), "select name, type, sql from sqlite_master where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' order by name");
      return found.results.rows.map(([name, kind, sql]): Relation => ({ name: String(name), kind: String(kind), sql: String(sql ?? '') }));
    },
    enabled: account !== undefined,
    staleTime: 0,
  });
}

/** A name as SQL takes it, whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
