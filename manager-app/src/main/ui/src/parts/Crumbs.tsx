import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { Link } from './Link';

interface CrumbsProps {
  from: readonly { label: string; href: string; roomy?: boolean }[];
  here: string;
  mono?: boolean;
  children?: ReactNode;
}

/** The way to a page, and what it is; what comes after the title stands beside it. */
export function Crumbs({ from, here, mono, children }: CrumbsProps) {
  return (
    <nav className="crumbs" aria-label="Where you are">
      {from.map(({ label, href, roomy }) => (
        <Fragment key={href}>
          <Link href={href} className={`cut ${roomy ? 'roomy' : ''}`}>{label}</Link>
          <ChevronRight size={14} className={roomy ? 'roomy' : ''} aria-hidden />
        </Fragment>
      ))}
      <h1 className={`cut ${mono ? 'mono' : ''}`} title={here}>{here}</h1>
      {children}
    </nav>
  );
}
