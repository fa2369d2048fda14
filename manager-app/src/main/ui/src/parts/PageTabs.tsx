import { useEffect, useRef } from 'react';
import { Link } from 'wouter';

interface PageTabsProps {
  label: string;
  tabs: readonly { tab: string; label: string; href: string }[];
  at: string;
}

/** The pages of one thing. Where they do not all fit, the present one is brought into sight. */
export function PageTabs({ label, tabs, at }: PageTabsProps) {
  const line = useRef<HTMLElement>(null);
  useEffect(() => {
    const here = line.current?.querySelector<HTMLElement>('[aria-current]');
    if (here && line.current) line.current.scrollLeft = here.offsetLeft - (line.current.clientWidth - here.offsetWidth) / 2;
  }, [at]);
  return (
    <nav ref={line} className="tabs page-tabs" aria-label={label}>
      {tabs.map((one) => (
        <Link key={one.tab} href={one.href} className="tab" aria-current={one.tab === at ? 'page' : undefined}>{one.label}</Link>
      ))}
    </nav>
  );
}
