import { Button } from './Button';

interface PagerProps {
  page: number;
  pages: number;
  onPage: (page: string) => void;
  back?: string;
  on?: string;
}

/** Nothing where one page is all. */
export function Pager({ page, pages, onPage, back = 'Previous', on = 'Next' }: PagerProps) {
  if (pages <= 1) return null;
  return (
    <nav className="pager" aria-label="Pages">
      <Button disabled={page <= 1} onClick={() => onPage(String(page - 1))}>{back}</Button>
      <span className="quiet number">{page} of {pages}</span>
      <Button disabled={page >= pages} onClick={() => onPage(String(page + 1))}>{on}</Button>
    </nav>
  );
}
