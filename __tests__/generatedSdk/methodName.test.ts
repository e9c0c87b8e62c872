import { methodName } from '../../src/generatedSdk/methodName';
import type { Verb } from '../../src/generatedSdk/methodName';

// Seen in clients that API Gateway has generated, which are public on GitHub.
const GENERATED: readonly [path: string, verb: Verb, name: string][] = [
  ['/', 'get', 'rootGet'],
  ['/', 'options', 'rootOptions'],
  ['/getuser', 'get', 'getuserGet'],
  ['/getAllEvents', 'post', 'getAllEventsPost'],
  ['/calendar/create-event', 'post', 'calendarCreateEventPost'],
  ['/get-track-info-by-tag', 'get', 'getTrackInfoByTagGet'],
  ['/get_bookings', 'get', 'getBookingsGet'],
  ['/api_1/{bucket}', 'get', 'api1BucketGet'],
  ['/v1/export/containers', 'get', 'v1ExportContainersGet'],
  ['/tipo/{tipo_name}/{id}', 'put', 'tipoTipoNameIdPut'],
  ['/api/v1/users/update/stepsThreshold/{idCaregiver}', 'options', 'apiV1UsersUpdateStepsThresholdIdCaregiverOptions'],
  ['/cnb-svc/types/{typeId}', 'delete', 'cnbSvcTypesTypeIdDelete'],
  ['/{proxy+}', 'options', 'proxyOptions'],
  ['/admin-proxy/{proxy+}', 'options', 'adminProxyProxyOptions'],
  ['/auth-svc/api-docs/{proxy+}', 'get', 'authSvcApiDocsProxyGet'],
  ['/{united_search+}', 'get', 'unitedSearchGet'],
];

test.each(GENERATED)('%s, %s: %s', (path, verb, name) => {
  expect(methodName(path, verb)).toBe(name);
});

test('a first word in upper case loses that of its first letter, as every name begins small', () => {
  expect(methodName('/Users/{UserId}', 'get')).toBe('usersUserIdGet');
});
