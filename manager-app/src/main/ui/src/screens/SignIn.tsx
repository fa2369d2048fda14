import { ArrowRight, KeyRound, LogIn } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { base } from '../api/base';
import { sentence } from '../api/client';
import { queries } from '../api/queries';
import { session, useEntrances, type Session } from '../api/session';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';

export function SignIn() {
  const entrances = useEntrances();
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState<'token' | 'development'>();
  const [fault, setFault] = useState<string>();
  const enter = async (way: 'token' | 'development', signIn: () => Promise<Session>) => {
    setBusy(way);
    setFault(undefined);
    try {
      const signedIn = await signIn();
      queries.setQueryData(['session'], signedIn);
    } catch (failure) {
      setFault(sentence(failure));
      setBusy(undefined);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token.trim()) void enter('token', () => session.withToken(token.trim()));
  };
  const methods = entrances.data?.methods ?? [];
  const proxy = methods.find((one) => one.type === 'access');
  const provider = methods.find((one) => one.type === 'oidc');
  const refused = new URLSearchParams(location.search).get('sign_in') === 'refused';
  const development = methods.some((one) => one.type === 'dev');
  const byToken = methods.some((one) => one.type === 'token');
  return (
    <main className="sign-in">
      <div className="sign-in-box">
        <img src={`${base}/mark.svg`} width={40} height={40} alt="" />
        <h1>Sign in to Triport</h1>
        <p className="soft">Keys, jobs and the audit log of your namespaces.</p>
        {entrances.isError && <p className="fault" role="alert">{sentence(entrances.error)}</p>}
        {proxy && (
          <a className="button primary" href={team(proxy.team)}>
            <LogIn size={15} aria-hidden /> Sign in with your account
          </a>
        )}
        {provider && (
          <a className="button primary" href={`${base}${provider.url}?return=${encodeURIComponent(here())}`}>
            <LogIn size={15} aria-hidden /> Sign in with {provider.name}
          </a>
        )}
        {refused && <p className="fault" role="alert">{provider?.name ?? 'The provider'} did not let you in, or it took too long. Try again.</p>}
        {development && (
          <Button look="primary" icon={ArrowRight} busy={busy === 'development'} onClick={() => void enter('development', session.development)}>
            Start a development session
          </Button>
        )}
        {byToken && (
          <>
            {(proxy || provider || development) && <div className="or" role="separator">or</div>}
            <form className="stack" onSubmit={submit}>
              <Field label="API token" fault={fault}>
                {(id, described) => (
                  <input
                    id={id}
                    aria-describedby={described}
                    aria-invalid={fault !== undefined}
                    className="input mono"
                    type="password"
                    autoComplete="off"
                    value={token}
                    onChange={(event) => setToken(event.target.value)}
                  />
                )}
              </Field>
              <Button type="submit" look={proxy || provider || development ? 'normal' : 'primary'} icon={KeyRound} busy={busy === 'token'} disabled={!token.trim()}>
                Sign in with the token
              </Button>
            </form>
          </>
        )}
        {fault && !byToken && <p className="fault" role="alert">{fault}</p>}
      </div>
    </main>
  );
}

/** Where one wanted to go; not back to having been refused. */
function here(): string {
  const wanted = new URLSearchParams(location.search);
  wanted.delete('sign_in');
  const search = wanted.toString();
  return location.pathname.slice(base.length) + (search ? `?${search}` : '');
}

/** The proxy in front signs in for the host that was asked for, and comes back. */
function team(address: string): string {
  const origin = address.includes('://') ? address : `https://${address}`;
  return `${origin.replace(/\/$/, '')}/cdn-cgi/access/login/${location.host}`;
}
