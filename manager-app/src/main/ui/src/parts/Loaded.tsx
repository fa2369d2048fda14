import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failed, SkeletonRows } from './Empty';

/** What an answer looks like, and what stands there before it comes or when it does not. */
export function Loaded<Data>({ of, rows = 8, children }: { of: UseQueryResult<Data>; rows?: number; children: (data: Data) => ReactNode }) {
  if (of.isPending) return <SkeletonRows count={rows} />;
  if (of.isError) return <Failed failure={of.error} retry={() => void of.refetch()} />;
  return <>{children(of.data)}</>;
}
