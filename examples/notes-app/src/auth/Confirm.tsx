import { useState } from 'react';
import { resendConfirmationCode } from 'sigv4-client/apig';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { useAction } from '../useAction.ts';
import type { AccountProps } from './Auth.tsx';

export function Confirm(props: AccountProps & { readonly onSubmit: (code: string) => Promise<void> }) {
  const { email, problem, go, onSubmit } = props;
  const [code, setCode] = useState('');
  const [sentTo, setSentTo] = useState('');
  const resend = useAction(async () => {
    setSentTo('');
    const { destination } = await resendConfirmationCode(email);
    setSentTo(destination ?? email);
  });
  return (
    <Card
      title="Confirm your e-mail address"
      submit="Confirm"
      submitting="Confirming …"
      onSubmit={() => onSubmit(code.trim())}
      problem={problem}
      links={
        <>
          <Button look="link" busy={resend.busy && 'Sending …'} onClick={resend.run}>
            Send a new code
          </Button>
          <Button
            look="link"
            onClick={() => {
              go('logIn');
            }}
          >
            Back to log in
          </Button>
          <p role="status">{sentTo && `A new code is on its way to ${sentTo}.`}</p>
          <ProblemNote problem={resend.problem} />
        </>
      }
    >
      <p>A code was sent to {email}. Type it in here.</p>
      <Field label="Code" autoComplete="one-time-code" first value={code} onChange={setCode} />
    </Card>
  );
}
