import { checkRequest } from '../../src/apig/apiRequest';

test.each(['/notes', undefined, null, 5])('%j in place of the call is refused in words', (given) => {
  expect(() => {
    checkRequest(given as never);
  }).toThrow("request: expected an object, such as { path: '/notes' }, got");
});

test.each([
  [{ data: {} }, 'data: expected a known option, such as body, got Object'],
  [{ url: '/notes' }, 'url: expected a known option, such as path, got a string of 6 characters'],
  [{ params: {} }, 'params: expected a known option, such as queryParams, got Object'],
])("another library's name is told: %j", (given, message) => {
  expect(() => {
    checkRequest(given as never);
  }).toThrow(message);
});
