/** The stack that CDK makes says the same as the notes app's SAM template, about all that the page on AWS set-up names. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const folder = fileURLToPath(new URL('.', import.meta.url));
const out = mkdtempSync(join(tmpdir(), 'notes-stack-'));
after(() => rmSync(out, { recursive: true }));
execFileSync(process.execPath, ['--import', 'tsx', 'app.ts'], {
  cwd: folder,
  env: { ...process.env, CDK_OUTDIR: out },
});
const cdk = JSON.parse(readFileSync(join(out, 'Notes.template.json'), 'utf8'));

/** `!Ref X`, `!GetAtt X.Y` and `!Sub …`, as text is all that is compared. */
const tags = [
  ...['!Ref', '!GetAtt', '!Sub'].map((tag) => ({ tag, resolve: (text) => text })),
  ...['!Select', '!Split'].map((tag) => ({ tag, collection: 'seq', resolve: (list) => list.toJSON() })),
];
const sam = parse(readFileSync(join(folder, '../notes-app/backend/template.yaml'), 'utf8'), { customTags: tags });

const ofType = (template, type) => Object.values(template.Resources).filter((resource) => resource.Type === type);
const only = (template, type) => {
  const found = ofType(template, type);
  assert.equal(found.length, 1, `one ${type}`);
  return found[0].Properties;
};
const pick = (object, names) => Object.fromEntries(names.map((name) => [name, object[name]]));
// What stands behind the id of the API in the ARN of a path.
const pathOf = (arn) => (typeof arn === 'string' ? arn.replace(/^.*\$\{Api\}/, '') : arn['Fn::Join'][1].at(-1));

test('the app client has no secret, and the same flows and rotation', () => {
  const names = ['GenerateSecret', 'ExplicitAuthFlows', 'PreventUserExistenceErrors', 'RefreshTokenRotation'];
  const type = 'AWS::Cognito::UserPoolClient';
  assert.deepEqual(pick(only(cdk, type), names), pick(only(sam, type), names));
});

test('the user pool takes addresses as user names, verifies them, and lets users log in with passkeys of the page', () => {
  const names = ['UsernameAttributes', 'AutoVerifiedAttributes', 'Policies', 'WebAuthnUserVerification'];
  const { WebAuthnRelyingPartyID, ...expected } = only(sam, 'AWS::Cognito::UserPool');
  const made = only(cdk, 'AWS::Cognito::UserPool');
  assert.deepEqual(pick(made, names), expected);
  assert.equal(made.WebAuthnRelyingPartyID, 'localhost');
  assert.equal(select(WebAuthnRelyingPartyID, 'http://localhost:5173'), 'localhost');
});

/** `[i, [separator, text]]` as CloudFormation's Select and Split read it, one in the other. */
const select = (value, origin) => {
  if (!Array.isArray(value)) return value === 'AllowedOrigin' ? origin : value;
  const [first, second] = value.map((part) => select(part, origin));
  return typeof first === 'number' ? second[first] : second.split(first);
};

test("the users' role is trusted by the identity pool, and may call the same paths", () => {
  const roleOf = (template) =>
    ofType(template, 'AWS::IAM::Role')
      .map(({ Properties }) => Properties)
      .find(({ Policies }) => Policies?.[0].PolicyName === 'call-the-notes-api');
  const facts = ({ AssumeRolePolicyDocument: trust, Policies: [policy] }) => {
    const [{ Action, Effect, Principal, Condition }] = trust.Statement;
    const [statement] = policy.PolicyDocument.Statement;
    return {
      trust: { Action, Effect, Principal, amr: Condition['ForAnyValue:StringLike'] },
      aud: Object.keys(Condition.StringEquals),
      allowed: [statement.Action, statement.Effect, statement.Resource.map(pathOf)],
    };
  };
  assert.deepEqual(facts(roleOf(cdk)), facts(roleOf(sam)));
});

test('refusals bring the same CORS headers', () => {
  const expected = sam.Resources.Api.Properties.GatewayResponses;
  const found = ofType(cdk, 'AWS::ApiGateway::GatewayResponse').map(({ Properties }) => Properties);
  assert.deepEqual(found.map(({ ResponseType }) => ResponseType).sort(), Object.keys(expected).sort());
  for (const { ResponseType, ResponseParameters } of found) {
    for (const [name, value] of Object.entries(expected[ResponseType].ResponseParameters.Headers)) {
      const origin = value.replace('${AllowedOrigin}', 'http://localhost:5173');
      assert.equal(ResponseParameters[`gatewayresponse.header.${name}`], origin);
    }
  }
});

test('every method but OPTIONS wants a signature, and preflights allow the same', () => {
  const methods = ofType(cdk, 'AWS::ApiGateway::Method').map(({ Properties }) => Properties);
  const { AllowHeaders, AllowMethods, MaxAge } = sam.Resources.Api.Properties.Cors;
  assert.deepEqual([...new Set(methods.map(({ HttpMethod }) => HttpMethod))].sort(), ['ANY', 'OPTIONS']);
  for (const { HttpMethod, AuthorizationType, Integration } of methods) {
    assert.equal(AuthorizationType, HttpMethod === 'OPTIONS' ? 'NONE' : 'AWS_IAM');
    if (HttpMethod !== 'OPTIONS') continue;
    const sent = Integration.IntegrationResponses[0].ResponseParameters;
    const header = (name) => sent[`method.response.header.Access-Control-${name}`];
    assert.deepEqual(
      [header('Allow-Headers'), header('Allow-Methods'), header('Max-Age')],
      [AllowHeaders, AllowMethods, MaxAge],
    );
  }
});

test('the outputs have the same names', () => {
  for (const name of Object.keys(sam.Outputs)) assert.ok(cdk.Outputs[name], name);
});
