/** The users of a pool: finding, creating and changing them, and the password policy. */
import { randomUUID } from 'node:crypto';
import type { PasswordPolicy } from './types.js';
import type { PoolStore } from './poolStore.js';
import type { Attribute, StoredGroup, StoredUser } from './stored.js';
import { AwsJsonError } from '../http/index.js';
import type { Clock } from '../options/index.js';
import { invalidParameter, userNotFound } from './errors.js';
import { UserPassword } from './userPassword.js';

/** A user about to be created. */
export interface NewUser {
  readonly username: string;
  readonly password: string;
  readonly attributes: readonly Attribute[];
  readonly status: StoredUser['UserStatus'];
  /** Whether another user may have the same address, as users of the options may. Default false. */
  readonly mayShareAddress?: boolean;
}

/** The characters that Cognito counts as symbols. */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** The value of a user's attribute. */
export function attributeOf(user: StoredUser, name: string): string | undefined {
  return user.Attributes.find((attribute) => attribute.Name === name)?.Value;
}

/** The user's `sub`, which no other user has, not even a later one with the same name. */
export function idOf(user: StoredUser): string {
  return attributeOf(user, 'sub') ?? user.Username;
}

const ADDRESSES = ['email', 'phone_number'] as const;

/**
 * Every name that a user can be found by, in lower case; the first is the pool's own. Addresses are among them once they are
 * verified: anyone can state any.
 */
export function namesOf(user: StoredUser): string[] {
  const addresses = ADDRESSES.map((name) => {
    const address = attributeOf(user, name);
    const isTheirs = address === user.signUpAddress || attributeOf(user, `${name}_verified`) === 'true';
    return isTheirs ? address : undefined;
  });
  const names = [user.Username, attributeOf(user, 'sub'), ...addresses];
  return names.filter((name) => name !== undefined).map((name) => name.toLowerCase());
}

/** The attribute whose value a login name is, if it is an e-mail address or a phone number. */
export function aliasOf(username: string): 'email' | 'phone_number' | undefined {
  if (username.includes('@')) return 'email';
  return /^\+\d+$/.test(username) ? 'phone_number' : undefined;
}

/** A user's attributes, with some changed. */
function withAttributes(user: StoredUser, ...changed: Attribute[]): Attribute[] {
  const names = new Set(changed.map(({ Name }) => Name));
  return [...user.Attributes.filter(({ Name }) => !names.has(Name)), ...changed];
}

/**
 * A user's attributes after an update: those with an empty value are removed, and a new address is not verified unless the update
 * says so.
 */
export function updatedAttributes(user: StoredUser, changed: readonly Attribute[]): Attribute[] {
  const flags = ADDRESSES.filter((name) => changed.some(({ Name }) => Name === name))
    .map((name) => ({ Name: `${name}_verified`, Value: 'false' }))
    .filter((flag) => !changed.some(({ Name }) => Name === flag.Name));
  const updated = withAttributes(user, ...changed, ...flags);
  return withoutAttributes(
    updated,
    changed.filter(({ Value }) => Value === '').map(({ Name }) => Name),
  );
}

/** Attributes without the named ones. Together with an address, the flag that says whether it is verified is removed. */
export function withoutAttributes(attributes: readonly Attribute[], names: readonly string[]): Attribute[] {
  const gone = new Set(names.flatMap((name) => [name, `${name}_verified`]));
  return attributes.filter(({ Name }) => !gone.has(Name));
}

/**
 * The users of a pool. Names and addresses match in any case, as in pools that AWS's console makes. All methods are synchronous, so
 * that no name is given twice and no change is lost.
 */
export class UserDirectory {
  readonly #store: PoolStore;
  readonly #now: Clock;
  readonly #policy: PasswordPolicy;

  constructor(store: PoolStore, now: Clock, policy: PasswordPolicy) {
    this.#store = store;
    this.#now = now;
    this.#policy = policy;
  }

  /** Finds a user by name, `sub`, or an address that is theirs. */
  find(name: string): StoredUser | undefined {
    const wanted = name.toLowerCase();
    const users = [...this.#store.users.values()];
    return (
      users.find((user) => user.Username.toLowerCase() === wanted) ??
      users.find((user) => namesOf(user).includes(wanted))
    );
  }

  /**
   * Finds a user.
   *
   * @throws AwsJsonError UserNotFoundException
   */
  get(name: string): StoredUser {
    const user = this.find(name);
    if (user === undefined) throw userNotFound();
    return user;
  }

  /**
   * Creates a user. Whoever signs in with an e-mail address or phone number gets a UUID for a name, as on AWS.
   *
   * @throws AwsJsonError UsernameExistsException, also where another user has one of the addresses
   */
  create({ username, password, attributes, status, mayShareAddress = false }: NewUser): StoredUser {
    const alias = aliasOf(username);
    if (this.find(username) !== undefined) {
      throw new AwsJsonError(
        'UsernameExistsException',
        alias === undefined ? 'User already exists' : `An account with the given ${alias} already exists.`,
      );
    }
    for (const { Name, Value } of attributes) {
      if (mayShareAddress || Name === alias || !isAddress(Name) || this.find(Value) === undefined) continue;
      throw new AwsJsonError('UsernameExistsException', `An account with the given ${Name} already exists.`);
    }
    const sub = attributes.find(({ Name }) => Name === 'sub')?.Value ?? randomUUID();
    const given = attributes.filter(({ Name }) => Name !== 'sub' && Name !== alias);
    const user: StoredUser = {
      Username: alias === undefined ? username : sub,
      Password: new UserPassword(password),
      Attributes: [
        { Name: 'sub', Value: sub },
        ...(alias === undefined ? [] : [{ Name: alias, Value: username }]),
        ...given,
      ],
      ...(alias === undefined ? {} : { signUpAddress: username }),
      Enabled: true,
      UserStatus: status,
      UserCreateDate: this.#now(),
      UserLastModifiedDate: this.#now(),
    };
    this.#store.users.set(user.Username, user);
    return user;
  }

  /**
   * Saves what changes of a user and returns the changed one. What has changed otherwise since the user was read stays so.
   *
   * @throws AwsJsonError UserNotFoundException when the user has been deleted since
   */
  update(user: StoredUser, changes: Partial<StoredUser>): StoredUser {
    const present = this.#store.users.get(user.Username);
    if (present === undefined || idOf(present) !== idOf(user)) throw userNotFound();
    const changed = { ...present, ...changes, UserLastModifiedDate: this.#now() };
    this.#store.users.set(user.Username, changed);
    return changed;
  }

  /** A user's groups, in the order in which the tokens list them. */
  groupsOf(user: StoredUser): StoredGroup[] {
    return this.#store.groupsOf(user);
  }

  /**
   * Refuses to change an address to one that another user is found by, and to verify such an address.
   *
   * @throws AwsJsonError AliasExistsException
   */
  checkAliases(user: StoredUser, attributes: readonly Attribute[]): void {
    const changed = { ...user, Attributes: updatedAttributes(user, attributes) };
    for (const name of ADDRESSES) {
      const isGiven = attributes.some(({ Name }) => Name === name);
      const isVerified = attributes.some(({ Name, Value }) => Name === `${name}_verified` && Value === 'true');
      const address = isGiven || isVerified ? attributeOf(changed, name) : undefined;
      const owner = address === undefined ? undefined : this.find(address);
      if (owner === undefined || owner.Username === user.Username) continue;
      throw new AwsJsonError('AliasExistsException', `An account with the given ${name} already exists.`);
    }
  }

  /**
   * Saves that an address is the user's, which they have shown by a code.
   *
   * @throws AwsJsonError AliasExistsException, where it has become another's meanwhile
   */
  verify(user: StoredUser, address: 'email' | 'phone_number', changes: Partial<StoredUser> = {}): void {
    const flag = { Name: `${address}_verified`, Value: 'true' };
    this.checkAliases(user, [flag]);
    this.update(user, { ...changes, Attributes: withAttributes(user, flag) });
  }

  /**
   * Checks a new password against the policy.
   *
   * @param words How AWS begins the message: it has one wording for sign-up and one for the rest.
   * @throws AwsJsonError InvalidPasswordException
   */
  checkPassword(password: string, words = 'Password does not conform to policy'): void {
    if (password.length > 256) throw invalidParameter('Password must have length less than or equal to 256');
    const policy = this.#policy;
    const rules: [broken: boolean, message: string][] = [
      [password.length < (policy.minimumLength ?? 8), 'Password not long enough'],
      [policy.requireUppercase !== false && !/[A-Z]/.test(password), 'Password must have uppercase characters'],
      [policy.requireLowercase !== false && !/[a-z]/.test(password), 'Password must have lowercase characters'],
      [policy.requireNumbers !== false && !/[0-9]/.test(password), 'Password must have numeric characters'],
      [policy.requireSymbols !== false && !SYMBOL.test(password), 'Password must have symbol characters'],
    ];
    const broken = rules.find(([isBroken]) => isBroken);
    if (broken !== undefined) throw new AwsJsonError('InvalidPasswordException', `${words}: ${broken[1]}`);
  }
}

const isAddress = (name: string): boolean => ADDRESSES.some((address) => address === name);
