/** IAM's condition keys, by which a policy can ask about a request. They are its policy variables as well. */

/** Values of a request by key, in lower case. What is not there, the request does not have. */
export type RequestKeys = ReadonlyMap<string, readonly string[]>;

const PRINCIPAL_TAG = 'aws:principaltag/';
const SEVERAL = 'cognito-identity.amazonaws.com:amr';
const SINGLE: readonly string[] = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:securetransport',
  'aws:sourceip',
  'cognito-identity.amazonaws.com:aud',
  'cognito-identity.amazonaws.com:sub',
  'lambda:functionurlauthtype',
  'lambda:invokedviafunctionurl',
];

/** The keys as IAM's documentation spells them, for errors. */
export const KEY_NAMES =
  'aws:SourceIp, aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalTag/NAME, aws:SecureTransport, ' +
  'cognito-identity.amazonaws.com:aud, :sub or :amr, lambda:FunctionUrlAuthType, lambda:InvokedViaFunctionUrl';

/** Whether a key, in lower case, may have several values. */
export const hasSeveralValues = (key: string): boolean => key === SEVERAL;

/** Whether a key, in lower case, is known here and has one value. */
export const isSingleKey = (key: string): boolean =>
  SINGLE.includes(key) || (key.startsWith(PRINCIPAL_TAG) && key.length > PRINCIPAL_TAG.length);

/** Whether a key, in lower case, is known here. */
export const isKnownKey = (key: string): boolean => isSingleKey(key) || hasSeveralValues(key);

/** The keys of a request. */
export interface KeySource {
  readonly accountId: string;
  /** `arn:aws:iam::ACCOUNT:role/NAME`. */
  readonly roleArn: string;
  readonly sourceIp: string;
  readonly identityId: string;
  readonly identityPoolId?: string | undefined;
  readonly amr?: readonly string[] | undefined;
  /** Tags of the session by name. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly isFunctionUrl: boolean;
}

/**
 * Makes the keys of a request.
 * @param source What is known of the request.
 */
export function requestKeys(source: KeySource): RequestKeys {
  const { identityPoolId, amr, tags = {} } = source;
  return new Map<string, readonly string[]>([
    ['aws:principalaccount', [source.accountId]],
    ['aws:principalarn', [source.roleArn]],
    ['aws:securetransport', ['true']], // as on AWS, where there is no other way in
    ['aws:sourceip', [source.sourceIp]],
    ['cognito-identity.amazonaws.com:sub', [source.identityId]],
    ...(identityPoolId === undefined ? [] : [['cognito-identity.amazonaws.com:aud', [identityPoolId]] as const]),
    ...(amr === undefined ? [] : [[SEVERAL, amr] as const]),
    ...(source.isFunctionUrl
      ? ([
          ['lambda:functionurlauthtype', ['AWS_IAM']],
          ['lambda:invokedviafunctionurl', ['true']],
        ] as const)
      : []),
    ...Object.entries(tags).map(([name, value]) => [PRINCIPAL_TAG + name.toLowerCase(), [value]] as const),
  ]);
}
