import { useTranslation } from 'react-i18next';
import { Segmented } from '../design/Segmented.tsx';
import s from './ClientPicker.module.css';
import { chooseClient, useClient } from './client-store.ts';
import { CLIENTS, isInstalled } from './demo-commands.ts';
import { useCommandSetting } from './use-setting.ts';

/** Chooses the client that commands are written for, and says how to get one that is not there. */
export function ClientPicker({ hasTerminal }: { readonly hasTerminal: boolean }) {
  const { t } = useTranslation('playground');
  const setting = useCommandSetting();
  const client = useClient(setting, hasTerminal);
  const missing = isInstalled(client, setting) === false || (client === 'python' && setting.platform === 'win32');
  const items = CLIENTS.map((id) => ({ id, label: t(`clients.${id}`) }));
  const choose = (id: string) => {
    const chosen = CLIENTS.find((each) => each === id);
    if (chosen) chooseClient(chosen);
  };
  return (
    <div className={s.picker}>
      <div className={s.row}>
        <span className={s.label}>{t('client')}</span>
        <Segmented label={t('client')} items={items} value={client} onValueChange={choose} />
      </div>
      {/* The line stays when it has nothing to say, so that the commands below do not move. */}
      <p className={s.hint}>
        {missing && client !== 'node' ? (
          <>
            {t(`install.${client}.${knownPlatform(setting.platform)}`)} {t('install.here')}
          </>
        ) : null}{' '}
        {client === 'telnet' ? t('telnetIsTcp') : null}
      </p>
    </div>
  );
}

function knownPlatform(platform: string | null): 'darwin' | 'linux' | 'win32' | 'other' {
  return platform === 'darwin' || platform === 'linux' || platform === 'win32' ? platform : 'other';
}
