/** The AWS side of the notes app, as ../notes-app/backend/template.yaml has it for SAM. */
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** What the stack wants to know. */
export interface NotesStackProps extends StackProps {
  /** Where the app's page comes from, such as `http://localhost:5173`. No slash at the end. */
  readonly allowedOrigin: string;
}

/** The functions' code: `npm install` there brings what they need beside AWS's own clients. */
const BACKEND = '../notes-app/backend';

/** A WebSocket API and its stage. */
interface SocketApi {
  readonly api: apigatewayv2.WebSocketApi;
  readonly stage: apigatewayv2.WebSocketStage;
}

/** Users, their credentials, an API that they may call, where it keeps their notes, and a WebSocket API that tells of changes. */
export class NotesStack extends Stack {
  constructor(scope: Construct, id: string, { allowedOrigin, ...props }: NotesStackProps) {
    super(scope, id, props);
    const { userPool, client, identityPool } = this.addUsers(allowedOrigin);
    const connections = this.addTable('ConnectionsTable', 'expiresAt');
    const socket = this.addSocketApi(connections);
    const api = this.addApi(allowedOrigin, connections, socket);
    this.allowCalls(identityPool, [
      ...['/notes', '/notes/*'].map((path) => api.arnForExecuteApi('*', path, 'prod')),
      socket.api.arnForExecuteApiV2('$connect', 'prod'),
    ]);
    const outputs = {
      REGION: this.region,
      USERPOOLID: userPool.userPoolId,
      APPCLIENTID: client.userPoolClientId,
      IDENTITYPOOLID: identityPool.ref,
      URL: api.urlForPath().replace(/\/$/, ''),
      WEBSOCKETURL: socket.stage.url,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  /** The user pool, its app client without a secret, and the identity pool that trusts them. */
  private addUsers(allowedOrigin: string) {
    const userPool = new cognito.UserPool(this, 'UserPool', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
      passkeyRelyingPartyId: new URL(allowedOrigin).hostname,
      passkeyUserVerification: cognito.PasskeyUserVerification.PREFERRED,
    });
    const client = userPool.addClient('AppClient', {
      generateSecret: false, // a page cannot keep one
      authFlows: { userSrp: true, user: true }, // a password alone, or a passkey as well
      preventUserExistenceErrors: true,
      refreshTokenRotationGracePeriod: Duration.seconds(60), // two tabs may renew at once
      disableOAuth: true,
    });
    const identityPool = new cognito.CfnIdentityPool(this, 'IdentityPool', {
      allowUnauthenticatedIdentities: false,
      cognitoIdentityProviders: [{ clientId: client.userPoolClientId, providerName: userPool.userPoolProviderName }],
    });
    return { userPool, client, identityPool };
  }

  /** A table in which each user has items of their own. */
  private addTable(id: string, timeToLiveAttribute?: string): dynamodb.Table {
    return new dynamodb.Table(this, id, {
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      partitionKey: { name: 'identityId', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute,
    });
  }

  /** One of the functions of handler.mjs. */
  private addFunction(id: string, handler: string, environment: Record<string, string>): lambda.Function {
    const runtime = lambda.Runtime.NODEJS_22_X;
    const code = lambda.Code.fromAsset(BACKEND);
    return new lambda.Function(this, id, {
      ...{ runtime, code, handler, environment },
      ...{ timeout: Duration.seconds(10), memorySize: 256 },
    });
  }

  /** A WebSocket API with IAM authorization on `$connect`, whose function keeps who is connected. */
  private addSocketApi(connections: dynamodb.Table): SocketApi {
    const keeper = this.addFunction('SocketFunction', 'handler.socket', { CONNECTIONS_TABLE: connections.tableName });
    connections.grantReadWriteData(keeper);
    const route = (id: string) => ({ integration: new WebSocketLambdaIntegration(id, keeper) });
    const api = new apigatewayv2.WebSocketApi(this, 'SocketApi', {
      connectRouteOptions: { ...route('Connect'), authorizer: new WebSocketIamAuthorizer() }, // for the whole of the connection
      disconnectRouteOptions: route('Disconnect'),
    });
    // What the page sends after nine idle minutes, since API Gateway ends a connection after ten.
    api.addRoute('keepAlive', route('KeepAlive'));
    const options = { webSocketApi: api, stageName: 'prod', autoDeploy: true };
    return { api, stage: new apigatewayv2.WebSocketStage(this, 'SocketStage', options) };
  }

  /** A REST API with IAM authorization, CORS for the page, and refusals that the page can read. Its function tells of changes. */
  private addApi(allowedOrigin: string, connections: dynamodb.Table, socket: SocketApi): apigateway.RestApi {
    const table = this.addTable('NotesTable');
    const bucket = new s3.Bucket(this, 'FilesBucket', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL });
    const notes = this.addFunction('NotesFunction', 'handler.handler', {
      NOTES_TABLE: table.tableName,
      FILES_BUCKET: bucket.bucketName,
      ALLOWED_ORIGIN: allowedOrigin,
      CONNECTIONS_TABLE: connections.tableName,
      AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: socket.stage.callbackUrl,
    });
    table.grantReadWriteData(notes);
    bucket.grantReadWrite(notes);
    connections.grantReadWriteData(notes);
    notes.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['execute-api:ManageConnections'],
        resources: [socket.api.arnForExecuteApiV2('POST/@connections/*', 'prod')],
      }),
    );

    const api = new apigateway.RestApi(this, 'Api', {
      deployOptions: { stageName: 'prod' },
      binaryMediaTypes: ['*/*'], // files come and go as bytes
      defaultIntegration: new apigateway.LambdaIntegration(notes),
      defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.IAM },
      defaultCorsPreflightOptions: {
        allowOrigins: [allowedOrigin],
        allowMethods: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'],
        allowHeaders: ['Authorization', 'Content-Type', 'X-Amz-Date', 'X-Amz-Security-Token'],
        maxAge: Duration.minutes(10),
      },
    });
    const collection = api.root.addResource('notes');
    const note = collection.addResource('{id}');
    for (const resource of [collection, note, note.addResource('file')]) resource.addMethod('ANY');
    // Without these headers a refused signature looks like a network failure, and the app cannot say why.
    for (const type of [apigateway.ResponseType.DEFAULT_4XX, apigateway.ResponseType.DEFAULT_5XX]) {
      api.addGatewayResponse(type.responseType, {
        type,
        responseHeaders: {
          'Access-Control-Allow-Origin': `'${allowedOrigin}'`,
          'Access-Control-Expose-Headers': "'Date,x-amzn-ErrorType,x-amzn-RequestId'",
        },
      });
    }
    return api;
  }

  /** The role of users who are logged in: it may call the notes API, connect to the WebSocket API, and nothing else. */
  private allowCalls(identityPool: cognito.CfnIdentityPool, resources: string[]): void {
    const conditions = {
      StringEquals: { 'cognito-identity.amazonaws.com:aud': identityPool.ref },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
    };
    const userRole = new iam.Role(this, 'UserRole', {
      assumedBy: new iam.WebIdentityPrincipal('cognito-identity.amazonaws.com', conditions),
      inlinePolicies: {
        'call-the-notes-api': new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({ actions: ['execute-api:Invoke'], resources })],
        }),
      },
    });
    new cognito.CfnIdentityPoolRoleAttachment(this, 'IdentityPoolRoles', {
      identityPoolId: identityPool.ref,
      roles: { authenticated: userRole.roleArn },
    });
  }
}
