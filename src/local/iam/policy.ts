/** A policy as it is written, in IAM's own shape. */

/** Conditions: the keys and values that an operator compares, by the operator's name. */
export type PolicyConditions = Readonly<
  Record<string, Readonly<Record<string, string | boolean | readonly (string | boolean)[]>>>
>;

/** Whom a statement of a resource policy is about: everyone, or roles, their sessions, accounts and AWS's services. */
export type PolicyPrincipal =
  | '*'
  | {
      /** The ARN of a role or of its session, an account's number or ARN, or `*`. */
      readonly AWS?: string | readonly string[];
      /** An AWS service, such as `cloudfront.amazonaws.com`: none ever calls here. */
      readonly Service?: string | readonly string[];
    };

/** One statement, in IAM's own shape. */
export interface PolicyStatement {
  /** A name for the statement; of no effect. */
  readonly Sid?: string;
  /** What it does to the calls that match. */
  readonly Effect: 'Allow' | 'Deny';
  /** Whom it is about: in a resource policy alone. */
  readonly Principal?: PolicyPrincipal;
  /** `execute-api:Invoke`, `execute-api:*` or `*`; of a function URL, `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`. */
  readonly Action: string | readonly string[];
  /**
   * `arn:aws:execute-api:region:account:apiId/stage/METHOD/path`, its short form `execute-api:/stage/METHOD/path`,
   * `arn:aws:lambda:region:account:function:name`, or `*`. `*` stands for any text, `?` for any character,
   * `${cognito-identity.amazonaws.com:sub}` for the caller's identity id; `${*}`, `${?}` and `${$}` for those characters themselves.
   */
  readonly Resource: string | readonly string[];
  /**
   * What else has to hold, such as `{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }`. Operators: `StringEquals`, `StringLike` and their
   * kin, `ArnLike`, `ArnEquals`, `IpAddress`, `Bool`, `Null`, with `Not`, `ForAnyValue:`, `ForAllValues:` and `IfExists`. Keys:
   * `aws:SourceIp`, `aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:PrincipalTag/…`, `aws:SecureTransport`,
   * `cognito-identity.amazonaws.com:aud`, `:sub` and `:amr`, `lambda:FunctionUrlAuthType`, `lambda:InvokedViaFunctionUrl`.
   */
  readonly Condition?: PolicyConditions;
}

/** Who may call what: an IAM policy. */
export interface Policy {
  /** The policy language's: the older one, which IAM takes where there is none, has no variables. */
  readonly Version?: '2012-10-17' | '2008-10-17';
  /** A name for the policy; of no effect. */
  readonly Id?: string;
  /** A Deny goes before any Allow; without an Allow nothing is allowed. */
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}
