import type { LucideIcon } from 'lucide-react';
import { LoaderCircle } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';

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
  keys?: string;
}

/** A button that shows only a picture; its name is read and shown on hover and focus. */
export function IconButton({ icon: Icon, label, keys, look = 'plain', small, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" className={classes(look, small, `icon ${className ?? ''}`)} aria-label={label} data-tip={label} data-keys={keys} {...rest}>
      <Icon size={small ? 14 : 16} aria-hidden />
    </button>
  );
}
