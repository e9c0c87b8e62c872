// Connections in a DynamoDB table.
import { DeleteItemCommand, DynamoDBClient, paginateQuery, PutItemCommand } from '@aws-sdk/client-dynamodb';

/** How long an item may stay whose connection's end nobody has told of, in seconds. API Gateway ends each after two hours. */
const LIFETIME = 3 * 3600;

/** Makes the store. The table's keys are `identityId` and `id`; `expiresAt` is the time at which DynamoDB deletes an item by itself. */
export function createAwsConnections(TableName) {
  const database = new DynamoDBClient({});

  return {
    of(identityId) {
      const key = (id) => ({ identityId: { S: identityId }, id: { S: id } });
      return {
        async list() {
          const connections = [];
          const query = {
            TableName,
            KeyConditionExpression: 'identityId = :user',
            ExpressionAttributeValues: { ':user': { S: identityId } },
            ConsistentRead: true, // whoever has connected before a change is told of it
          };
          for await (const { Items = [] } of paginateQuery({ client: database }, query)) {
            connections.push(...Items.map(({ id, connectedAt }) => ({ id: id.S, connectedAt: Number(connectedAt.N) })));
          }
          return connections;
        },
        async put({ id, connectedAt }) {
          const expiresAt = Math.ceil(connectedAt / 1000) + LIFETIME;
          const times = { connectedAt: { N: String(connectedAt) }, expiresAt: { N: String(expiresAt) } };
          await database.send(new PutItemCommand({ TableName, Item: { ...key(id), ...times } }));
        },
        async remove(id) {
          await database.send(new DeleteItemCommand({ TableName, Key: key(id) }));
        },
      };
    },
  };
}
