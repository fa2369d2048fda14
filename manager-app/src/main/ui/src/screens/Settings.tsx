import { useSession } from '../api/session';
import { setTheme, useTheme, type Theme } from '../app/theme';
import { Segments } from '../parts/Field';
import { SettingsFrame } from './SettingsFrame';

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export default function Settings() {
  const theme = useTheme();
  const session = useSession();
  return (
    <SettingsFrame tab="general">
      <div className="narrow stack">
        <section className="card">
          <header><h2>Appearance</h2></header>
          <div className="card-body stack-s">
            <Segments label="Theme" value={theme} options={THEMES} onChange={setTheme} />
            <p className="quiet">Kept in this browser only.</p>
          </div>
        </section>
        <section className="card">
          <header><h2>Session</h2></header>
          <dl className="card-body facts">
            <dt>Signed in as</dt>
            <dd>{session.data?.user}</dd>
            {session.data?.role && <><dt>Role</dt><dd>{session.data.role}</dd></>}
          </dl>
        </section>
        <section className="card">
          <header><h2>Keyboard</h2></header>
          <p className="card-body soft">Press <kbd>?</kbd> on any screen to see its keys, and <kbd>Ctrl</kbd> <kbd>K</kbd> to go anywhere.</p>
        </section>
      </div>
    </SettingsFrame>
  );
}
