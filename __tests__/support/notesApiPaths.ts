/** What openapi-typescript 7.13.0 makes of the notes API's export (notesApi.ts), as it is but for its formatting. */

export interface paths {
  '/notes': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { limit?: number }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        /** @description 200 response */
        200: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['Note'][] } };
      };
    };
    put?: never;
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': components['schemas']['Draft'] } };
      responses: {
        /** @description 201 response */
        201: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['Note'] } };
      };
    };
    delete?: never;
    options: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        /** @description 200 response */
        200: { headers: Record<string, unknown>; content?: never };
      };
    };
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/notes/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        /** @description 200 response */
        200: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['Note'] } };
      };
    };
    put: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': components['schemas']['Draft'] } };
      responses: {
        /** @description 200 response */
        200: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['Note'] } };
      };
    };
    post?: never;
    delete: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        /** @description 204 response */
        204: { headers: Record<string, unknown>; content?: never };
      };
    };
    options: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        /** @description 200 response */
        200: { headers: Record<string, unknown>; content?: never };
      };
    };
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/notes/{id}/file': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Draft: { content: string; attachment?: string };
    Note: { id: string; content: string; attachment?: string; createdAt?: string; updatedAt?: string };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
