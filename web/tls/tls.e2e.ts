import { once } from 'node:events';
import { connect } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { axe } from '../testing/axe.ts';
import { openPage } from '../testing/open-page.ts';
import { screenshot } from '../testing/screenshot.ts';

it('names the messages of a TLS handshake in the ladder, and shows no word of what is said inside', async () => {
  const { page, server } = await openPage({ path: '/playground' });
  const socket = connect({
    port: server.demo('tls').port,
    host: '127.0.0.1',
    servername: 'localhost',
    ALPNProtocols: ['echo'],
    rejectUnauthorized: false,
  });
  onTestFinished(() => void socket.destroy());
  socket.write('a secret word');
  await once(socket, 'data');
  const options = page.getByRole('listbox').getByRole('option');
  await options.filter({ hasText: 'ServerHello (TLS 1.3)' }).waitFor();
  const hello = options.filter({ hasText: 'ClientHello (' });
  expect(await hello.textContent()).toContain('SNI localhost; ALPN echo');
  expect(await options.filter({ hasText: 'secret' }).count()).toBe(0);
  await hello.click();
  await page.getByRole('region', { name: 'The selected event' }).getByText('ClientHello').waitFor();
  await axe(page);
  await screenshot(page, 'tls');
});
