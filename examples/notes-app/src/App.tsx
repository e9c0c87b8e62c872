import { useCallback, useEffect, useState } from 'react';
import { logout } from 'sigv4-client/apig';
import { Auth } from './auth/Auth.tsx';
import { Notes } from './notes/Notes.tsx';
import { endsSession, loadUser, watchOtherTabs } from './session.ts';
import type { User } from './session.ts';
import { Button } from './ui/Button.tsx';
import { ProblemNote } from './ui/ProblemNote.tsx';
import { SessionEndContext, useAction } from './useAction.ts';
import { describe } from './words.ts';
import type { Problem } from './words.ts';

type State =
  | { readonly at: 'start' }
  | { readonly at: 'failure'; readonly problem: Problem }
  | { readonly at: 'door'; readonly problem?: Problem }
  | { readonly at: 'notes'; readonly user: User };

/** Which screen there is depends on who is logged in. */
export function App() {
  const [state, setState] = useState<State>({ at: 'start' });

  const load = useCallback(() => {
    try {
      const user = loadUser();
      setState(user ? { at: 'notes', user } : { at: 'door' });
    } catch (error) {
      setState({ at: endsSession(error) ? 'door' : 'failure', problem: describe(error) });
    }
  }, []);
  const endSession = useCallback((problem: Problem) => {
    setState({ at: 'door', problem });
  }, []);

  useEffect(() => {
    load();
    return watchOtherTabs(load);
  }, [load]);
  const user = state.at === 'notes' ? state.user : undefined;

  return (
    <SessionEndContext value={endSession}>
      <Header
        user={user}
        onLogout={() => {
          setState({ at: 'door' });
        }}
      />
      {state.at === 'start' && <p className="starting">One moment …</p>}
      {state.at === 'failure' && (
        <main className="card">
          <ProblemNote problem={state.problem} />
          <Button onClick={load}>Try again</Button>
        </main>
      )}
      {state.at === 'door' && <Auth problem={state.problem} onLogin={load} />}
      {state.at === 'notes' && <Notes key={state.user.username} />}
    </SessionEndContext>
  );
}

function Header({ user, onLogout }: { user: User | undefined; onLogout: () => void }) {
  const leaving = useAction(async () => {
    await logout();
    onLogout();
  });
  return (
    <header>
      <span className="brand">Notes</span>
      {user && (
        <>
          <span className="user">{user.name}</span>
          <Button busy={leaving.busy && 'Logging out …'} onClick={leaving.run}>
            Log out
          </Button>
        </>
      )}
    </header>
  );
}
