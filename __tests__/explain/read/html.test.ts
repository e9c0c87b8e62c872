/** The text of a page. */
import { textOfHtml } from '../../../src/explain/read/html';

const words = (html: string): string => textOfHtml(html).split(/\s+/).filter(Boolean).join(' ');

it.each([
  ['<html><b class="x">a</b>b', 'a b'],
  ['<html><STYLE type="a">x</style>a', 'a'],
  ['<html><script>"<style>"</SCRIPT>a<style>x</style> b', 'a b'],
  ['<html><style>a', 'a'],
  ['<html><style>a<style b', 'a<style b'],
  ['<html><script <style>x</style>a', '<script a'],
  ['<html><<b>a</b <i>b', '< a</b b'],
  ['<html><styled>a</styled>', 'a'],
  ['<html><script>a</style>x</script>b<script>c', 'b c'],
  ['<html><scripted>a</scripted><script>b</script>c', 'a c'],
  ['<html><style>x</STYLE>a', 'a'],
  ['<>a', 'a'],
  ['a > b', 'a > b'],
  ['<style>x</style><style>y</style>a', 'a'],
])('%s', (html, text) => {
  expect(words(html)).toBe(text);
});
