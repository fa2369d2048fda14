import * as Radix from '@radix-ui/react-dropdown-menu';
import { Ban, Palette } from 'lucide-react';
import { COLORS, useKeyColors, useNamespaceColors, usePaintKey, usePaintNamespace, type Color } from '../api/colors';
import { Button } from './Button';
import { Menu } from './Menu';
import { notify } from './Notices';

/** A colour as a dot that is named for who does not see it. */
export function ColorDot({ color }: { color: Color | undefined }) {
  if (!color) return null;
  return <span className="color-dot" role="img" aria-label={nameOf(color)} title={nameOf(color)} style={{ background: COLORS[color] }} />;
}

function nameOf(color: Color): string {
  const [hue, shade] = color.split('-');
  return shade ? `${shade} ${hue}` : (hue as string);
}

interface SwatchesProps {
  label: string;
  color: Color | undefined;
  onChoose: (color: Color | null) => void;
}

/** A menu of the whole palette; arrows walk over it. */
export function Swatches({ label, color, onChoose }: SwatchesProps) {
  return (
    <Menu
      align="start"
      trigger={
        <Button small className="at-start" aria-label={`${label}: ${color ? nameOf(color) : 'none'}`} {...(color ? {} : { icon: Palette })}>
          <ColorDot color={color} />
          {color ? nameOf(color) : 'None'}
        </Button>
      }
    >
      <Radix.RadioGroup className="swatches" value={color ?? ''} onValueChange={(chosen) => onChoose(chosen === '' ? null : (chosen as Color))}>
        {(Object.keys(COLORS) as Color[]).map((one) => (
          <Radix.RadioItem key={one} value={one} className="swatch" aria-label={nameOf(one)} title={nameOf(one)}>
            <span style={{ background: COLORS[one] }} />
          </Radix.RadioItem>
        ))}
        <Radix.RadioItem value="" className="swatch none" aria-label="no colour" title="no colour"><Ban size={16} aria-hidden /></Radix.RadioItem>
      </Radix.RadioGroup>
    </Menu>
  );
}

export function PaintNamespace({ ns, title }: { ns: string; title: string }) {
  const colors = useNamespaceColors();
  const paint = usePaintNamespace(ns);
  return <Swatches label={`Colour of ${title}`} color={colors[ns]} onChoose={(color) => void paint.mutateAsync(color).catch(notify.failed)} />;
}

export function PaintKey({ ns, name }: { ns: string; name: string }) {
  const colors = useKeyColors(ns);
  const paint = usePaintKey(ns, name);
  return <Swatches label="Colour of the key" color={colors[name]} onChoose={(color) => void paint.mutateAsync(color).catch(notify.failed)} />;
}
