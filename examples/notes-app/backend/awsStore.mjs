// Notes in a DynamoDB table, their files in an S3 bucket. Lambda's Node.js brings these clients along: nothing is to be packed.
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** The fields of a note, all of them texts. */
const FIELDS = ['id', 'content', 'attachment', 'createdAt', 'updatedAt'];

/** Makes the store. The table's keys are `identityId` and `id`; a file's key is `identityId/id`. */
export function createAwsStore({ table: TableName, bucket }) {
  const database = new DynamoDBClient({});
  // An S3 of one's own, which these clients read from the environment, has no host for each bucket.
  const storage = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined });

  return {
    of(identityId) {
      const key = (id) => ({ identityId: { S: identityId }, id: { S: id } });
      const place = (id) => ({ Bucket: bucket, Key: `${identityId}/${id}` });
      return {
        async list() {
          const notes = [];
          const query = {
            TableName,
            KeyConditionExpression: 'identityId = :user',
            ExpressionAttributeValues: { ':user': { S: identityId } },
            ConsistentRead: true, // a page that is told of a change reads at once
          };
          for await (const { Items = [] } of paginateQuery({ client: database }, query)) notes.push(...Items.map(read));
          return notes.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
        },
        async get(id) {
          const { Item } = await database.send(new GetItemCommand({ TableName, Key: key(id), ConsistentRead: true }));
          return Item && read(Item);
        },
        async put(note) {
          const fields = FIELDS.filter((name) => note[name] !== undefined).map((name) => [name, { S: note[name] }]);
          const Item = { ...Object.fromEntries(fields), ...key(note.id) };
          await database.send(new PutItemCommand({ TableName, Item }));
        },
        async remove(id) {
          await storage.send(new DeleteObjectCommand(place(id)));
          await database.send(new DeleteItemCommand({ TableName, Key: key(id) }));
        },
        async getFile(id) {
          try {
            const { Body, ContentType } = await storage.send(new GetObjectCommand(place(id)));
            return { bytes: await Body.transformToByteArray(), type: ContentType };
          } catch (error) {
            if (error.name === 'NoSuchKey') return undefined;
            throw error;
          }
        },
        async putFile(id, { bytes, type }) {
          await storage.send(new PutObjectCommand({ ...place(id), Body: bytes, ContentType: type }));
        },
      };
    },
  };
}

/** A note of the table's item. */
const read = (item) =>
  Object.fromEntries(FIELDS.filter((name) => item[name] !== undefined).map((name) => [name, item[name].S]));
