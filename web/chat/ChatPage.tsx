import { UserPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import { useStore } from 'zustand';
import { Button } from '../design/Button.tsx';
import { useBreadcrumb } from '../page/breadcrumb.ts';
import { createSeats, MAX_SEATS, type Seats, USERS } from './browser-seats.ts';
import s from './ChatPage.module.css';
import { FormatsPanel } from './FormatsPanel.tsx';
import { SeatPanel } from './SeatPanel.tsx';

/** Two or three users of the chat side by side, each over a protocol of its own, with the wire under it. */
export function ChatPage() {
  const { t } = useTranslation('chat');
  useBreadcrumb([{ label: t('title') }]);
  const seats = useSeats();
  return (
    <div className={s.scroll}>
      <h1>{t('title')}</h1>
      <p className={s.lead}>{t('lead')}</p>
      <p className={s.lead}>{t('more')}</p>
      {seats ? <SeatColumns seats={seats} /> : null}
    </div>
  );
}

/** The seats that the address names (`?users=alice:json`), for as long as the page is shown. */
function useSeats(): Seats | null {
  const wished = new URLSearchParams(useSearch()).get('users');
  const [seats, setSeats] = useState<Seats | null>(null);
  useEffect(() => {
    const made = createSeats(wished);
    setSeats(made);
    return () => made.close();
  }, [wished]);
  return seats;
}

function SeatColumns({ seats }: { readonly seats: Seats }) {
  const { t } = useTranslation('chat');
  const { seats: all, linePorts } = useStore(seats.store);
  const free = USERS.find((user) => all.every((seat) => seat.store.getState().user !== user)) ?? USERS[0];
  return (
    <>
      <div className={s.columns}>
        {all.map((seat) => (
          <SeatPanel
            key={seat.id}
            seat={seat}
            linePorts={linePorts}
            {...(all.length > 1 ? { remove: () => seats.remove(seat) } : {})}
          />
        ))}
      </div>
      {all.length < MAX_SEATS ? (
        <Button className={s.add} onClick={() => seats.add(free, 'json')}>
          <UserPlus aria-hidden /> {t('add')}
        </Button>
      ) : null}
      <FormatsPanel seats={all} />
    </>
  );
}
