import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import type { AccountProps } from './Auth.tsx';

/** What user pools ask of a password unless they are told otherwise. */
export const PASSWORD_HINT = 'At least 8 characters: upper and lower case, a digit and a symbol.';

export function SignUp(props: AccountProps & { readonly onSubmit: () => Promise<void> }) {
  const { email, setEmail, password, setPassword, problem, go, onSubmit } = props;
  return (
    <Card
      title="Sign up"
      submit="Sign up"
      submitting="Signing up …"
      onSubmit={onSubmit}
      problem={problem}
      links={
        <Button
          look="link"
          onClick={() => {
            go('logIn');
          }}
        >
          Have an account? Log in
        </Button>
      }
    >
      <Field label="E-mail" type="email" autoComplete="username" first value={email} onChange={setEmail} />
      <Field
        label="Password"
        type="password"
        autoComplete="new-password"
        hint={PASSWORD_HINT}
        value={password}
        onChange={setPassword}
      />
    </Card>
  );
}
