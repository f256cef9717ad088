import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { settingsStorage } from '../design/storage.ts';
import { CLIENTS, type Client, type CommandSetting, isInstalled, programOf, runsInPage } from './demo-commands.ts';

/** Where the chosen client is remembered. */
const CLIENT_KEY = 'porthole.client';

/** The client that the learner chose for the commands, `null` until then. */
const clientStore = createStore<{ readonly chosen: Client | null }>(() => ({
  chosen: CLIENTS.find((client) => client === settingsStorage.getItem(CLIENT_KEY)) ?? null,
}));

/** Chooses the client that commands are written for, on every page. */
export function chooseClient(client: Client): void {
  settingsStorage.setItem(CLIENT_KEY, client);
  clientStore.setState({ chosen: client });
}

/**
 * The client that commands are written for: the chosen one, else the first that this machine has.
 * @param hasTerminal the page has a terminal, where commands are run at the press of a button
 */
export function useClient(setting: CommandSetting, hasTerminal: boolean): Client {
  const chosen = useStore(clientStore, (state) => state.chosen);
  return chosen ?? firstClient(setting, hasTerminal);
}

/** The first client that this machine has; beside a terminal of the page that does not know it, telnet, which that does. */
export function firstClient(setting: CommandSetting, hasTerminal: boolean): Client {
  const installed = firstInstalled(setting);
  return hasTerminal && !runsInPage(programOf(installed, setting)) ? 'telnet' : installed;
}

/** The first client that this machine has; telnet while nothing is known. */
export function firstInstalled(setting: CommandSetting): Client {
  if (setting.platform === null) return 'telnet';
  return CLIENTS.find((client) => isInstalled(client, setting)) ?? 'node';
}
