import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../../design/Button.tsx';
import { IconButton } from '../../../design/IconButton.tsx';
import { PACKET_KINDS, type WireRule } from '../../net/wire-rule.ts';
import { useDesk } from '../lab-context.tsx';
import { MAX_RULES } from '../share/limits.ts';
import { useNames } from '../use-names.ts';
import s from './SetupPanel.module.css';

const DEEDS = ['drop', 'delay', 'duplicate', 'corrupt'] as const;
const NEW_RULE: WireRule = { from: 'a', kind: 'data', nth: 2, count: 1, deed: { deed: 'drop' } };
const RULE_DELAY_US = 100_000;
const MAX_NTH = 9_999;

/** What the wire does to chosen packets: "drop the 2nd data segment of alice". */
export function RulesSection() {
  const { t } = useTranslation('lab');
  const desk = useDesk();
  const { rules } = useStore(desk.store, (state) => state.draft);
  const replace = (index: number, rule: WireRule): void =>
    desk.setRules(rules.map((each, at) => (at === index ? rule : each)));
  return (
    <section className={s.section} aria-labelledby="lab-rules">
      <h2 id="lab-rules">{t('rules.title')}</h2>
      {rules.length === 0 ? <p className={s.dim}>{t('rules.none')}</p> : null}
      <ul className={s.rules}>
        {rules.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name of their own, two may be alike
          <li key={index}>
            <RuleLine
              rule={rule}
              number={index + 1}
              change={(next) => replace(index, next)}
              remove={() => desk.setRules(rules.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      <Button size="sm" disabled={rules.length >= MAX_RULES} onClick={() => desk.setRules([...rules, NEW_RULE])}>
        <Plus aria-hidden /> {t('rules.add')}
      </Button>
    </section>
  );
}

interface RuleLineProps {
  readonly rule: WireRule;
  readonly number: number;
  readonly change: (rule: WireRule) => void;
  readonly remove: () => void;
}

function RuleLine({ rule, number, change, remove }: RuleLineProps) {
  const { t } = useTranslation('lab');
  const names = useNames();
  return (
    <fieldset className={s.rule}>
      <legend className={s.srOnly}>{t('rules.rule', { number })}</legend>
      <Choice
        label={t('rules.deed')}
        value={rule.deed.deed}
        options={DEEDS.map((id) => [id, t(`rules.deeds.${id}`)])}
        choose={(id) => change({ ...rule, deed: id === 'delay' ? { deed: id, byUs: RULE_DELAY_US } : { deed: id } })}
      />
      <NthFields rule={rule} change={change} />
      <Choice
        label={t('rules.kind')}
        value={rule.kind}
        options={PACKET_KINDS.map((id) => [id, t(`rules.kinds.${id}`)])}
        choose={(kind) => change({ ...rule, kind })}
      />
      <Choice
        label={t('rules.from')}
        value={rule.from}
        options={[
          ['a', t('rules.of', { host: names.a })],
          ['b', t('rules.of', { host: names.b })],
        ]}
        choose={(from) => change({ ...rule, from })}
      />
      <IconButton size="sm" label={t('rules.remove', { number })} icon={<X aria-hidden />} onClick={remove} />
    </fieldset>
  );
}

/** The which-th packet, and how many from there on. */
function NthFields({ rule, change }: Pick<RuleLineProps, 'rule' | 'change'>) {
  const { t } = useTranslation('lab');
  return (
    <span className={s.nth}>
      <span aria-hidden>{t('rules.nth')}</span>
      <NumberField label={t('rules.nthLabel')} value={rule.nth} change={(nth) => change({ ...rule, nth })} />
      <span aria-hidden>×</span>
      <NumberField label={t('rules.countLabel')} value={rule.count} change={(count) => change({ ...rule, count })} />
    </span>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly change: (value: number) => void;
}

function NumberField({ label, value, change }: NumberFieldProps) {
  return (
    <input
      type="number"
      min={1}
      max={MAX_NTH}
      aria-label={label}
      value={value}
      onChange={({ target }) => change(bounded(target.valueAsNumber))}
    />
  );
}

function bounded(value: number): number {
  return Number.isFinite(value) ? Math.min(MAX_NTH, Math.max(1, Math.round(value))) : 1;
}

interface ChoiceProps<Id extends string> {
  readonly label: string;
  readonly value: Id;
  readonly options: readonly (readonly [Id, string])[];
  readonly choose: (id: Id) => void;
}

function Choice<Id extends string>({ label, value, options, choose }: ChoiceProps<Id>) {
  const pick = (text: string): void => {
    const found = options.find(([id]) => id === text);
    if (found) choose(found[0]);
  };
  return (
    <select aria-label={label} value={value} onChange={(event) => pick(event.target.value)}>
      {options.map(([id, text]) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  );
}
