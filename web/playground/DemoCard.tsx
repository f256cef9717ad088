import { Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../design/Badge.tsx';
import { Button } from '../design/Button.tsx';
import { CodeLine } from '../design/CodeLine.tsx';
import { formatEndpoint } from '../workbench/format.ts';
import { useClient } from './client-store.ts';
import s from './DemoCard.module.css';
import { type DemoCommand, demoCommand } from './demo-commands.ts';
import type { DemoGroup, DemoOffer } from './demo-groups.ts';
import { useCommandSetting } from './use-setting.ts';

/** Props of {@link DemoCard}. */
export interface DemoCardProps {
  readonly demo: DemoGroup;
  /** Types a command into the terminal; left out where the page has none. */
  readonly run?: (command: string) => void;
}

/** One running demo: what it does, where it really listens, and a command for each transport. */
export function DemoCard({ demo, run }: DemoCardProps) {
  const { t, i18n } = useTranslation('playground');
  // A demo that nobody has described yet is shown by its id.
  const known = i18n.exists(`playground:about.${demo.id}.name`);
  const rfc = known ? t(`about.${demo.id}.rfc`) : '';
  return (
    <article className={s.card} aria-labelledby={`demo-${demo.id}`}>
      <header className={s.header}>
        <h3 id={`demo-${demo.id}`}>{known ? t(`about.${demo.id}.name`) : demo.id}</h3>
        {rfc ? <span className={s.rfc}>{rfc}</span> : null}
      </header>
      {known ? <p className={s.what}>{t(`about.${demo.id}.what`)}</p> : null}
      <ul className={s.offers}>
        {demo.offers.map((offer) => (
          <li key={`${offer.transport}:${offer.port}`} className={s.offer}>
            <Addresses offer={offer} />
            <OfferCommand demo={demo.id} offer={offer} {...(run ? { run } : {})} />
          </li>
        ))}
      </ul>
    </article>
  );
}

function Addresses({ offer }: { readonly offer: DemoOffer }) {
  const addresses = offer.hosts.map((address) => formatEndpoint({ address, port: offer.port }));
  return (
    <p className={s.addresses}>
      <Badge>{offer.transport.toUpperCase()}</Badge>
      <code>{addresses.join('  ')}</code>
    </p>
  );
}

interface OfferCommandProps {
  readonly demo: string;
  readonly offer: DemoOffer;
  readonly run?: (command: string) => void;
}

function OfferCommand({ demo, offer, run }: OfferCommandProps) {
  const { t } = useTranslation('playground');
  const setting = useCommandSetting();
  const client = useClient(setting, run !== undefined);
  // telnet has no UDP: the picker says that nc stands in.
  const command = demoCommand(client, demo, offer, setting) ?? demoCommand('nc', demo, offer, setting);
  if (!command) return null;
  return (
    <CodeLine
      text={command.text}
      copyLabel={t('copyLabel', { command: shortName(command) })}
      actions={
        run && command.runsHere ? (
          <Button
            size="sm"
            variant="quiet"
            aria-label={t('runLabel', { command: command.text })}
            onClick={() => run(command.text)}
          >
            {t('run')} <Play aria-hidden />
          </Button>
        ) : null
      }
    />
  );
}

/** A one-line program is too long to be read aloud. */
function shortName({ text, program }: DemoCommand): string {
  return text.length > 40 ? `${program} …` : text;
}
