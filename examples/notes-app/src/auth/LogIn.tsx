import { localAccounts } from '../apig.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { useAction } from '../useAction.ts';
import type { AccountProps } from './Auth.tsx';
import { canUsePasskeys } from './passkeys.ts';

interface LogInProps extends AccountProps {
  readonly onSubmit: () => Promise<void>;
  /** Logs in with a passkey of the account whose address is typed in. */
  readonly onPasskey: () => Promise<void>;
}

export function LogIn(props: LogInProps) {
  const { email, setEmail, password, setPassword, problem, go, onSubmit, onPasskey } = props;
  const asking = useAction(async () => {
    if (email === '') throw new Error('Type in your e-mail address first.');
    await onPasskey();
  });
  return (
    <Card
      title="Log in"
      submit="Log in"
      submitting="Logging in …"
      onSubmit={() => onSubmit()}
      problem={problem}
      links={
        <>
          <ProblemNote problem={asking.problem} />
          {canUsePasskeys && (
            <Button look="link" busy={asking.busy && 'Waiting …'} onClick={asking.run}>
              Log in with a passkey
            </Button>
          )}
          <Button
            look="link"
            onClick={() => {
              go('signUp');
            }}
          >
            New here? Sign up
          </Button>
          <Button
            look="link"
            onClick={() => {
              go('forgot');
            }}
          >
            Forgot your password?
          </Button>
          {localAccounts.length > 0 && <LocalAccounts {...props} />}
        </>
      }
    >
      <Field label="E-mail" type="email" autoComplete="username" first value={email} onChange={setEmail} />
      <Field label="Password" type="password" autoComplete="current-password" value={password} onChange={setPassword} />
    </Card>
  );
}

/** With AWS on this machine, its accounts are no secret. */
function LocalAccounts({ setEmail, setPassword }: AccountProps) {
  return (
    <section className="accounts" aria-labelledby="accounts">
      <h2 id="accounts">Accounts of the local AWS</h2>
      <ul>
        {localAccounts.map(({ username, password }) => (
          <li key={username}>
            <Button
              look="link"
              label={`Use ${username}`}
              onClick={() => {
                setEmail(username);
                setPassword(password);
              }}
            >
              {username}
            </Button>{' '}
            <code>{password}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
