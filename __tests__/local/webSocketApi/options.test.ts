import { start } from '../../support/webSocketHarness';

it('names the route whose file is missing', async () => {
  const refused = start({ routes: { $connect: () => Promise.resolve({ statusCode: 200 }), say: 'missing.mjs' } });
  await expect(refused).rejects.toMatchObject({
    code: 'InvalidOption',
    message: expect.stringMatching(/^routes\["say"\]\.file: .*missing\.mjs does not exist$/) as string,
  });
});
