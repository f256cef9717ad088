/** The links between the namespaces: an ordinary one, and one that loses. */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { parseIpv4 } from '../../server/packets/ipv4.ts';
import { isProblem } from '../../server/packets/octets.ts';
import { parseTcp } from '../../server/packets/tcp.ts';
import { FAR, NEAR, python, run, SETTLE_MS, started } from './programs.ts';
import { FAR_ADDRESS } from './recipes.ts';

/** Two namespaces: a link of their own (veth), and one that loses (TUN devices with a link of ours between them). */
export function setUp(): void {
  for (const name of [NEAR, FAR]) {
    run(`ip netns add ${name}`);
    run(`ip -n ${name} link set lo up`);
  }
  run(`ip link add near0 netns ${NEAR} mtu 1500 type veth peer name far0 netns ${FAR} mtu 1500`);
  run(`ip -n ${NEAR} addr add 10.77.0.1/24 dev near0`);
  run(`ip -n ${FAR} addr add ${FAR_ADDRESS}/24 dev far0`);
  run(`ip -n ${NEAR} link set near0 up`);
  run(`ip -n ${FAR} link set far0 up`);
}

/** Carries packets between two TUN devices by UDP on the loopback of each namespace's host, and drops one. */
export async function lossyLink(): Promise<() => void> {
  const [near, far] = [createSocket('udp4'), createSocket('udp4')];
  near.bind(0, '127.0.0.1');
  far.bind(0, '127.0.0.1');
  await Promise.all([once(near, 'listening'), once(far, 'listening')]);
  const ends = { near: 0, far: 0 };
  let data = 0;
  near.on('message', (packet, from) => {
    ends.near = from.port;
    if (carriesData(packet)) data += 1;
    if (data === 4 && carriesData(packet)) {
      data += 1;
      return;
    }
    if (ends.far > 0) far.send(packet, ends.far, '127.0.0.1');
  });
  far.on('message', (packet, from) => {
    ends.far = from.port;
    if (ends.near > 0) near.send(packet, ends.near, '127.0.0.1');
  });
  const device = async (namespace: string, name: string, address: string, port: number): Promise<void> => {
    // The device is made here, where the loopback reaches us, and moved into its namespace.
    const tunnel = `TUN:${address}/24,tun-name=${name},iff-up,iff-no-pi=1`;
    const child = spawn('socat', [tunnel, `UDP4-DATAGRAM:127.0.0.1:${port},bind=127.0.0.1:0`], { stdio: 'inherit' });
    started.push(child);
    await pause(SETTLE_MS);
    run(`ip link set ${name} netns ${namespace}`);
    run(`ip -n ${namespace} addr add ${address}/24 dev ${name}`);
    run(`ip -n ${namespace} link set ${name} mtu 1500 up`);
  };
  await device(NEAR, 'lossy0', '10.78.0.1', near.address().port);
  await device(FAR, 'lossy1', '10.78.0.2', far.address().port);
  // The far device says something first, so that we learn its port.
  await python(FAR, "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('10.78.0.1', 9))");
  return () => {
    near.close();
    far.close();
  };
}

function carriesData(packet: Buffer): boolean {
  const ip = parseIpv4(packet, 0, packet.length);
  if (isProblem(ip) || ip.protocol !== 6) return false;
  const tcp = parseTcp(packet, ip.headerLength, packet.length);
  return !isProblem(tcp) && packet.length > ip.headerLength + tcp.headerLength;
}
