/** Refusals of S3, which come with what S3 saw, in elements beside the words. */
import { explain } from '../../../../src/explain/index';
import { newClient } from '../../../../src/sigv4';
import { date, sha256 } from '../../../support/awsTexts';
import { containing, keys, read, signFor, xml } from '../../../support/serviceRefusals';

describe('S3 says what it saw in elements of its own', () => {
  const text = '{"text":"a & b"}';
  const signed = signFor('bucket.s3.eu-west-1.amazonaws.com', 's3', '/key?x=1', text);
  /** As S3 answers a signature that does not match, for another query than the one that was signed. */
  function mismatch(change: (canonical: string) => string, region = 'eu-west-1'): string {
    const headers = new Map(
      Object.entries(signed.headers as Record<string, string>).map(([k, v]) => [k.toLowerCase(), v]),
    );
    const names = /SignedHeaders=([^,]+)/.exec(headers.get('authorization')!)![1]!.split(';');
    const lines = names.map(
      (name) => `${name}:${name === 'host' ? 'bucket.s3.eu-west-1.amazonaws.com' : headers.get(name)!}`,
    );
    const canonical = change(['POST', '/key', 'x=1', ...lines, '', names.join(';'), sha256(text)].join('\n'));
    const toSign = `AWS4-HMAC-SHA256\n20240501T120000Z\n20240501/${region}/s3/aws4_request\n${sha256(canonical)}`;
    const escape = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    const message =
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
    const elements = `<StringToSign>${toSign}</StringToSign><CanonicalRequest>${escape(canonical)}</CanonicalRequest>`;
    return xml('SignatureDoesNotMatch', message, elements);
  }

  it('the line that differs is named', () => {
    const body = mismatch((canonical) => canonical.replace('\nx=1\n', '\nx=1&y=2\n'));
    expect(read(signed, { body })).toMatchObject({ code: 'QueryChanged', difference: containing('y') });
  });

  it('the scope, where that differs', () => {
    expect(read(signed, { body: mismatch((canonical) => canonical, 'eu-west-3') })).toMatchObject({
      code: 'AuthorizationChanged',
      difference:
        'the credential scope: signed as "20240501/eu-west-1/s3/aws4_request", arrived as "20240501/eu-west-3/s3/aws4_request"',
    });
  });

  it('where none does, the secret key is wrong', () => {
    expect(read(signed, { body: mismatch((canonical) => canonical) })).toMatchObject({ code: 'WrongSecretKey' });
  });

  it('the region that it expects', () => {
    const message = "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-west-2'";
    expect(
      read(signed, { status: 400, body: xml('AuthorizationHeaderMalformed', message, '<Region>us-west-2</Region>') }),
    ).toEqual({
      code: 'WrongRegion',
      cause: "The request was signed for another region than the gateway's.",
      difference: 'the region in the credential scope: signed for "eu-west-1", but expected is "us-west-2"',
      advice: "Pass 'us-west-2' as region.",
    });
  });

  it('that a link has expired', () => {
    const url = newClient({ ...keys, endpoint: 'https://bucket.s3.eu-west-1.amazonaws.com' }).presignUrl({
      path: '/key',
      date,
      expiresIn: 60,
    });
    const headers = { date: 'Wed, 01 May 2024 12:03:00 GMT' };
    const refusal = {
      status: 403,
      headers,
      body: xml('AccessDenied', 'Request has expired', '<Expires>2024-05-01T12:01:00Z</Expires>'),
    };
    expect(explain(refusal, { url })).toMatchObject({
      code: 'PresignedUrlExpired',
      cause: 'The presigned URL was valid for 1 minute and expired 2 minutes ago.',
    });
    // Of a request that is no link, it says that something else has expired, which is not known.
    expect(explain(refusal, signed)?.code).toBe('NotAuthorized');
  });
});
