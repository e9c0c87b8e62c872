import { useState } from 'react';
import type { MfaKind } from 'sigv4-client/apig';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import type { Question } from './questions.ts';
import { PASSWORD_HINT } from './SignUp.tsx';

const TITLES = {
  NEW_PASSWORD_REQUIRED: 'Choose a new password',
  SMS_MFA: 'Type in the code',
  SOFTWARE_TOKEN_MFA: 'Type in the code',
  EMAIL_OTP: 'Type in the code',
  SMS_OTP: 'Type in the code',
  SELECT_MFA_TYPE: 'How do you want to get your code?',
  MFA_SETUP: 'Set up your authenticator app',
};

const WAYS: Record<MfaKind, string> = {
  SMS_MFA: 'By text message',
  SOFTWARE_TOKEN_MFA: 'From my authenticator app',
  EMAIL_OTP: 'By e-mail',
};

/** A question of the user pool's during a login, with a place for the answer. */
export function Challenge({ question: { challenge, answer, cancel } }: { question: Question }) {
  const [text, setText] = useState<string>(challenge.name === 'SELECT_MFA_TYPE' ? (challenge.choices[0] ?? '') : '');
  const [attributes, setAttributes] = useState<Readonly<Record<string, string>>>({});
  return (
    <Card
      title={TITLES[challenge.name]}
      submit="Continue"
      submitting="Checking …"
      onSubmit={() => {
        answer({ text: challenge.name === 'NEW_PASSWORD_REQUIRED' ? text : text.trim(), attributes });
        return new Promise(() => undefined); // busy until the next question, or the end of the login, takes this one's place
      }}
      links={
        <Button look="link" onClick={cancel}>
          Cancel
        </Button>
      }
    >
      {challenge.name === 'NEW_PASSWORD_REQUIRED' && (
        <>
          <p>Your password was a temporary one.</p>
          <Field
            label="New password"
            type="password"
            autoComplete="new-password"
            hint={PASSWORD_HINT}
            first
            value={text}
            onChange={setText}
          />
          {challenge.requiredAttributes.map((name) => (
            <Field
              key={name}
              label={name}
              value={attributes[name] ?? ''}
              onChange={(value) => {
                setAttributes({ ...attributes, [name]: value });
              }}
            />
          ))}
        </>
      )}
      {challenge.name === 'SELECT_MFA_TYPE' && (
        <fieldset>
          <legend className="hidden">{TITLES.SELECT_MFA_TYPE}</legend>
          {challenge.choices.map((choice, index) => (
            <label key={choice} className="choice">
              <input
                type="radio"
                name="way"
                autoFocus={index === 0}
                checked={text === choice}
                onChange={() => {
                  setText(choice);
                }}
              />
              {WAYS[choice]}
            </label>
          ))}
        </fieldset>
      )}
      {challenge.name === 'MFA_SETUP' && (
        <p>
          Add an account with this key to your authenticator app, then type in the code it shows:{' '}
          <code className="secret">{challenge.secretCode}</code>
        </p>
      )}
      {'destination' in challenge && challenge.name !== 'SOFTWARE_TOKEN_MFA' && (
        <p>A code was sent to {challenge.destination ?? 'you'}.</p>
      )}
      {challenge.name === 'SOFTWARE_TOKEN_MFA' && <p>Your authenticator app shows it.</p>}
      {('destination' in challenge || challenge.name === 'MFA_SETUP') && (
        <Field label="Code" autoComplete="one-time-code" first value={text} onChange={setText} />
      )}
    </Card>
  );
}
