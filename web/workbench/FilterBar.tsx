import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Switch } from '../design/Switch.tsx';
import { useWire } from '../session/react.tsx';
import s from './FilterBar.module.css';
import { useView, useViewStore } from './view-context.tsx';
import { isFiltering, MAX_FILTER_CHARS } from './view-store.ts';

/** What to show: conversations of one demo, octets of one direction, payloads with a text. */
export function FilterBar() {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const open = useView((state) => state.filterOpen);
  const filtering = useView(isFiltering);
  const showPage = useView((state) => state.showPage);
  if (!open) return null;
  return (
    <search className={s.bar} aria-label={t('filter.label')}>
      <DemoField />
      <DirectionField />
      <TextField />
      <Switch label={t('filter.page')} checked={showPage} onCheckedChange={(on) => view.setState({ showPage: on })} />
      {filtering ? (
        <Button
          size="sm"
          variant="quiet"
          onClick={() => view.setState({ demo: null, direction: null, text: '', showPage: false })}
        >
          {t('filter.reset')}
        </Button>
      ) : null}
      <span className={s.note}>{t('filter.note')}</span>
    </search>
  );
}

function DemoField() {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const id = useId();
  const demo = useView((state) => state.demo);
  const demos = useWire((state) => state.demos);
  const names = [...new Set(demos.map((each) => each.id))].sort();
  return (
    <span className={s.field}>
      <label htmlFor={id}>{t('filter.demo')}</label>
      <select id={id} value={demo ?? ''} onChange={(event) => view.setState({ demo: event.target.value || null })}>
        <option value="">{t('filter.allDemos')}</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

function DirectionField() {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const id = useId();
  const direction = useView((state) => state.direction);
  const set = (value: string) =>
    view.setState({ direction: value === 'to-server' || value === 'to-client' ? value : null });
  return (
    <span className={s.field}>
      <label htmlFor={id}>{t('filter.direction')}</label>
      <select id={id} value={direction ?? ''} onChange={(event) => set(event.target.value)}>
        <option value="">{t('filter.both')}</option>
        <option value="to-server">{t('direction.to-server')}</option>
        <option value="to-client">{t('direction.to-client')}</option>
      </select>
    </span>
  );
}

function TextField() {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const id = useId();
  const text = useView((state) => state.text);
  return (
    <span className={s.field}>
      <label htmlFor={id}>{t('filter.text')}</label>
      <input
        id={id}
        type="search"
        className={s.text}
        value={text}
        maxLength={MAX_FILTER_CHARS}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => view.setState({ text: event.target.value })}
      />
    </span>
  );
}
