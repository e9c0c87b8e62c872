/** The options of a request, as this tool, curl, awscurl and apig-test call them. */

/** What is signed for. */
export const SIGNING_OPTIONS = {
  service: { value: 'NAME', help: "the service's signing name; default: as the host says, or execute-api" },
  region: { value: 'REGION', help: 'the region to sign for; default: as the host says, or AWS_REGION' },
} as const;

/** What is sent. */
export const REQUEST_OPTIONS = {
  method: { value: 'METHOD', short: 'X', aliases: ['request'], help: 'default GET, with a body POST' },
  data: {
    value: 'BODY|@FILE',
    short: 'd',
    aliases: ['body', 'data-binary', 'data-raw'],
    help: "the body; @FILE sends a file's bytes, @- what is piped in",
  },
  header: { value: "'NAME: VALUE'", short: 'H', multiple: true, help: 'a header' },
  query: { value: 'KEY=VALUE', short: 'q', multiple: true, help: 'a query parameter, encoded here' },
  ...SIGNING_OPTIONS,
} as const;

/** apig-test's words for the same. */
export const APIG_TEST_OPTIONS = {
  'invoke-url': { value: 'URL' },
  'path-template': { value: 'PATH' },
  params: { value: 'JSON' },
  'additional-params': { value: 'JSON' },
  'api-key': { value: 'KEY' },
} as const;
