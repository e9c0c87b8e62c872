/** As much as the tests need of aws-api-gateway-client, which has no types. */
declare module 'aws-api-gateway-client' {
  interface Answer {
    status: number;
    data: unknown;
    headers: Record<string, string>;
  }
  interface Client {
    invokeApi(
      pathParams: object | undefined,
      pathTemplate: string,
      method: string,
      additionalParams?: object,
      body?: unknown,
    ): Promise<Answer>;
  }
  const factory: { newClient(config: object): Client };
  export default factory;
}
