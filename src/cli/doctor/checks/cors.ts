/** Where CORS is set up for a REST API and for an HTTP API. */
import { isHttpApi, SIGNED_HEADERS } from '../api.js';
import type { Api } from '../api.js';
import type { Answer } from '../prober.js';
import type { Fix } from '../types.js';

/** An HTTP API has one setting for preflights and refusals. */
function httpApiCors({ id, origin, method }: Api): Fix {
  const headers = SIGNED_HEADERS.join(',');
  return {
    where: `API Gateway → APIs → ${id} → CORS: origin ${origin}, headers ${headers}, method ${method}`,
    command: `aws apigatewayv2 update-api --api-id ${id} --cors-configuration AllowOrigins=${origin},AllowHeaders=${headers},AllowMethods=${method}`,
    template: `AWS::Serverless::HttpApi: { CorsConfiguration: { AllowOrigins: ['${origin}'], AllowHeaders: [${headers}], AllowMethods: [${method}] } }`,
  };
}

/** Where a preflight's answer is set. */
export function preflightFix(api: Api, answer: Answer): Fix {
  if (isHttpApi(answer)) return httpApiCors(api);
  const { id, origin, method } = api;
  const headers = SIGNED_HEADERS.join(',');
  return {
    where: `API Gateway → APIs → ${id} → Resources → the path → Enable CORS: OPTIONS without authorization, origin ${origin}, headers ${headers}, method ${method}; then Deploy API`,
    template: `AWS::Serverless::Api: { Cors: { AllowOrigin: "'${origin}'", AllowHeaders: "'${headers}'", AllowMethods: "'${method},OPTIONS'" }, Auth: { AddDefaultAuthorizerToCorsPreflight: false } }`,
  };
}

/** Where the headers of refusals are set. */
export function refusalsFix(api: Api, answer: Answer): Fix {
  if (isHttpApi(answer)) return httpApiCors(api);
  const { id, origin } = api;
  const exposed = 'Date,x-amzn-ErrorType,x-amzn-RequestId';
  const parameters = JSON.stringify({
    'gatewayresponse.header.Access-Control-Allow-Origin': `'${origin}'`,
    'gatewayresponse.header.Access-Control-Expose-Headers': `'${exposed}'`,
  });
  return {
    where: `API Gateway → APIs → ${id} → Gateway responses → Default 4XX (and Default 5XX) → Edit → Response headers: Access-Control-Allow-Origin '${origin}', Access-Control-Expose-Headers '${exposed}'; then Deploy API`,
    command: `aws apigateway put-gateway-response --rest-api-id ${id} --response-type DEFAULT_4XX --response-parameters '${parameters.replaceAll("'", "'\\''")}'`,
    template: `AWS::Serverless::Api: { GatewayResponses: { DEFAULT_4XX: { ResponseParameters: { Headers: { Access-Control-Allow-Origin: "'${origin}'", Access-Control-Expose-Headers: "'${exposed}'" } } } } }`,
  };
}
