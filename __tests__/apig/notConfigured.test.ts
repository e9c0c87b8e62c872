/** The functions of the default instance before `configure`: in a file of their own, since there is one instance a file. */
import * as withAwsSdk from '../../src/apig/invokeApig';
import * as withoutSdk from '../../src/apig/index';

const { signUp, login, logout, signOutUser, getUserToken, getAwsCredentials, invokeApig } = withoutSdk;
const { getCurrentUser, getSession, onSessionChange } = withoutSdk;
const { confirmSignUp, resendConfirmationCode, forgotPassword, resetPassword, changePassword } = withAwsSdk;
const [username, password] = ['user@example.com', 'Passw0rd!'];

test.each<[string, () => Promise<unknown>]>([
  ['invokeApig', () => invokeApig({ path: '/notes' })],
  ['login', () => login(username, password)],
  ['logout', () => logout()],
  ['logout', () => signOutUser()],
  ['getUserToken', () => getUserToken()],
  ['getAwsCredentials', () => getAwsCredentials()],
  ['signUp', () => signUp(username, password)],
  ['confirmSignUp', () => confirmSignUp(username, '123456')],
  ['resendConfirmationCode', () => resendConfirmationCode(username)],
  ['forgotPassword', () => forgotPassword(username)],
  ['resetPassword', () => resetPassword(username, '123456', password)],
  ['changePassword', () => changePassword(password, password)],
])('%s rejects', async (name, run) => {
  await expect(run()).rejects.toMatchObject({
    name: 'AuthError',
    code: 'NotConfigured',
    message: expect.stringContaining(`${name} was called before configure`) as string,
  });
});

test.each<[string, () => unknown]>([
  ['getCurrentUser', () => getCurrentUser()],
  ['getSession', () => getSession()],
  ['onSessionChange', () => onSessionChange(() => undefined)],
])('%s throws', (_name, call) => {
  expect(call).toThrow(expect.objectContaining({ code: 'NotConfigured' }) as Error);
});
