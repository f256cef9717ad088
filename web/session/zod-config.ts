/**
 * Imported before any schema: zod must not compile its parsers with `new Function`, which the page's
 * `script-src 'self'` refuses (each refused probe is a CSP violation).
 */
import { config } from 'zod/mini';

config({ jitless: true });
