import type { ReactNode } from 'react';
import { useEffect } from 'react';

interface PageProps {
  title: ReactNode;
  /** What the window is called where the title is more than text. */
  name?: string;
  actions?: ReactNode;
  below?: ReactNode;
  children: ReactNode;
  /** Fills the height and scrolls inside. */
  full?: boolean;
}

export function Page({ title, name, actions, below, children, full }: PageProps) {
  const called = name ?? (typeof title === 'string' ? title : 'Triport');
  useEffect(() => {
    document.title = `${called} · Triport`;
  }, [called]);
  return (
    <div className={`page ${full ? 'full' : ''}`}>
      <header className="page-head">
        <div className="page-title">{typeof title === 'string' ? <h1>{title}</h1> : title}</div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {below}
      <div className="page-body">{children}</div>
    </div>
  );
}
