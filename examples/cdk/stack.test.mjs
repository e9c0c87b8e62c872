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
/** A text with the names of what it refers to, without what CDK adds to them: `${Api}/prod` of both templates. */
const textOf = (value) => {
  if (typeof value === 'string') return value;
  if ('Ref' in value) return `\${${nameOf(value.Ref)}}`;
  if ('Fn::GetAtt' in value) return `\${${nameOf(value['Fn::GetAtt'][0])}.${value['Fn::GetAtt'][1]}}`;
  return value['Fn::Join'][1].map(textOf).join('');
};
const nameOf = (id) => id.replace(/(?<!:)[0-9A-F]{8}$/, '');
/** The same of a text of the SAM template, where a bare name is one that is referred to. */
const sub = (value) => (/^[A-Za-z]+$/.test(value) ? `\${${value}}` : value);

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
      allowed: [statement.Action, statement.Effect, statement.Resource.map(textOf)],
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

test('routes of the WebSocket API: IAM for the request to connect, and the same selection', () => {
  const routesOf = (template) =>
    ofType(template, 'AWS::ApiGatewayV2::Route')
      .map(({ Properties }) => [Properties.RouteKey, Properties.AuthorizationType])
      .sort();
  assert.deepEqual(routesOf(cdk), routesOf(sam));
  assert.deepEqual(routesOf(sam)[0], ['$connect', 'AWS_IAM']);
  for (const [type, names] of [
    ['AWS::ApiGatewayV2::Api', ['ProtocolType', 'RouteSelectionExpression']],
    ['AWS::ApiGatewayV2::Stage', ['StageName', 'AutoDeploy']],
  ])
    assert.deepEqual(pick(only(cdk, type), names), pick(only(sam, type), names));
  const targetsOf = (template) => [
    ...new Set(
      ofType(template, 'AWS::ApiGatewayV2::Integration').map(({ Properties }) =>
        [Properties.IntegrationType, textOf(Properties.IntegrationUri)].join(' '),
      ),
    ),
  ];
  assert.deepEqual(targetsOf(cdk), targetsOf(sam));
});

test('the functions have the same code, settings and variables', () => {
  const names = ['Runtime', 'Timeout', 'MemorySize', 'Handler'];
  for (const id of ['NotesFunction', 'SocketFunction']) {
    const expected = { ...sam.Globals.Function, ...sam.Resources[id].Properties };
    const { Properties: made } = Object.entries(cdk.Resources).find(
      ([name, { Type }]) => Type === 'AWS::Lambda::Function' && nameOf(name) === id,
    )[1];
    assert.deepEqual(pick(made, names), pick(expected, names));
    const { ALLOWED_ORIGIN, ...others } = made.Environment.Variables;
    const { ALLOWED_ORIGIN: origin, ...wanted } = expected.Environment.Variables;
    assert.equal(ALLOWED_ORIGIN, origin && 'http://localhost:5173');
    assert.deepEqual(
      Object.fromEntries(Object.entries(others).map(([name, value]) => [name, textOf(value)])),
      Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, sub(value)])),
    );
  }
});

test('the notes function alone may tell connections, and no more than that', () => {
  const managed = (statements) => statements.filter(({ Action }) => Action === 'execute-api:ManageConnections');
  const policies = ofType(sam, 'AWS::Serverless::Function').flatMap(({ Properties }) => Properties.Policies);
  const expected = managed(policies.flatMap(({ Statement = [] }) => Statement));
  const made = ofType(cdk, 'AWS::IAM::Policy').flatMap(({ Properties }) =>
    managed(Properties.PolicyDocument.Statement).map((statement) => ({
      ...statement,
      role: nameOf(Properties.Roles[0].Ref),
    })),
  );
  assert.equal(expected.length, 1);
  assert.deepEqual(
    made.map(({ role, Effect, Resource }) => [role, Effect, textOf(Resource)]),
    [['NotesFunctionServiceRole', expected[0].Effect, expected[0].Resource]],
  );
});

test('the tables have the same keys, and connections an end', () => {
  for (const id of ['NotesTable', 'ConnectionsTable']) {
    const { Properties: made } = Object.entries(cdk.Resources).find(([name]) => nameOf(name) === id)[1];
    assert.deepEqual(made, sam.Resources[id].Properties);
  }
});

test('the outputs have the same names', () => {
  for (const name of Object.keys(sam.Outputs)) assert.ok(cdk.Outputs[name], name);
});
