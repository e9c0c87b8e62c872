/** The call that `sigv4-client doctor` makes: what the policy says of it, and what it is signed for. */
import { startLocalAws } from '../../../../src/local';
import { run, write } from '../../../support/cliHarness';
import { examine, findingsOf, SIGNED_IN, withUser } from '../../../support/doctorHarness';

jest.setTimeout(60_000);

test('a refusal by the policy is explained, with the statement that is missing', async () => {
  const policy = {
    Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/*/GET/notes' },
  } as const;
  const roles = { authenticated: 'Writers' };
  const options = { apiGateway: { policy }, identityPool: { roles } };
  const ended = await examine(options, ['/notes/1', '-X', 'DELETE', '--json', ...SIGNED_IN]);
  const [fault, ...others] = findingsOf(ended).filter(({ status }) => status === 'fault');
  expect([ended.code, others]).toEqual([1, []]);
  expect(fault).toMatchObject({ check: 'policy', code: 'NotAuthorized' });
  expect(fault!.fix!.command).toContain('--role-name Writers ');
  const document = /'({.*})'/.exec(fault!.fix!.command!)![1]!;
  // As a policy of the local gateway itself, which checks its form, it lets the call through.
  const cured = {
    apiGateway: { policy: JSON.parse(document.replaceAll(':*:', ':123456789012:')) as typeof policy },
    identityPool: { roles },
  };
  expect((await examine(cured, ['/notes/1', '-X', 'DELETE', ...SIGNED_IN])).code).toBe(0);
});

test('a function URL is called under the service and the region that are stated', async () => {
  const apiGateway = { frontend: 'functionUrl', handler: () => new Response('hello') } as const;
  const aws = await startLocalAws(withUser({ region: 'eu-west-1', apiGateway }));
  try {
    write('aws.json', JSON.stringify(aws.config));
    const keys = aws.store.issue({ identityId: 'eu-west-1:00000000-0000-0000-0000-000000000000', authenticated: true });
    const keyed = ['--access-key', keys.accessKeyId, '--secret-key', keys.secretAccessKey, '--session-token'];
    const policyFor = async (...args: string[]) =>
      findingsOf(await run(['doctor', `${aws.apiGateway.url}/`, '--json', ...args])).filter(
        ({ check }) => check === 'policy',
      );
    const signers = [
      [...keyed, keys.sessionToken],
      ['--config', 'aws.json', ...SIGNED_IN],
    ];
    for (const signer of signers) {
      const stated = ['--service', 'lambda', '--region', 'eu-west-1'];
      expect(await policyFor(...signer, ...stated)).toMatchObject([{ status: 'ok' }]);
      expect(await policyFor(...signer, '--service', 'es', '--region', 'eu-west-1')).toMatchObject([
        { code: 'WrongService', fix: { where: 'Pass --service lambda.' } },
      ]);
      expect(await policyFor(...signer, '--service', 'lambda', '--region', 'us-east-1')).toMatchObject([
        { code: 'WrongRegion' },
      ]);
    }
  } finally {
    await aws.stop();
  }
});
