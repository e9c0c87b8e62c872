import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import type { AccountProps } from './Auth.tsx';

export function LogIn(props: AccountProps & { readonly onSubmit: () => Promise<void> }) {
  const { email, setEmail, password, setPassword, problem, go, onSubmit } = props;
  return (
    <Card
      title="Log in"
      submit="Log in"
      submitting="Logging in …"
      onSubmit={() => onSubmit()}
      problem={problem}
      links={
        <>
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
        </>
      }
    >
      <Field label="E-mail" type="email" autoComplete="username" first value={email} onChange={setEmail} />
      <Field label="Password" type="password" autoComplete="current-password" value={password} onChange={setPassword} />
    </Card>
  );
}
