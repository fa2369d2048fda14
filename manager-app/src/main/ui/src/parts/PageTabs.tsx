import { useEffect, useRef } from 'react';
import { Link } from './Link';

interface PageTabsProps {
  label: string;
  tabs: readonly { tab: string; label: string; href: string }[];
  at: string;
}

/** The pages of one thing. Where they do not all fit, the present one is brought into sight. */
export function PageTabs({ label, tabs, at }: PageTabsProps) {
  const line = useRef<HTMLElement>(null);
  useEffect(() => {
    const around = line.current;
    const here = around?.querySelector<HTMLElement>('[aria-current]');
    if (!around || !here || typeof ResizeObserver === 'undefined') return undefined;
    // Told after the layout of the browser, and not in the midst of drawing.
    const watch = new ResizeObserver(() => {
      around.scrollLeft = here.offsetLeft - (around.clientWidth - here.offsetWidth) / 2;
    });
    watch.observe(around);
    return () => watch.disconnect();
  }, [at]);
  return (
    <nav ref={line} className="tabs page-tabs" aria-label={label}>
      {tabs.map((one) => (
        <Link key={one.tab} href={one.href} className="tab" aria-current={one.tab === at ? 'page' : undefined}>{one.label}</Link>
      ))}
    </nav>
  );
}
