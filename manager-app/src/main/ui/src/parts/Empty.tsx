import type { LucideIcon } from 'lucide-react';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError, sentence } from '../api/client';
import { Button } from './Button';

export function Empty({ icon: Icon, title, children, actions }: { icon: LucideIcon; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="empty">
      <Icon size={28} strokeWidth={1.5} aria-hidden />
      <h2>{title}</h2>
      {children && <div>{children}</div>}
      {actions && <div className="line">{actions}</div>}
    </div>
  );
}

/** What went wrong, who refused, and the id that finds it in the log. */
export function Failed({ failure, retry }: { failure: unknown; retry?: () => void }) {
  return (
    <div role="alert">
      <Empty icon={TriangleAlert} title="That did not work" actions={retry && <Button onClick={retry}>Try again</Button>}>
        <p>{sentence(failure)}</p>
        {failure instanceof ApiError && failure.requestId && (
          <p className="quiet">
            {failure.layer && <>Refused by the {failure.layer} layer · </>}request <code>{failure.requestId}</code>
          </p>
        )}
      </Empty>
    </div>
  );
}

export function Skeleton({ width }: { width?: string | number }) {
  return <span className="skeleton" style={{ width: width ?? '100%' }} />;
}

/** Stands in for a list that is on its way. */
export function SkeletonRows({ count = 8 }: { count?: number }) {
  return (
    <div className="skeleton-rows" aria-busy="true" aria-label="Loading" role="status">
      {Array.from({ length: count }, (_, index) => (
        <div key={index}>
          <Skeleton width={`${34 + ((index * 37) % 40)}%`} />
        </div>
      ))}
    </div>
  );
}
