import { Dialog } from '../parts/Dialog';
import { useShortcutHelp } from './shortcuts';

const SHOWN: Record<string, string> = { ' ': 'Space', Enter: '↵', Escape: 'Esc', ArrowDown: '↓', ArrowUp: '↑' };

export function Help({ onClose }: { onClose: () => void }) {
  const layers = useShortcutHelp();
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <div className="stack">
        {layers.map((layer) => (
          <section key={layer.title} className="stack-s">
            <h3 className="section-title">{layer.title}</h3>
            <dl className="keylist">
              {layer.shortcuts.map((shortcut) => (
                <div key={shortcut.keys}>
                  <dt>{shortcut.what}</dt>
                  <dd><Keys keys={shortcut.keys} /></dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Keys({ keys }: { keys: string }) {
  if (keys.startsWith('mod+')) {
    return (
      <>
        <kbd>Ctrl</kbd> <kbd>{keys.slice(4).toUpperCase()}</kbd>
      </>
    );
  }
  return <kbd>{SHOWN[keys] ?? keys}</kbd>;
}
