/**
 * The one file that knows cognito-local from the inside. It holds the users and groups and answers the administrators'
 * operations; its inner modules are undocumented, so the version is pinned.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../options/index.js';
import { awsRefusal, UserPoolError } from './errors.js';
import { MemoryStores } from './memoryStores.js';
import type { SchemaAttribute, StoredUser, UserStore } from './storedUser.js';

/** A running cognito-local, without its web server. */
export interface CognitoLocal {
  readonly users: UserStore;
  /** The pool's attributes; an administrator can add some. */
  schema(): readonly SchemaAttribute[];
  /** Whether cognito-local knows an app client. */
  hasClient(clientId: string): Promise<boolean>;
  /** The names of the operations that cognito-local knows. */
  readonly operations: readonly string[];
  /**
   * Runs an operation as its web server would.
   *
   * @throws AwsJsonError when it refuses
   */
  run(operation: string, request: object): Promise<object>;
}

/** What a pool starts with. */
export interface CognitoLocalSettings {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly mfaConfiguration: 'OFF' | 'OPTIONAL' | 'ON';
  readonly passwordPolicy: object;
  readonly authFlows: readonly string[];
  /** Names of attributes beyond the standard ones: `custom:plan`. */
  readonly customAttributes: readonly string[];
  readonly preventUserExistenceErrors: boolean;
  readonly now: Clock;
}

interface Context {
  readonly logger: Record<'debug' | 'info' | 'warn' | 'error', () => void> & { child(): Context['logger'] };
}

interface PoolService {
  readonly options: { readonly SchemaAttributes?: readonly SchemaAttribute[] };
  listUsers(context: Context): Promise<StoredUser[]>;
  saveUser(context: Context, user: StoredUser): Promise<void>;
  saveAppClient(context: Context, client: object): Promise<void>;
  listUserGroupMembership(context: Context, user: StoredUser): Promise<string[]>;
}

interface CognitoService {
  createUserPool(context: Context, pool: object): Promise<unknown>;
  getUserPool(context: Context, id: string): Promise<PoolService>;
  getAppClient(context: Context, id: string): Promise<unknown>;
}

interface Modules {
  readonly Router: (services: object) => (operation: string) => (context: Context, request: object) => Promise<object>;
  readonly Targets: object;
  readonly CognitoServiceFactoryImpl: new (
    directory: string,
    stores: object,
    pools: object,
  ) => { create(context: Context, defaults: object): Promise<CognitoService> };
  readonly UserPoolServiceFactoryImpl: new (clock: object, stores: object) => object;
  readonly standardAttributes: readonly object[];
}

/**
 * Starts cognito-local in this process with one pool and one app client, in memory and without a log.
 *
 * @throws UserPoolError `MissingPackage` when cognito-local is not installed
 */
export async function openCognitoLocal(settings: CognitoLocalSettings): Promise<CognitoLocal> {
  const modules = await loadModules();
  const context: Context = { logger: silentLogger() };
  const clock = { get: settings.now };
  const stores = new MemoryStores();

  // It reads this folder once, on start, to find earlier pools. Nothing is ever written to it.
  const folder = await mkdtemp(join(tmpdir(), 'sigv4-client-'));
  const cognito = await new modules.CognitoServiceFactoryImpl(
    folder,
    stores,
    new modules.UserPoolServiceFactoryImpl(clock, stores),
  )
    .create(context, {})
    .finally(() => rm(folder, { recursive: true, force: true }));

  await cognito.createUserPool(context, {
    Id: settings.userPoolId,
    Name: 'local',
    MfaConfiguration: settings.mfaConfiguration,
    Policies: { PasswordPolicy: settings.passwordPolicy },
    UsernameAttributes: ['email', 'phone_number'],
    SchemaAttributes: [...modules.standardAttributes, ...settings.customAttributes.map(customAttribute)],
    CreationDate: settings.now(),
    LastModifiedDate: settings.now(),
  });
  const pool = await cognito.getUserPool(context, settings.userPoolId);
  await pool.saveAppClient(context, {
    ClientId: settings.clientId,
    ClientName: 'local',
    UserPoolId: settings.userPoolId,
    ExplicitAuthFlows: settings.authFlows,
    EnableTokenRevocation: true,
    PreventUserExistenceErrors: settings.preventUserExistenceErrors ? 'ENABLED' : 'LEGACY',
    CreationDate: settings.now(),
    LastModifiedDate: settings.now(),
  });

  const route = modules.Router({
    clock,
    cognito,
    config: { UserPoolDefaults: {}, TokenConfig: {} },
    triggers: { enabled: () => false },
  });
  return {
    users: {
      listUsers: () => pool.listUsers(context),
      saveUser: (user) => pool.saveUser(context, user),
      groupsOf: (user) => pool.listUserGroupMembership(context, user),
    },
    schema: () => pool.options.SchemaAttributes ?? [],
    hasClient: async (clientId) => Boolean(await cognito.getAppClient(context, clientId)),
    operations: Object.keys(modules.Targets),
    run: async (operation, request) => {
      try {
        return await route(operation)(context, request);
      } catch (error) {
        throw awsRefusal(error);
      }
    },
  };
}

async function loadModules(): Promise<Modules> {
  try {
    const [router, targets, service, pool] = await Promise.all([
      import('cognito-local/lib/server/Router.js'),
      import('cognito-local/lib/targets/targets.js'),
      import('cognito-local/lib/services/cognitoService.js'),
      import('cognito-local/lib/services/userPoolService.js'),
    ]);
    const modules: unknown = {
      Router: router.Router,
      Targets: targets.Targets,
      CognitoServiceFactoryImpl: service.CognitoServiceFactoryImpl,
      UserPoolServiceFactoryImpl: pool.UserPoolServiceFactoryImpl,
      standardAttributes: service.USER_POOL_AWS_DEFAULTS.SchemaAttributes,
    };
    return modules as Modules;
  } catch (cause) {
    throw new UserPoolError(
      'MissingPackage',
      'The local user pool needs the package cognito-local 5.3.0: npm install --save-dev cognito-local@5.3.0',
      { cause },
    );
  }
}

function silentLogger(): Context['logger'] {
  const nothing = (): void => undefined;
  const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => logger };
  return logger;
}

function customAttribute(name: string): object {
  return { Name: name, AttributeDataType: 'String', DeveloperOnlyAttribute: false, Mutable: true, Required: false };
}
