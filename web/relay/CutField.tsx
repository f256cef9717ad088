import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cut } from '#protocol/relay.ts';
import s from './FaultFields.module.css';

const HOWS = ['half-close', 'reset', 'blackhole'] as const;

/** Whether, how and after how many octets a direction is cut. */
export function CutField({ cut, change }: { readonly cut: Cut | null; readonly change: (cut: Cut | null) => void }) {
  const { t } = useTranslation('relay');
  const afterId = useId();
  const [after, setAfter] = useState(String(cut?.afterBytes ?? 0));
  const afterBytes = /^\d{1,15}$/.test(after.trim()) ? Number(after) : null;
  const choose = (how: string): void => {
    const chosen = HOWS.find((each) => each === how);
    change(chosen === undefined ? null : { how: chosen, afterBytes: afterBytes ?? 0 });
  };
  const type = (text: string): void => {
    setAfter(text);
    if (cut !== null && /^\d{1,15}$/.test(text.trim())) change({ ...cut, afterBytes: Number(text) });
  };
  return (
    <div className={s.fields}>
      <HowField cut={cut} choose={choose} />
      <label htmlFor={afterId}>{t('cut.after')}</label>
      <span className={s.input}>
        <input
          id={afterId}
          inputMode="numeric"
          value={after}
          maxLength={15}
          aria-invalid={afterBytes === null}
          onChange={(event) => type(event.target.value)}
        />
        <span className={s.unit}>B</span>
      </span>
    </div>
  );
}

function HowField({ cut, choose }: { readonly cut: Cut | null; readonly choose: (how: string) => void }) {
  const { t } = useTranslation('relay');
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{t('cut.label')}</label>
      <span className={s.input}>
        <select id={id} value={cut?.how ?? ''} data-on={cut !== null} onChange={(event) => choose(event.target.value)}>
          <option value="">{t('cut.none')}</option>
          {HOWS.map((how) => (
            <option key={how} value={how}>
              {t(`cut.${how}`)}
            </option>
          ))}
        </select>
        <span className={s.unit} />
      </span>
    </>
  );
}
