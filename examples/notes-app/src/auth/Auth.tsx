import { useState } from 'react';
import { AuthError, confirmSignUp, getPasskey, login, resetPassword, signUp } from 'sigv4-client/apig';
import { describe } from '../words.ts';
import type { Problem } from '../words.ts';
import { Challenge } from './Challenge.tsx';
import { Confirm } from './Confirm.tsx';
import { Forgot, Reset } from './Forgot.tsx';
import { LogIn } from './LogIn.tsx';
import { LoginCancelled, useQuestions } from './questions.ts';
import { SignUp } from './SignUp.tsx';

type View = 'logIn' | 'signUp' | 'confirm' | 'forgot' | 'reset';

interface AuthProps {
  /** Why the user is here, where a session has ended. */
  readonly problem?: Problem | undefined;
}

/** Everything before the notes: from signing up to being let in. */
export function Auth({ problem: reason }: AuthProps) {
  const [view, setView] = useState<View>('logIn');
  const [problem, setProblem] = useState(reason);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const questions = useQuestions();

  function go(to: View, why?: Problem) {
    setView(to);
    setProblem(why);
  }

  async function logIn(withPassword: string | undefined, callbacks = questions.callbacks): Promise<void> {
    setProblem(undefined);
    try {
      await login(email, withPassword, callbacks); // and App shows the notes, since the session has changed
    } catch (error) {
      if (error instanceof LoginCancelled) return;
      const isUnconfirmed = error instanceof AuthError && error.code === 'UserNotConfirmed';
      go(isUnconfirmed ? 'confirm' : 'logIn', describe(error));
    } finally {
      questions.close();
    }
  }

  if (questions.question) {
    return <Challenge key={questions.question.challenge.name} question={questions.question} />;
  }
  const account = { email, setEmail, password, setPassword, problem, go };
  switch (view) {
    case 'logIn':
      return (
        <LogIn
          {...account}
          onSubmit={() => logIn(password)}
          onPasskey={() => logIn(undefined, { passkey: getPasskey })}
        />
      );
    case 'signUp':
      return (
        <SignUp
          {...account}
          onSubmit={async () => {
            const { userConfirmed } = await signUp(email, password, { email });
            if (userConfirmed) await logIn(password);
            else go('confirm');
          }}
        />
      );
    case 'confirm':
      return (
        <Confirm
          {...account}
          onSubmit={async (code) => {
            await confirmSignUp(email, code);
            await logIn(password);
          }}
        />
      );
    case 'forgot':
      return <Forgot {...account} />;
    case 'reset':
      return (
        <Reset
          {...account}
          onSubmit={async (code, newPassword) => {
            await resetPassword(email, code, newPassword);
            await logIn(newPassword);
          }}
        />
      );
  }
}

/** What the forms share. */
export interface AccountProps {
  readonly email: string;
  readonly setEmail: (email: string) => void;
  readonly password: string;
  readonly setPassword: (password: string) => void;
  readonly problem: Problem | undefined;
  readonly go: (to: View) => void;
}
