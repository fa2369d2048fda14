import type { ComponentProps } from 'react';
import { lazy, Suspense } from 'react';
import { SkeletonRows } from '../parts/Empty';

const LazyEditor = lazy(() => import('./Editor'));
const LazyDiff = lazy(() => import('./Diff'));

export function Editor(props: ComponentProps<typeof LazyEditor>) {
  return (
    <Suspense fallback={<SkeletonRows count={6} />}>
      <LazyEditor {...props} />
    </Suspense>
  );
}

export function Diff(props: ComponentProps<typeof LazyDiff>) {
  return (
    <Suspense fallback={<SkeletonRows count={6} />}>
      <LazyDiff {...props} />
    </Suspense>
  );
}
