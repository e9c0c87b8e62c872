import { useState } from 'react';
import { logout, registerPasskey } from 'sigv4-client/apig';
import type { SessionInfo } from 'sigv4-client/apig';
import { apig } from './apig.ts';
import { Auth } from './auth/Auth.tsx';
import { canUsePasskeys } from './auth/passkeys.ts';
import { Notes } from './notes/Notes.tsx';
import { nameOf, useSession } from './session.ts';
import { Button } from './ui/Button.tsx';
import { ProblemNote } from './ui/ProblemNote.tsx';
import { StatusNote } from './ui/StatusNote.tsx';
import { useAction } from './useAction.ts';
import { describe } from './words.ts';

/** Which screen there is depends on who is logged in. */
export function App() {
  const { session, reason } = useSession();
  return (
    <>
      <Header session={session} />
      {session ? <Notes key={session.username} /> : <Auth problem={reason && describe(reason)} />}
    </>
  );
}

function Header({ session }: { session: SessionInfo | null }) {
  return (
    <header>
      <span className="brand">Notes</span>
      {session && <Account key={session.username} session={session} />}
    </header>
  );
}

function Account({ session }: { session: SessionInfo }) {
  const [status, setStatus] = useState('');
  const leaving = useAction(() => logout());
  const registering = useAction(async () => {
    await registerPasskey(apig);
    setStatus('Passkey saved. You can log in with it from now on.');
  });
  return (
    <>
      <span className="user">{nameOf(session)}</span>
      {canUsePasskeys && (
        <Button busy={registering.busy && 'Waiting …'} onClick={registering.run}>
          Add a passkey
        </Button>
      )}
      <Button busy={leaving.busy && 'Logging out …'} onClick={leaving.run}>
        Log out
      </Button>
      <StatusNote text={status} />
      <ProblemNote problem={leaving.problem ?? registering.problem} />
    </>
  );
}
