// What a phone gives a bundle before its first line runs: React Native's native modules, timers and log, as its "bridgeless" start
// makes them. Runs in the engine, where nothing else is; the syntax is what Hermes 0.12 parses. Whatever needs a machine (time,
// sockets, bytes) is asked of host.mjs by a printed line, and answered by a call of `phone`.
(function (setup) {
  'use strict';
  const ask = (kind, ...given) => globalThis.print('@' + JSON.stringify([kind, ...given]));
  const callbacks = new Map();
  let lastTicket = 0;

  /** Keeps what is to be called with the answer. */
  function ticketFor(callback) {
    callbacks.set(++lastTicket, callback);
    return lastTicket;
  }
  const promised = (kind, ...given) =>
    new Promise((resolve, reject) => {
      const settle = (error, value) => (error === null ? resolve(value) : reject(new Error(error)));
      ask(kind, ticketFor(settle), ...given);
    });

  function setTimer(callback, delay, given, repeats) {
    const ticket = ticketFor(() => {
      if (repeats) ask('timer', ticket, delay);
      else callbacks.delete(ticket);
      callback(...given);
    });
    ask('timer', ticket, delay);
    return ticket;
  }

  let random = setup.random;
  /** Random numbers come at once, so the host has to give them beforehand. */
  function getRandomBase64(length) {
    const characters = Math.ceil(length / 3) * 4;
    if (random.length < characters) throw new Error('The host gave too few random numbers');
    const taken = random.slice(0, characters);
    random = random.slice(characters);
    const bytes = taken.replace(/[=]/g, 'A').slice(0, Math.ceil((length * 4) / 3));
    return bytes + '='.repeat(characters - bytes.length);
  }

  const listening = { addListener() {}, removeListeners() {} };
  const screen = { width: 390, height: 844, scale: 3, fontScale: 1 };
  let lastRequest = 0;
  const sendRequest = {
    ios({ method, url, data, headers, responseType, timeout }, callback) {
      const id = ++lastRequest;
      ask('request', { id, method, url, data, headers: Object.entries(headers), responseType, timeout });
      Promise.resolve().then(() => callback(id));
    },
    // eslint-disable-next-line max-params -- React Native's own signature
    android(method, url, id, headers, data, responseType, _incremental, timeout) {
      ask('request', { id, method, url, data, headers, responseType, timeout });
    },
  };
  const flags = { enableMicrotasks: () => true, useModernRuntimeScheduler: () => true };
  const modules = {
    PlatformConstants: {
      getConstants: () => ({
        isTesting: false,
        osVersion: '18.0',
        systemName: 'iOS',
        interfaceIdiom: 'phone',
        forceTouchAvailable: false,
        Version: 35,
        Release: '15',
        Serial: '',
        Fingerprint: '',
        Model: 'Phone',
        Brand: 'none',
        Manufacturer: 'none',
        ServerHost: '',
        uiMode: 'normal',
        reactNativeVersion: setup.version,
      }),
      getAndroidID: () => '',
    },
    SourceCode: { getConstants: () => ({ scriptURL: 'file:///app/main.jsbundle' }) },
    DeviceInfo: { ...listening, getConstants: () => ({ Dimensions: { window: screen, screen } }) },
    ExceptionsManager: {
      reportException: (data) => data.isFatal && ask('failed', data.message + '\n' + JSON.stringify(data.stack)),
    },
    NativeReactNativeFeatureFlagsCxx: new Proxy(flags, { get: (_, name) => flags[name] || (() => null) }), // else the defaults
    NativeMicrotasksCxx: { queueMicrotask: (callback) => globalThis.HermesInternal.enqueueJob(callback) },
    Networking: {
      ...listening,
      sendRequest: sendRequest[setup.platform],
      abortRequest: (id) => ask('abort', id),
      clearCookies: (callback) => callback(false),
    },
    BlobModule: {
      getConstants: () => ({ BLOB_URI_SCHEME: 'blob', BLOB_URI_HOST: null }),
      addNetworkingHandler() {},
      createFromParts: (parts, id) => ask('blob', parts, id),
      release: (id) => ask('release', id),
    },
    FileReaderModule: {
      readAsText: (blob) => promised('read', blob, 'utf8'),
      readAsDataURL: (blob) => promised('read', blob, 'url'),
    },
    RNCAsyncStorage: {
      multiGet: (keys, callback) => ask('storage', ticketFor(callback), 'multiGet', keys),
      multiSet: (pairs, callback) => ask('storage', ticketFor(callback), 'multiSet', pairs),
      multiRemove: (keys, callback) => ask('storage', ticketFor(callback), 'multiRemove', keys),
      getAllKeys: (callback) => ask('storage', ticketFor(callback), 'getAllKeys'),
    },
    RNGetRandomValues: { getRandomBase64 },
  };

  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  /** Takes a text's characters for numbers of so many bits, and gives those of another size. */
  function regroup(numbers, from, to) {
    const out = [];
    let [value, bits] = [0, 0];
    for (const number of numbers) {
      value = ((value << from) | number) & 0xffff;
      for (bits += from; bits >= to; bits -= to) out.push((value >> (bits - to)) & ((1 << to) - 1));
    }
    return [out, bits > 0 ? (value << (to - bits)) & ((1 << to) - 1) : undefined];
  }
  // Hermes has these two from React Native 0.74 on.
  function atob(base64) {
    const [bytes] = regroup(
      Array.from(base64.replace(/[=]+$/, ''), (char) => ALPHABET.indexOf(char)),
      6,
      8,
    );
    return bytes.map((byte) => String.fromCharCode(byte)).join('');
  }
  function btoa(text) {
    const [whole, rest] = regroup(
      Array.from(text, (char) => char.charCodeAt(0)),
      8,
      6,
    );
    const all = rest === undefined ? whole : [...whole, rest];
    return all.map((index) => ALPHABET[index]).join('') + '='.repeat((4 - (all.length % 4)) % 4);
  }

  const callable = {};
  Object.assign(globalThis, {
    atob,
    btoa,
    RN$Bridgeless: true,
    RN$registerCallableModule: (name, factory) => void (callable[name] = factory),
    nativeModuleProxy: new Proxy({}, { get: (_, name) => modules[name] || null }),
    __turboModuleProxy: (name) => modules[name] || null, // as 0.76 asks
    nativeLoggingHook: (text, level) => ask('log', level, text),
    nativePerformanceNow: () => Date.now() - setup.started,
    setTimeout: (callback, delay = 0, ...given) => setTimer(callback, delay, given, false),
    setInterval: (callback, delay = 0, ...given) => setTimer(callback, delay, given, true),
    clearTimeout: (ticket) => void callbacks.delete(ticket),
    clearInterval: (ticket) => void callbacks.delete(ticket),
    requestAnimationFrame: (callback) => setTimer(() => callback(Date.now()), 16, [], false),
    cancelAnimationFrame: (ticket) => void callbacks.delete(ticket),
    // How the host calls: as React Native's native side does, a failure ends in React Native's own handler.
    phone: {
      emit: (event, body) =>
        globalThis.ErrorUtils.applyWithGuard(() => callable.RCTDeviceEventEmitter().emit(event, body)),
      answer(ticket, ...given) {
        const callback = callbacks.get(ticket);
        if (callback !== undefined) globalThis.ErrorUtils.applyWithGuard(callback, undefined, given);
      },
    },
  });
  delete globalThis.setImmediate; // the command line's own
});
