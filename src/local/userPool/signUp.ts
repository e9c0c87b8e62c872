/** Signing up, and confirming it. */
import { clientOf, proofOf } from './appClients.js';
import { checkAttributes } from './attributes.js';
import type { DeliveryDetails } from './codes.js';
import { contactOf, simulatedDelivery } from './contacts.js';
import { attemptLimitExceeded, invalidParameter, notAuthorized } from './errors.js';
import { namedUser } from './requestUsers.js';
import type { Operation } from './state.js';
import { attributeList, newUsername, text } from './state.js';
import { idOf } from './users.js';

const signUp: Operation = (pool, request) => {
  clientOf(pool, request, proofOf(request));
  const username = newUsername(request);
  const password = text(request, 'Password');
  pool.users.checkPassword(password, 'Password did not conform with policy');
  const attributes = attributeList(request, 'UserAttributes');
  checkAttributes(attributes, pool.store.schema, 'SignUp');
  const user = pool.users.create({ username, password, attributes, status: 'UNCONFIRMED' });
  const contact = contactOf(user);
  return {
    UserConfirmed: false,
    UserSub: idOf(user),
    ...(contact === undefined ? {} : { CodeDeliveryDetails: pool.codes.send(user, 'SIGN_UP', contact) }),
  };
};

const confirmSignUp: Operation = (pool, request) => {
  const { user, subject } = namedUser(pool, request);
  const code = text(request, 'ConfirmationCode');
  if (user?.UserStatus !== 'UNCONFIRMED') {
    if (pool.preventUserExistenceErrors) pool.codes.refuse(subject, 'SIGN_UP', pool.attempts.codes);
    throw notAuthorized(`User cannot be confirmed. Current status is ${user?.UserStatus ?? 'UNKNOWN'}`);
  }
  const contact = pool.codes.use(user, 'SIGN_UP', code, pool.attempts.codes);
  pool.users.verify(user, contact, { UserStatus: 'CONFIRMED' });
  return {};
};

const resendConfirmationCode: Operation = (pool, request) => {
  const { name, user, subject } = namedUser(pool, request);
  const isHiding = pool.preventUserExistenceErrors;
  if (pool.attempts.sending.isLocked(subject)) throw attemptLimitExceeded();
  pool.attempts.sending.count(subject);
  const contact = user === undefined ? undefined : contactOf(user);
  const isWaiting = user?.UserStatus === 'UNCONFIRMED' && (user.Enabled || !isHiding);
  if (isWaiting && contact !== undefined) {
    return { CodeDeliveryDetails: pool.codes.send(user, 'SIGN_UP', contact) };
  }
  if (isHiding) {
    pool.codes.simulate(subject, 'SIGN_UP');
    const CodeDeliveryDetails: DeliveryDetails = simulatedDelivery(pool, name, user);
    return { CodeDeliveryDetails };
  }
  throw invalidParameter(
    isWaiting ? 'Cannot resend codes. Auto verification not turned on.' : 'User is already confirmed.',
  );
};

/** The operations of this file by their names on the wire. */
export const signUpOperations: Readonly<Record<string, Operation>> = {
  SignUp: signUp,
  ConfirmSignUp: confirmSignUp,
  ResendConfirmationCode: resendConfirmationCode,
};
