import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { ROUTES } from './routes.ts';
import { openHosted } from './testing/hosted.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document whose shape the test asserts
async function document(port: number): Promise<any> {
  return (await fetch(`http://127.0.0.1:${port}/openapi.json`)).json();
}

test('the description names every call, and every schema of it can be used', async () => {
  const { port } = await openHosted();
  const { openapi, paths, components } = await document(port);
  expect(openapi).toBe('3.1.0');
  const ajv = new Ajv2020({ strict: false });
  for (const { method, path, answer } of ROUTES) {
    const operation = paths[`/v1/apps/{app}${path}`]?.[method.toLowerCase()];
    expect(operation?.summary, `${method} ${path}`).toBeTruthy();
    const schemas = [
      operation.requestBody?.content['application/json']?.schema,
      operation.responses[200]?.content['application/json'].schema,
      // biome-ignore lint/suspicious/noExplicitAny: see above
      ...operation.parameters.map((each: any) => each.schema),
    ];
    for (const schema of schemas) if (schema) ajv.compile(schema);
    expect(operation.responses[200] !== undefined).toBe(answer !== undefined);
  }
  for (const schema of Object.values(components.schemas)) ajv.compile(schema as object);
});

test('what the service answers is what its description says', async () => {
  const hosted = await openHosted();
  const { paths } = await document(hosted.port);
  const ajv = new Ajv2020({ strict: false });
  const [token, app] = [await hosted.token('alice'), await hosted.appToken()];
  const check = async (method: string, path: string, template: string, options: Parameters<typeof hosted.call>[2]) => {
    const { status, body } = await hosted.call(method, path, options);
    expect(status).toBe(200);
    const { schema } =
      paths[`/v1/apps/{app}${template}`][method.toLowerCase()].responses[200].content['application/json'];
    const valid = ajv.compile(schema);
    expect(valid(body), JSON.stringify(valid.errors)).toBe(true);
  };
  await check('POST', '/token', '/token', { body: { grant_type: 'password', username: 'bob', password: 'porthole' } });
  await check('GET', '/settings', '/settings', { token: app });
  await check('GET', '/users/bob', '/users/{user}', { token });
  const message = { to: { type: 'user', name: 'bob' }, content: { type: 'text', text: 'hi' } };
  await check('POST', '/messages', '/messages', { token, body: message });
  await check('GET', '/messages?with=bob', '/messages', { token });
  await check('POST', '/files', '/files', { token, body: { name: 'a.txt', type: 'text/plain', size: 3 } });
  await check('GET', '/pushes', '/pushes', { token: app });
});
