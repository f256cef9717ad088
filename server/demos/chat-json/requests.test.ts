import { beforeEach, describe, expect, it } from 'vitest';
import { startTestJson, type TestJson } from './testing/test-json.ts';

let test: TestJson;

beforeEach(() => {
  test = startTestJson();
});

describe('what passes by', () => {
  it('typing and receipts reach the other one', async () => {
    const [alice, bob] = [await test.login('alice'), await test.login('bob')];
    alice.send1({ type: 'typing', to: 'bob', state: 'composing' });
    expect(bob.last('typing')).toEqual({ type: 'typing', from: 'alice', to: 'bob', state: 'composing' });
    bob.send1({ type: 'receipt', to: 'alice', message: 'm1', state: 'read' });
    expect(alice.last('receipt')).toEqual({ type: 'receipt', from: 'bob', to: 'alice', message: 'm1', state: 'read' });
    for (const one of [alice, bob]) one.send1({ type: 'join', room: '#lobby' });
    alice.send1({ type: 'typing', to: '#lobby', state: 'paused' });
    expect(bob.last('typing')).toEqual({ type: 'typing', from: 'alice', to: '#lobby', state: 'paused' });
  });

  it('a call rings at all sessions, and is answered by one', async () => {
    const alice = await test.login('alice', 'phone');
    const desk = await test.login('bob', 'desk');
    const phone = await test.login('bob', 'phone');
    alice.send1({ type: 'call', id: '1', to: 'bob', call: 'k1', step: 'offer', payload: 'v=0' });
    expect(alice.last('ok')).toEqual({ type: 'ok', re: '1' });
    for (const one of [desk, phone]) expect(one.last('call')).toMatchObject({ from: 'alice/phone', step: 'offer' });
    desk.send1({ type: 'call', to: 'alice/phone', call: 'k1', step: 'answer', payload: 'v=1' });
    expect(alice.last('call')).toEqual({ type: 'call', from: 'bob/desk', call: 'k1', step: 'answer', payload: 'v=1' });
    alice.send1({ type: 'call', to: 'bob/desk', call: 'k1', step: 'hangup', payload: '' });
    expect(desk.last('call').step).toBe('hangup');
    expect(phone.all('call')).toHaveLength(1);
    alice.send1({ type: 'call', id: '2', to: 'carol', call: 'k2', step: 'offer', payload: '' });
    expect(alice.last('error')).toMatchObject({ re: '2', code: 'not-there' });
  });
});

describe('files', () => {
  it('get a place, and a message refers to them once they are there', async () => {
    const [alice, bob] = [await test.login('alice'), await test.login('bob')];
    alice.send1({ type: 'upload', id: '1', name: 'my cat.png', mime: 'image/png', size: 3 });
    const { file, put, get } = alice.last('slot');
    expect(put).toBe(`http://localhost:7070/api/files/${file}/my%20cat.png`);
    expect(get).toBe(put);
    alice.send1({ type: 'message', id: 'c1', to: 'bob', body: '', file });
    expect(alice.last('error')).toMatchObject({ re: 'c1', code: 'no-such-file' });
    test.chat.files.put(file, Buffer.from('abc'));
    alice.send1({ type: 'message', id: 'c1', to: 'bob', body: 'look', file });
    expect(bob.last('message')).toMatchObject({
      body: 'look',
      file: { url: get, name: 'my cat.png', mime: 'image/png', size: 3 },
    });
  });

  it.each([
    ['image/svg+xml', 10, 'file-type'],
    ['image/png', 100_000_000, 'file-size'],
  ])('of type %s and %d octets are refused: %s', async (mime, size, code) => {
    const alice = await test.login('alice');
    alice.send1({ type: 'upload', id: '1', name: 'x', mime, size });
    expect(alice.last('error')).toMatchObject({ re: '1', code });
  });
});
