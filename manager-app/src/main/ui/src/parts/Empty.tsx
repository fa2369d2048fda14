import type { LucideIcon } from 'lucide-react';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError, sentence } from '../api/client';
import { Button } from './Button';

interface EmptyProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Whether it stands for a whole page, and not for a list on one. */
  page?: boolean;
}

export function Empty({ icon: Icon, title, children, actions, page }: EmptyProps) {
  return (
    <div className="empty">
      <Icon size={28} strokeWidth={1.5} aria-hidden />
      {page ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children && <div>{children}</div>}
      {actions && <div className="line">{actions}</div>}
    </div>
  );
}

/** What went wrong, who refused, and the id that finds it in the log. */
export function Failed({ failure, retry, page }: { failure: unknown; retry?: () => void; page?: boolean }) {
  return (
    <div role="alert">
      <Empty icon={TriangleAlert} page={page ?? false} title="That did not work" actions={retry && <Button onClick={retry}>Try again</Button>}>
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
