import { useMemo, useState } from 'react';
import type {
  CodeChallenge,
  LoginCallbacks,
  MfaKind,
  NewPasswordChallenge,
  SelectMfaChallenge,
  SetupTotpChallenge,
} from 'sigv4-client/apig';

type Challenge = NewPasswordChallenge | CodeChallenge | SelectMfaChallenge | SetupTotpChallenge;

/** What the user types or chooses; attributes where a new account must have some. */
export interface Answer {
  readonly text: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Something the user pool wants to know before it lets the user in. */
export interface Question {
  readonly challenge: Challenge;
  readonly answer: (answer: Answer) => void;
  readonly cancel: () => void;
}

/** The user does not want to log in after all. */
export class LoginCancelled extends Error {}

/** Turns the callbacks of `login` into a question to show: each callback waits until the user has answered. */
export function useQuestions() {
  const [question, setQuestion] = useState<Question>();
  const callbacks = useMemo<LoginCallbacks>(() => {
    const ask = (challenge: Challenge) =>
      new Promise<Answer>((answer, reject) => {
        const cancel = () => {
          reject(new LoginCancelled());
        };
        setQuestion({ challenge, answer, cancel });
      });
    const askText = async (challenge: Challenge) => (await ask(challenge)).text;
    return {
      newPassword: async (challenge) => {
        const { text, attributes = {} } = await ask(challenge);
        return { newPassword: text, attributes };
      },
      mfaCode: askText,
      totpCode: askText,
      setupTotp: askText,
      selectMfa: async (challenge) => (await askText(challenge)) as MfaKind,
    };
  }, []);
  const close = () => {
    setQuestion(undefined);
  };
  return { question, callbacks, close };
}
