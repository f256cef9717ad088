import { Check, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../design/Button.tsx';
import { Segmented } from '../../../design/Segmented.tsx';
import { useLab, useLabState } from '../lab-context.tsx';
import { packetLabel } from '../packet-label.ts';
import { numbersText, sourceOf } from '../packet-sentence.ts';
import { useNames } from '../use-names.ts';
import { ASKED_FLAGS, type AskedFlag, isRight, judge, type Prediction, type Verdict } from './judge.ts';
import s from './PredictPanel.module.css';

const NOTHING_SAID: Prediction = { from: 'a', flags: [], sequence: null, acknowledgment: null, length: null };

/** What became of a prediction. */
interface Judged {
  readonly packet: number | null;
  readonly verdicts: readonly Verdict[];
}

/** "Who sends what next?" The run stands still until the learner has said; then the stack goes on and is compared. */
export function PredictPanel() {
  const { t } = useTranslation('lab');
  const session = useLab();
  const busy = useLabState((state) => state.busy);
  const [said, setSaid] = useState(NOTHING_SAID);
  const [judged, setJudged] = useState<Judged | null>(null);
  const [score, setScore] = useState({ right: 0, of: 0 });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const packet = await session.stepToNextSent();
    const verdicts = judge(said, packet === null ? null : (session.book.get(packet) ?? null));
    if (packet !== null) session.select(packet);
    setJudged({ packet, verdicts });
    setScore({ right: score.right + (isRight(verdicts) ? 1 : 0), of: score.of + 1 });
    setSaid({ ...NOTHING_SAID, from: said.from });
  };
  return (
    <section className={s.panel} aria-label={t('predict.title')}>
      <form className={s.form} onSubmit={(event) => void submit(event)}>
        <Question said={said} change={(part) => setSaid({ ...said, ...part })} />
        <Button type="submit" variant="primary" size="sm" disabled={busy}>
          {t('predict.go')}
        </Button>
        <span className={s.score}>{t('predict.score', score)}</span>
      </form>
      <div className={s.answer} aria-live="polite">
        {judged ? <Answer judged={judged} /> : <p className={s.dim}>{t('predict.about')}</p>}
      </div>
    </section>
  );
}

interface QuestionProps {
  readonly said: Prediction;
  readonly change: (part: Partial<Prediction>) => void;
}

function Question({ said, change }: QuestionProps) {
  const { t } = useTranslation('lab');
  const names = useNames();
  const toggle = (flag: AskedFlag): void =>
    change({ flags: said.flags.includes(flag) ? said.flags.filter((each) => each !== flag) : [...said.flags, flag] });
  return (
    <>
      <Segmented
        label={t('predict.from')}
        items={[
          { id: 'a', label: names.a },
          { id: 'b', label: names.b },
          { id: 'none', label: t('predict.nobody') },
        ]}
        value={said.from ?? 'none'}
        onValueChange={(id) => change({ from: id === 'a' || id === 'b' ? id : null })}
      />
      {said.from === null ? null : (
        <>
          <fieldset className={s.flags}>
            <legend>{t('predict.flags')}</legend>
            {ASKED_FLAGS.map((flag) => (
              <label key={flag}>
                <input type="checkbox" checked={said.flags.includes(flag)} onChange={() => toggle(flag)} />
                {flag.toUpperCase()}
              </label>
            ))}
          </fieldset>
          <NumberInput label="seq" value={said.sequence} change={(sequence) => change({ sequence })} />
          <NumberInput
            label="ack"
            value={said.acknowledgment}
            change={(acknowledgment) => change({ acknowledgment })}
          />
          <NumberInput label="len" value={said.length} change={(length) => change({ length })} />
        </>
      )}
    </>
  );
}

interface NumberInputProps {
  readonly label: string;
  readonly value: number | null;
  readonly change: (value: number | null) => void;
}

function NumberInput({ label, value, change }: NumberInputProps) {
  const type = (text: string): void => {
    if (/^\d{0,10}$/.test(text)) change(text === '' ? null : Number(text));
  };
  return (
    <label className={s.number}>
      {label}
      <input
        inputMode="numeric"
        autoComplete="off"
        maxLength={10}
        value={value ?? ''}
        onChange={(event) => type(event.target.value)}
      />
    </label>
  );
}

function Answer({ judged }: { readonly judged: Judged }) {
  const { t } = useTranslation('lab');
  const { book } = useLab();
  const names = useNames();
  const run = useLabState((state) => state.run);
  const { packet, verdicts } = judged;
  const record = packet === null ? undefined : run.packets[packet];
  const facts = packet === null ? undefined : book.get(packet);
  const label = facts ? packetLabel(facts) : null;
  const say = (value: Verdict['said']): string =>
    value === 'a' || value === 'b' ? names[value] : value === null ? '—' : String(value);
  return (
    <>
      <p>
        <b data-right={isRight(verdicts)}>{t(isRight(verdicts) ? 'predict.right' : 'predict.wrong')}</b>{' '}
        {record && label ? (
          <>
            {names[record.from]}: <code>{`${label.name} ${label.rest}`.trim()}</code> —{' '}
            {t(`because.${record.because.rule}`)}{' '}
            <span className={s.dim}>
              {[numbersText(record.because), sourceOf(record.because)].filter(Boolean).join(' · ')}
            </span>
          </>
        ) : (
          t('predict.silence')
        )}
      </p>
      <ul className={s.verdicts}>
        {verdicts.map(({ what, said, was, right }) => (
          <li key={what} data-right={right}>
            {right ? <Check aria-hidden /> : <X aria-hidden />}
            {right
              ? t('predict.match', { what: t(`predict.what.${what}`), was: say(was) })
              : t('predict.differs', { what: t(`predict.what.${what}`), said: say(said), was: say(was) })}
          </li>
        ))}
      </ul>
    </>
  );
}
