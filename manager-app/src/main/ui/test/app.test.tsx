import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeManager } from '../fake/api';
import { queries } from '../src/api/queries';

let manager: FakeManager;

beforeEach(() => {
  manager = new FakeManager();
  manager.signedIn = false;
  history.replaceState(null, '', '/');
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
  vi.stubGlobal('fetch', (address: string, request: RequestInit) => {
    const url = new URL(address, 'http://manager');
    const headers = request.headers as Record<string, string>;
    const answer = manager.answer({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body: String(request.body ?? ''), token: headers['Authorization']?.replace('Bearer ', '') ?? '' });
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }));
  });
});

afterEach(() => {
  cleanup();
  queries.clear();
});

async function opened() {
  const { App } = await import('../src/app/App');
  render(<App />);
  return userEvent.setup();
}

describe('the console', () => {
  it('asks who is there, and tells why a token does not do', async () => {
    const user = await opened();
    await user.type(await screen.findByLabelText('API token'), 'bad');
    await user.click(screen.getByRole('button', { name: 'Sign in with the token' }));
    expect(await screen.findByText('This token is not known.')).toBeTruthy();
    await user.clear(screen.getByLabelText('API token'));
    await user.type(screen.getByLabelText('API token'), 'good');
    await user.click(screen.getByRole('button', { name: 'Sign in with the token' }));
    expect(await screen.findByRole('heading', { name: 'Nothing is stored yet' })).toBeTruthy();
  });

  it('deletes a namespace only when its title was typed', async () => {
    manager.addSpace('precious');
    manager.signedIn = true;
    const user = await opened();
    await user.click(await screen.findByRole('button', { name: 'Actions of precious' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    const confirm = await screen.findByRole<HTMLButtonElement>('button', { name: 'Delete the namespace' });
    expect(confirm.disabled).toBe(true);
    await user.type(screen.getByRole('textbox'), 'precious');
    expect(confirm.disabled).toBe(false);
    await user.click(confirm);
    const [undo] = await screen.findAllByRole('button', { name: 'Undo: precious' });
    expect(manager.spaces.size).toBe(1);
    await waitFor(() => expect(document.activeElement).toBe(undo));
    await user.click(screen.getAllByRole('button', { name: 'Now: precious' })[0] as HTMLElement);
    await waitFor(() => expect(manager.spaces.size).toBe(0));
  });

  it('tells that a title is taken where it was typed', async () => {
    manager.addSpace('taken');
    manager.signedIn = true;
    const user = await opened();
    await user.click(await screen.findByRole('button', { name: 'New namespace' }));
    await user.type(await screen.findByLabelText('Title'), 'taken');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('A namespace has this title already.')).toBeTruthy();
  });

  it('goes back to signing in when the session ends, and keeps the address', async () => {
    manager.addSpace('one');
    manager.signedIn = true;
    const user = await opened();
    await user.click(await screen.findByRole('link', { name: 'Search' }));
    await waitFor(() => expect(location.pathname).toBe('/search'));
    await screen.findByRole('heading', { name: 'No key to show' });
    manager.signedIn = false;
    await user.type(await screen.findByRole('searchbox'), 'x');
    expect(await screen.findByRole('heading', { name: 'Sign in to Triport' })).toBeTruthy();
    expect(location.search).toContain('query=x');
  });
});
