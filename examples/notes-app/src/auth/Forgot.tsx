import { useState } from 'react';
import { forgotPassword } from 'sigv4-client/apig';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import type { AccountProps } from './Auth.tsx';
import { PASSWORD_HINT } from './SignUp.tsx';

/** Asks for the code with which a new password can be set. */
export function Forgot({ email, setEmail, problem, go }: AccountProps) {
  return (
    <Card
      title="Forgot your password?"
      submit="Send me a code"
      submitting="Sending …"
      onSubmit={async () => {
        await forgotPassword(email);
        go('reset');
      }}
      problem={problem}
      links={<BackToLogIn go={go} />}
    >
      <Field label="E-mail" type="email" autoComplete="username" first value={email} onChange={setEmail} />
    </Card>
  );
}

interface ResetProps extends AccountProps {
  readonly onSubmit: (code: string, newPassword: string) => Promise<void>;
}

/** Sets a new password. */
export function Reset({ email, setPassword, problem, go, onSubmit }: ResetProps) {
  const [code, setCode] = useState('');
  const [newPassword, setNewPassword] = useState('');
  return (
    <Card
      title="Set a new password"
      submit="Set password"
      submitting="Setting password …"
      onSubmit={async () => {
        setPassword(newPassword);
        await onSubmit(code.trim(), newPassword);
      }}
      problem={problem}
      links={<BackToLogIn go={go} />}
    >
      <p>A code was sent to {email}.</p>
      <Field label="Code" autoComplete="one-time-code" first value={code} onChange={setCode} />
      <Field
        label="New password"
        type="password"
        autoComplete="new-password"
        hint={PASSWORD_HINT}
        value={newPassword}
        onChange={setNewPassword}
      />
    </Card>
  );
}

function BackToLogIn({ go }: Pick<AccountProps, 'go'>) {
  return (
    <Button
      look="link"
      onClick={() => {
        go('logIn');
      }}
    >
      Back to log in
    </Button>
  );
}
