import { errorName, readAwsError } from '../../src/util/index';

test.each([
  ['ThrottlingException', 'ThrottlingException'],
  ['ThrottlingException:http://internal.amazon.com/coral/', 'ThrottlingException'],
  ['com.amazon.coral.availability#ThrottlingException', 'ThrottlingException'],
  ['aws#ThrottlingException:http://internal.amazon.com/', 'ThrottlingException'],
  ['aws#coral#ThrottlingException', 'ThrottlingException'], // as botocore reads it: after the last #
  ['aws#ThrottlingException:http://x/#coral', 'ThrottlingException'], // as Smithy's protocols say: first up to the colon
  ['', ''],
])('the name of %j is %j', (text, name) => {
  expect(errorName(text)).toBe(name);
});

test.each<[string, string, string, string]>([
  ['{"message":"No."}', '', '', 'No.'],
  ['{"Message":"No."}', '', '', 'No.'],
  ['{"__type":"aws#Gone:http://x/","message":"No.","code":"Other"}', 'Gone', 'Gone', 'No.'],
  ['{"code":"Gone","message":5}', 'Gone', '', ''],
  ['{"code":5,"Code":"Gone"}', 'Gone', '', ''],
  [' <?xml version="1.0"?><Error><Code>Gone</Code><Message> No. </Message></Error>', 'Gone', '', 'No.'],
  ['<html><body>No.</body></html>', '', '', ''],
  [' No. ', '', '', 'No.'],
  ['"No."', '', '', ''],
  ['null', '', '', ''],
  ['', '', '', ''],
])('%s says %j, %j, %j', (text, code, type, message) => {
  expect(readAwsError(text)).toEqual({ code, type, message });
});
