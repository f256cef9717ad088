import { PAGE_PORT } from './config.ts';

/** Text of `--help`. */
export const USAGE = `porthole: a window on the network of the machine it runs on

Usage: porthole [options]
       porthole tap PORT --to HOST:PORT [--udp] [--seed N] [options]
       porthole check CHALLENGE --port PORT   tests a server that you wrote (check --help)

  tap PORT               listen on PORT and carry what comes to a server of yours, with its
                         conversations in the workbench and faults to switch on (0: any port)
  --to HOST:PORT         where it leads: this machine, or what --allow names
  --udp                  UDP instead of TCP
  --seed N               the same seed and the same traffic give the same faults

  --host ADDRESS         listen here (default: 127.0.0.1 and ::1, this machine only)
  --port PORT            port of the page (default: ${PAGE_PORT})
  --ports auto           every port ephemeral: nothing is fixed, nothing collides
  --demo-port ID=PORT    port of one demo, for example echo=9007; may be repeated
  --allow HOST:PORT      a target the terminal may reach besides this machine; may be repeated
  --data DIR             folder for progress and certificate (default: the platform's data folder)
  --keylog FILE          write the secrets of TLS connections to FILE: whoever reads it can
                         decrypt a capture of them, as Wireshark does
  --xmpp-upstream HOST:PORT
                         carry XMPP to a server of yours, with its conversations in the workbench
  --xmpp-test            XMPP for test scripts: any user, any password, everything forgotten a
                         second after the last one has left; on loopback only
  --no-open              do not open a browser
  --json                 print one line of JSON when ready, and nothing else on standard output
  --help, --version
`;
