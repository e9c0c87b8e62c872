/** What an administrator does with groups, by AWS SDK v3's own client. */
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { client, group, here, named, now } from '../../support/administratorHarness';
import { refusal } from '../../support/userPoolHarness';

describe('groups', () => {
  test('are made, shown, changed and deleted', async () => {
    const details = { Description: 'those who edit', RoleArn: 'arn:aws:iam::123456789012:role/editor', Precedence: 2 };
    const { Group } = await client.send(new sdk.CreateGroupCommand({ ...group('editors'), ...details }));
    const dates = { CreationDate: now, LastModifiedDate: now };
    expect(Group).toEqual({ ...group('editors'), ...details, ...dates });
    expect((await client.send(new sdk.GetGroupCommand(group('editors')))).Group).toEqual(Group);
    await client.send(new sdk.UpdateGroupCommand({ ...group('editors'), Precedence: 0 }));
    expect((await client.send(new sdk.GetGroupCommand(group('editors')))).Group).toEqual({ ...Group, Precedence: 0 });
    await client.send(new sdk.CreateGroupCommand(group('others')));
    const { Groups } = await client.send(new sdk.ListGroupsCommand(here()));
    expect(Groups!.map(({ GroupName }) => GroupName)).toEqual(['editors', 'others']);
    await client.send(new sdk.DeleteGroupCommand(group('others')));
    expect(await refusal(client.send(new sdk.GetGroupCommand(group('others'))))).toBe(
      'ResourceNotFoundException: Group not found.',
    );
  });

  test('have members, who leave them, also by being deleted', async () => {
    for (const name of ['editors', 'readers']) await client.send(new sdk.CreateGroupCommand(group(name)));
    const names = ['first@example.com', 'second@example.com'];
    for (const name of names) {
      await client.send(new sdk.AdminAddUserToGroupCommand({ ...named(name), GroupName: 'editors' }));
    }
    await client.send(new sdk.AdminAddUserToGroupCommand({ ...named(names[0]!), GroupName: 'readers' }));
    const membersOf = async (name: string) =>
      (await client.send(new sdk.ListUsersInGroupCommand(group(name)))).Users!.map(
        ({ Attributes }) => Attributes!.find(({ Name }) => Name === 'email')!.Value,
      );
    const groupsOf = async (name: string) =>
      (await client.send(new sdk.AdminListGroupsForUserCommand(named(name)))).Groups!.map((one) => one.GroupName);
    expect(await membersOf('editors')).toEqual(names);
    expect(await groupsOf(names[0]!)).toEqual(['editors', 'readers']);
    await client.send(new sdk.AdminRemoveUserFromGroupCommand({ ...named(names[0]!), GroupName: 'editors' }));
    expect(await membersOf('editors')).toEqual([names[1]]);
    await client.send(new sdk.AdminDeleteUserCommand(named(names[1]!)));
    expect(await membersOf('editors')).toEqual([]);
    await client.send(new sdk.DeleteGroupCommand(group('readers')));
    expect(await groupsOf(names[0]!)).toEqual([]);
  });

  test('stand in the order of their precedence', async () => {
    for (const [name, Precedence] of [
      ['last', undefined],
      ['second', 7],
      ['first', 0],
    ] as const) {
      await client.send(new sdk.CreateGroupCommand({ ...group(name), Precedence }));
      await client.send(new sdk.AdminAddUserToGroupCommand({ ...named('first@example.com'), GroupName: name }));
    }
    const { Groups } = await client.send(new sdk.AdminListGroupsForUserCommand(named('first@example.com')));
    expect(Groups!.map(({ GroupName }) => GroupName)).toEqual(['first', 'second', 'last']);
  });

  test.each<[string, object, string]>([
    ['a name twice', { GroupName: 'taken' }, 'GroupExistsException: A group with the name already exists.'],
    ['a name with a space', { GroupName: 'a b' }, 'InvalidParameterException: Invalid group name.'],
    [
      'no whole precedence',
      { GroupName: 'a', Precedence: -1 },
      'InvalidParameterException: Precedence: a whole number from 0',
    ],
  ])('%s is refused', async (_, input, refused) => {
    await client.send(new sdk.CreateGroupCommand(group('taken')));
    const create = new sdk.CreateGroupCommand({ ...here(), ...input } as sdk.CreateGroupCommandInput);
    expect(await refusal(client.send(create))).toBe(refused);
  });

  test('nobody joins one that is not there, and nobody who is not there joins one', async () => {
    const join = new sdk.AdminAddUserToGroupCommand({ ...named('first@example.com'), GroupName: 'none' });
    expect(await refusal(client.send(join))).toMatch(/^ResourceNotFoundException/);
    await client.send(new sdk.CreateGroupCommand(group('editors')));
    const nobody = new sdk.AdminAddUserToGroupCommand({ ...named('nobody'), GroupName: 'editors' });
    expect(await refusal(client.send(nobody))).toMatch(/^UserNotFoundException/);
  });
});
