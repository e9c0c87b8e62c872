/** Accounts: sign-up, confirming, passwords, attributes, and users that an administrator creates. */
import { randomInt } from 'node:crypto';
import type { StoredUser } from './storedUser.js';
import type { DeliveryDetails } from './codes.js';
import { AwsJsonError } from '../http/index.js';
import { invalidParameter, notAuthorized, userNotFound } from './errors.js';
import type { Fields, Operation, Pool } from './state.js';
import { attributeList, clientOf, text } from './state.js';
import { attributeOf, withAttributes } from './users.js';

type Contact = DeliveryDetails['AttributeName'];

const signUp: Operation = async (pool, request) => {
  await clientOf(pool, request);
  const password = text(request, 'Password');
  pool.users.checkPassword(password, 'Password did not conform with policy');
  const attributes = attributeList(request, 'UserAttributes').filter(
    ({ Name }) => Name !== 'sub' && !Name.endsWith('_verified'),
  );
  const username = text(request, 'Username');
  const user = await pool.users.create({ username, password, attributes, status: 'UNCONFIRMED' });
  const contact = contactOf(user);
  return {
    UserConfirmed: false,
    UserSub: attributeOf(user, 'sub'),
    ...(contact === undefined ? {} : { CodeDeliveryDetails: pool.codes.send(user, 'SIGN_UP', contact) }),
  };
};

const confirmSignUp: Operation = async (pool, request) => {
  const user = await clientsUser(pool, request);
  if (user.UserStatus !== 'UNCONFIRMED') {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.UserStatus}`);
  }
  pool.codes.use(user, 'SIGN_UP', text(request, 'ConfirmationCode'));
  await pool.users.update(user, { UserStatus: 'CONFIRMED', Attributes: verified(user, contactOf(user)) });
  return {};
};

const resendConfirmationCode: Operation = async (pool, request) => {
  const user = await clientsUser(pool, request);
  if (user.UserStatus !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.');
  const contact = contactOf(user);
  if (contact === undefined) throw invalidParameter('Cannot resend codes. Auto verification not turned on.');
  return { CodeDeliveryDetails: pool.codes.send(user, 'SIGN_UP', contact) };
};

const forgotPassword: Operation = async (pool, request) => {
  const user = await clientsUser(pool, request);
  return { CodeDeliveryDetails: sendResetCode(pool, user) };
};

const confirmForgotPassword: Operation = async (pool, request) => {
  const user = await clientsUser(pool, request);
  const password = text(request, 'Password');
  const code = text(request, 'ConfirmationCode');
  pool.users.checkPassword(password);
  pool.codes.use(user, 'FORGOT_PASSWORD', code);
  await pool.users.update(user, { Password: password, UserStatus: 'CONFIRMED' });
  return {};
};

const changePassword: Operation = async (pool, request) => {
  const user = await tokensUser(pool, request);
  const proposed = text(request, 'ProposedPassword');
  if (text(request, 'PreviousPassword') !== user.Password) throw notAuthorized('Incorrect username or password.');
  pool.users.checkPassword(proposed);
  await pool.users.update(user, { Password: proposed });
  return {};
};

const updateUserAttributes: Operation = async (pool, request) => {
  const user = await tokensUser(pool, request);
  const attributes = attributeList(request, 'UserAttributes');
  await pool.users.checkAliases(user, attributes);
  // cognito-local checks the schema and marks a new address as not verified.
  await pool.cognito.run('UpdateUserAttributes', request);
  const changed = await pool.users.get(user.Username);
  const CodeDeliveryDetailsList = (['email', 'phone_number'] as const)
    .filter((name) => attributes.some(({ Name }) => Name === name))
    .map((name) => sendVerification(pool, changed, name));
  return { CodeDeliveryDetailsList };
};

const getUserAttributeVerificationCode: Operation = async (pool, request) => {
  const user = await tokensUser(pool, request);
  const contact = contactNamed(request);
  if (attributeOf(user, contact) === undefined) {
    throw invalidParameter(`User does not have an attribute ${contact} to verify.`);
  }
  return { CodeDeliveryDetails: sendVerification(pool, user, contact) };
};

const verifyUserAttribute: Operation = async (pool, request) => {
  const user = await tokensUser(pool, request);
  const contact = contactNamed(request);
  pool.codes.use(user, contact === 'email' ? 'VERIFY_EMAIL' : 'VERIFY_PHONE_NUMBER', text(request, 'Code'));
  await pool.users.update(user, { Attributes: verified(user, contact) });
  return {};
};

const adminCreateUser: Operation = async (pool, request) => {
  const username = text(request, 'Username');
  const isResend = request.MessageAction === 'RESEND';
  const password = request.TemporaryPassword === undefined ? temporaryPassword() : text(request, 'TemporaryPassword');
  pool.users.checkPassword(password);
  const attributes = attributeList(request, 'UserAttributes');
  const user = isResend
    ? await pool.users.update(await pool.users.get(username), { Password: password })
    : await pool.users.create({ username, password, attributes, status: 'FORCE_CHANGE_PASSWORD' });
  const contact = contactOf(user);
  if (request.MessageAction !== 'SUPPRESS' && contact !== undefined) {
    pool.codes.send(user, 'TEMPORARY_PASSWORD', contact, password);
  }
  const { Username, Attributes, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate } = user;
  return { User: { Username, Attributes, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate } };
};

const adminSetUserPassword: Operation = async (pool, request) => {
  const user = await pool.users.get(text(request, 'Username'));
  const password = text(request, 'Password');
  pool.users.checkPassword(password);
  const status = request.Permanent === true ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
  await pool.users.update(user, { Password: password, UserStatus: status });
  return {};
};

const adminResetUserPassword: Operation = async (pool, request) => {
  const user = await pool.users.get(text(request, 'Username'));
  sendResetCode(pool, user);
  await pool.users.update(user, { UserStatus: 'RESET_REQUIRED' });
  return {};
};

/** The operations of this file by their names on the wire. */
export const accountOperations: Readonly<Record<string, Operation>> = {
  SignUp: signUp,
  ConfirmSignUp: confirmSignUp,
  ResendConfirmationCode: resendConfirmationCode,
  ForgotPassword: forgotPassword,
  ConfirmForgotPassword: confirmForgotPassword,
  ChangePassword: changePassword,
  UpdateUserAttributes: updateUserAttributes,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  VerifyUserAttribute: verifyUserAttribute,
  AdminCreateUser: adminCreateUser,
  AdminSetUserPassword: adminSetUserPassword,
  AdminResetUserPassword: adminResetUserPassword,
};

/**
 * The user whom a request's access token belongs to.
 *
 * @throws AwsJsonError
 */
export async function tokensUser(pool: Pool, request: Fields): Promise<StoredUser> {
  const { username } = pool.tokens.readAccessToken(text(request, 'AccessToken'));
  return pool.users.get(username);
}

/** The user whom a request of an app client names. */
async function clientsUser(pool: Pool, request: Fields): Promise<StoredUser> {
  await clientOf(pool, request);
  const user = await pool.users.find(text(request, 'Username'));
  if (user === undefined) throw userNotFound();
  return user;
}

/** Where messages to a user go: by e-mail if they have an address, else by SMS. */
function contactOf(user: StoredUser): Contact | undefined {
  return (['email', 'phone_number'] as const).find((name) => attributeOf(user, name) !== undefined);
}

function contactNamed(request: Fields): Contact {
  const name = text(request, 'AttributeName');
  if (name !== 'email' && name !== 'phone_number') throw invalidParameter(`Attribute ${name} cannot be verified.`);
  return name;
}

function verified(user: StoredUser, contact: Contact | undefined): StoredUser['Attributes'] {
  return contact === undefined ? user.Attributes : withAttributes(user, { Name: `${contact}_verified`, Value: 'true' });
}

function sendVerification(pool: Pool, user: StoredUser, contact: Contact): DeliveryDetails {
  return pool.codes.send(user, contact === 'email' ? 'VERIFY_EMAIL' : 'VERIFY_PHONE_NUMBER', contact);
}

function sendResetCode(pool: Pool, user: StoredUser): DeliveryDetails {
  if (!user.Enabled) throw notAuthorized('User is disabled.');
  if (user.UserStatus === 'FORCE_CHANGE_PASSWORD') {
    throw notAuthorized('User password cannot be reset in the current state.');
  }
  const contact = (['email', 'phone_number'] as const).find((name) => attributeOf(user, `${name}_verified`) === 'true');
  if (contact === undefined) {
    throw new AwsJsonError(
      'InvalidParameterException',
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  return pool.codes.send(user, 'FORGOT_PASSWORD', contact);
}

/** Random, with a character of each kind. */
function temporaryPassword(): string {
  const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!#$%&*+-=?'];
  return Array.from({ length: 12 }, (_, i) => kinds[i % kinds.length]!)
    .map((kind) => kind[randomInt(kind.length)]!)
    .join('');
}
