import * as Radix from '@radix-ui/react-dropdown-menu';
import type { LucideIcon } from 'lucide-react';
import { Check } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';

/** Opens inside the landmark or the dialog of what opens it, where readers expect it. */
export function Menu({ trigger, children, align = 'end', onOpen }: { trigger: ReactNode; children: ReactNode; align?: 'start' | 'end'; onOpen?: () => void }) {
  const opener = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<Element | null>(null);
  return (
    <Radix.Root
      modal={false}
      onOpenChange={(open) => {
        setPlace(opener.current?.closest('[role="dialog"], main, aside, header') ?? null);
        if (open) onOpen?.();
      }}
    >
      <Radix.Trigger asChild ref={opener}>{trigger}</Radix.Trigger>
      <Radix.Portal container={place}>
        <Radix.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps {
  icon?: LucideIcon;
  children: ReactNode;
  onSelect: () => void;
  loses?: boolean;
  disabled?: boolean;
  /** Said after it, quietly. */
  aside?: string;
}

export function MenuItem({ icon: Icon, children, onSelect, loses, disabled = false, aside }: MenuItemProps) {
  return (
    <Radix.Item className={`menu-item ${loses ? 'loses' : ''}`} disabled={disabled} onSelect={onSelect}>
      {Icon && <Icon size={15} aria-hidden />}
      <span className="grow cut">{children}</span>
      {aside && <span className="menu-aside number">{aside}</span>}
    </Radix.Item>
  );
}

export function MenuCheck({ checked, children, onChange }: { checked: boolean; children: ReactNode; onChange: (checked: boolean) => void }) {
  return (
    <Radix.CheckboxItem
      className="menu-item"
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="grow">{children}</span>
      <Radix.ItemIndicator>
        <Check size={15} aria-hidden />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

export function MenuTitle({ children }: { children: ReactNode }) {
  return <Radix.Label className="menu-title">{children}</Radix.Label>;
}

export function MenuLine() {
  return <Radix.Separator className="menu-line" />;
}
