import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { base } from '../api/base';

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string;
}

/** To a page of the console. That of the router draws itself anew whenever the address changes: in a list, all of them at once. */
export function Link({ href, onClick, ...rest }: LinkProps) {
  const there = base + href;
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    navigate(there);
  };
  return <a {...rest} href={there} onClick={follow} />;
}
