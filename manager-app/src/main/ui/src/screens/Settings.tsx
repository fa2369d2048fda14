import { NOTICES, useDesktop, type Desktop } from '../api/notices';
import { useSession } from '../api/session';
import { setTheme, useTheme, type Theme } from '../app/theme';
import { Check, Segments } from '../parts/Field';
import { SettingsFrame } from './SettingsFrame';

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const TROUBLE: Partial<Record<Desktop, string>> = {
  blocked: 'The browser does not allow it for this page; its settings of the page may.',
  unknown: 'This browser cannot, or only on pages with HTTPS.',
};

export default function Settings() {
  const theme = useTheme();
  const session = useSession();
  const [desktop, tellHere] = useDesktop();
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
        {NOTICES && (
          <section className="card">
            <header><h2>Notifications</h2></header>
            <div className="card-body stack-s">
              <Check checked={desktop === 'on'} onChange={(on) => void tellHere(on)}>Tell me on this device when a job ends or an alert opens while the page is out of sight</Check>
              {TROUBLE[desktop] && <p className="quiet">{TROUBLE[desktop]}</p>}
            </div>
          </section>
        )}
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
