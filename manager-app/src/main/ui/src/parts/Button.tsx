import type { LucideIcon } from 'lucide-react';
import { LoaderCircle } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Tip } from './Tip';

type Look = 'normal' | 'primary' | 'danger' | 'plain';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  small?: boolean;
  icon?: LucideIcon;
  busy?: boolean;
  loses?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

function classes(look: Look, small?: boolean, more?: string): string {
  return ['button', look === 'normal' ? '' : look, small ? 'small' : '', more ?? ''].filter(Boolean).join(' ');
}

export function Button({ look = 'normal', small, icon: Icon, busy, loses, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classes(look, small, [loses ? 'loses' : '', className ?? ''].join(' ').trim())}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <LoaderCircle size={15} className="spin" aria-hidden /> : Icon && <Icon size={15} aria-hidden />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, 'children'> {
  icon: LucideIcon;
  label: string;
  hint?: ReactNode;
  keys?: string;
}

/** A button that shows only a picture; its name is read and shown on hover and focus. */
export function IconButton({ icon: Icon, label, hint, keys, look = 'plain', small, className, ...rest }: IconButtonProps) {
  return (
    <Tip label={hint ?? label} keys={keys}>
      <button type="button" className={classes(look, small, `icon ${className ?? ''}`)} aria-label={label} {...rest}>
        <Icon size={small ? 14 : 16} aria-hidden />
      </button>
    </Tip>
  );
}
