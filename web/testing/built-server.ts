/** The built server as a process, for tests that need no browser or more than one page; see tools/run/built-server.ts. */
export { type BuiltServer, type BuiltServerOptions, startBuiltServer } from '../../tools/run/built-server.ts';
