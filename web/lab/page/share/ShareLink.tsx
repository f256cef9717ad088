import { Link2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../design/Button.tsx';
import { CopyButton } from '../../../design/CopyButton.tsx';
import { Dialog } from '../../../design/Dialog.tsx';
import type { LinkMade } from '../../../share/fragment.ts';
import { MAX_FRAGMENT_CHARS } from '../../../share/limits.ts';
import { formatOctets } from '../../../workbench/format.ts';
import { useDesk } from '../lab-context.tsx';
import { LAB_PATH } from '../lab-path.ts';
import { runFragment } from './lab-json.ts';
import s from './ShareLink.module.css';

/** The run as a link: what it began with, and everything done by hand. Whoever opens it sees the same packets. */
export function ShareLink() {
  const { t } = useTranslation('lab');
  const desk = useDesk();
  const [made, setMade] = useState<LinkMade | null>(null);
  const [open, setOpen] = useState(false);
  const make = (): void => {
    setMade(null);
    setOpen(true);
    void runFragment(desk.kept()).then(setMade);
  };
  return (
    <>
      <Button size="sm" title={t('share.title')} onClick={make}>
        <Link2 aria-hidden /> <span>{t('share.button')}</span>
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('share.title')} description={t('share.about')}>
        <div className={s.body}>{made ? <Made made={made} /> : null}</div>
      </Dialog>
    </>
  );
}

function Made({ made }: { readonly made: LinkMade }) {
  const { t } = useTranslation('lab');
  const id = useId();
  if (!made.ok) {
    if (made.why === 'unsupported') return <p className={s.attention}>{t('share.unsupported')}</p>;
    return <p className={s.attention}>{t('share.tooLarge', { max: formatOctets(MAX_FRAGMENT_CHARS) })}</p>;
  }
  const url = `${window.location.origin}${LAB_PATH}#${made.fragment}`;
  return (
    <>
      <span className={s.copy}>
        <input
          id={id}
          type="text"
          readOnly
          value={url}
          aria-label={t('share.field')}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={url} label={t('share.copy')} />
      </span>
      <p className={s.dim}>{t('share.size', { size: formatOctets(made.fragment.length) })}</p>
    </>
  );
}
