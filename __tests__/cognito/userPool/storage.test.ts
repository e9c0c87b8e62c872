import { defaultStorage, memoryStorage } from '../../../src/cognito/userPool/storage';

describe('defaultStorage', () => {
  const page = globalThis as { window?: unknown };
  afterEach(() => {
    delete page.window;
  });

  test('the page’s localStorage', () => {
    const localStorage = memoryStorage();
    page.window = { localStorage };
    expect(defaultStorage()).toBe(localStorage);
  });

  test('the page’s localStorage also where it is full', () => {
    const localStorage = memoryStorage();
    localStorage.setItem('a', '1');
    localStorage.setItem = () => {
      throw new Error('The quota has been exceeded.');
    };
    page.window = { localStorage };
    expect(defaultStorage().getItem('a')).toBe('1');
  });

  test('memory where localStorage is blocked, and where there is no page', () => {
    page.window = {
      get localStorage(): never {
        throw new Error('SecurityError');
      },
    };
    for (const storage of [defaultStorage(), (delete page.window, defaultStorage())]) {
      storage.setItem('a', '1');
      expect(storage.getItem('a')).toBe('1');
      expect(storage.getItem('b')).toBeNull();
    }
  });
});
