/** Refusals of S3. */
import type { Explanation } from '../../../util/index.js';
import type { Answer, Signed } from '../../read/index.js';
import type { ServiceTexts } from './types.js';

function explain({ type }: Answer, { place, words }: Signed): Explanation | undefined {
  if (type === 'XAmzContentSHA256Mismatch') {
    return {
      code: 'BodyChanged',
      cause: 'The body that arrived is not the one whose hash was signed (x-amz-content-sha256).',
      difference: 'the payload hash: signed for another body than the one that arrived',
      advice:
        'Send the body as it was signed; or leave it out of the signature: state the header x-amz-content-sha256 with UNSIGNED-PAYLOAD before signing.',
    };
  }
  if (type !== 'AccessDenied') return undefined;
  if (place === 'none') {
    return {
      code: 'NotSigned',
      cause: 'The request was not signed, and the bucket lets no anonymous caller do this.',
      difference: 'the header authorization: missing in what was sent',
      advice: `${words.sign} Or fetch a presigned URL.`,
    };
  }
  return {
    code: 'NotAuthorized',
    cause:
      'The signature is good, but S3 does not let this caller do it; its answer does not say which policy stands in the way.',
    advice:
      "Check, in this order: (1) a policy of the caller's role allows the action (s3:GetObject, s3:PutObject …) on arn:aws:s3:::BUCKET/KEY; (2) for an object that may not exist, s3:ListBucket on arn:aws:s3:::BUCKET, without which S3 answers 403 in place of 404; (3) the bucket's policy does not deny it (encryption or a VPC endpoint that it asks for), and names the caller where it is of another account; (4) where the object is encrypted with a KMS key, the key's policy allows kms:Decrypt or kms:GenerateDataKey.",
  };
}

export const s3: ServiceTexts = {
  explain,
  whereAllowed: "The bucket's policy and, for encrypted objects, the KMS key's have to allow it as well.",
  cors: 'Add a CORS rule to the bucket: AllowedOrigins with the origin of your page, AllowedMethods with the method, and AllowedHeaders with',
};
