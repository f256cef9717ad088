import { BookA, FlaskConical } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { buttonClass } from '../design/Button.tsx';
import { CoursePath } from '../lessons/CoursePath.tsx';
import { useBreadcrumb } from '../page/breadcrumb.ts';
import { ClientPicker } from '../playground/ClientPicker.tsx';
import { DemoCard } from '../playground/DemoCard.tsx';
import { groupDemos } from '../playground/demo-groups.ts';
import { useWire } from '../session/react.tsx';
import { Hero } from './Hero.tsx';
import s from './HomePage.module.css';
import { MachinePanel } from './MachinePanel.tsx';
import { useNextLesson } from './next-lesson.ts';

/** The way in: what this is, the course, what runs now, what this machine can show. */
export function HomePage() {
  const { t } = useTranslation('home');
  useBreadcrumb([]);
  const next = useNextLesson();
  return (
    <div className={s.page}>
      <Hero next={next} />
      <Section id="course" title={t('course')} lead={t('courseLead')}>
        <CoursePath next={next.id} />
        <p className={s.more}>
          <Link href="/glossary" className={buttonClass('secondary')}>
            <BookA aria-hidden /> {t('glossary')}
          </Link>
        </p>
      </Section>
      <Section id="demos" title={t('demos')} lead={t('demosLead')} aside={<ClientPicker hasTerminal={false} />}>
        <Demos />
      </Section>
      <Section id="lab" title={t('labTitle')} lead={t('labLead')}>
        <Link href="/lab" className={buttonClass('secondary')}>
          <FlaskConical aria-hidden /> {t('lab')}
        </Link>
      </Section>
      <Section id="machine" title={t('machine.title')} lead={t('machine.lead')}>
        <MachinePanel />
      </Section>
    </div>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

function Section({ id, title, lead, aside, children }: SectionProps) {
  return (
    <section className={s.section} aria-labelledby={`${id}-title`}>
      <header className={s.heading}>
        <h2 id={`${id}-title`}>{title}</h2>
        <p>{lead}</p>
        {aside}
      </header>
      {children}
    </section>
  );
}

function Demos() {
  const { t } = useTranslation('home');
  const addresses = useWire((state) => state.demos);
  const demos = useMemo(() => groupDemos(addresses), [addresses]);
  if (demos.length === 0) return <p className={s.waiting}>{t('noDemos')}</p>;
  return (
    <div className={s.demos}>
      {demos.map((demo) => (
        <DemoCard key={demo.id} demo={demo} />
      ))}
    </div>
  );
}
