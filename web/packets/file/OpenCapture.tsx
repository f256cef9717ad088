import { FileUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EvidenceBadge } from '../../design/EvidenceBadge.tsx';
import { FilePick } from '../../design/FilePick.tsx';
import s from './OpenCapture.module.css';
import { TRACE_KERNEL, TRACES } from './traces.ts';

/** Asks for a capture file, dropped or picked, and offers those that come with the page. */
export function OpenCapture({ onFile }: { readonly onFile: (file: File) => void }) {
  const { t } = useTranslation('packets');
  return (
    <>
      <section className={s.drop} aria-label={t('file.pick')}>
        <FileUp aria-hidden />
        <p>{t('file.drop')}</p>
        <FilePick variant="primary" accept=".pcapng,.pcap,.cap,.ntar" onFile={onFile}>
          {t('file.pick')}
        </FilePick>
      </section>
      <section aria-labelledby="traces">
        <h2 id="traces" className={s.heading}>
          {t('file.traces')} <EvidenceBadge evidence="captured" />
        </h2>
        <p className={s.lead}>{t('file.tracesLead', { kernel: TRACE_KERNEL })}</p>
        <ul className={s.traces}>
          {TRACES.map((name) => (
            <li key={name}>
              <Link href={`/packets?trace=${name}`} className={s.trace}>
                <b>{t(`trace.${name}.title`)}</b>
                <span>{t(`trace.${name}.what`)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
