/** The description of the service for machines: OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0 */
import * as z from 'zod/mini';
import { APP_CREDENTIALS, APP_KEY } from './app.ts';
import { PROBLEMS } from './problem.ts';
import { ROUTES, type Route } from './routes.ts';
import { content, message, problem, socketRequest } from './schemas.ts';

const BASE = '/v1/apps/{app}';

/** The document, made from the routes and their schemas. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of ROUTES) {
    const path = `${BASE}${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Porthole hosted messaging',
      version: '1',
      description: `A small service in the shape that hosted messaging services have. The app key is ${APP_KEY}; its own server has the id ${APP_CREDENTIALS.clientId} and the secret ${APP_CREDENTIALS.clientSecret}. Events come over the WebSocket ${BASE}/ws?token=TOKEN.`,
    },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'basic', description: 'The app’s own server, by id and secret.' },
      },
      schemas: {
        Problem: schemaOf(problem),
        Content: schemaOf(content),
        Message: schemaOf(message),
        SocketRequest: schemaOf(socketRequest),
      },
    },
    'x-problems': Object.entries(PROBLEMS).map(([code, { status, message: words }]) => ({
      code,
      status,
      message: words,
    })),
  };
}

function operation(route: Route): object {
  const names = [...`${BASE}${route.path}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const query = route.query ? schemaOf(route.query) : null;
  return {
    summary: route.summary,
    security: securityOf(route),
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...queryParameters(query),
    ],
    ...(route.raw ? { requestBody: { content: { 'application/octet-stream': {} } } } : {}),
    ...(route.body ? { requestBody: { required: true, content: jsonContent(schemaOf(route.body)) } } : {}),
    responses: {
      ...(route.answer
        ? { 200: { description: 'Done.', content: jsonContent(schemaOf(route.answer)) } }
        : { 204: { description: 'Done.' } }),
      default: { description: 'Not done.', content: jsonContent({ $ref: '#/components/schemas/Problem' }) },
    },
  };
}

function securityOf({ who }: Route): object[] {
  const schemes: object[] = [{ bearer: [] }];
  if (who !== 'user') schemes.push({ basic: [] });
  return who === 'maybe' ? [...schemes, {}] : schemes;
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  readonly required?: readonly string[] | undefined;
}

function queryParameters(schema: ObjectSchema | null): object[] {
  return Object.entries(schema?.properties ?? {}).map(([name, of]) => ({
    name,
    in: 'query',
    required: schema?.required?.includes(name) ?? false,
    schema: of,
  }));
}

function jsonContent(schema: object): object {
  return { 'application/json': { schema } };
}

/** As a client sees it: what has a default may be left out. */
function schemaOf(schema: z.ZodMiniType): ObjectSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}
