import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type HttpField, type HttpMessage, wanting } from '#packets/http/http-message.ts';
import { formatMs } from '../workbench/format.ts';
import { payloadText } from '../workbench/payload-text.ts';
import type { TracedMessage } from './http-trace.ts';
import { latin1 } from './latin1.ts';
import s from './MessageCard.module.css';
import { Problems } from './Problems.tsx';
import { StartLine } from './StartLine.tsx';

/** Characters of a body that are shown. */
const MAX_BODY_CHARS = 600;

/** Props of {@link MessageCard}. */
export interface MessageCardProps {
  readonly traced: TracedMessage;
  /** Time since the conversation opened, in microseconds. */
  readonly sinceUs: number;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

/** One message, split into its parts, with what is missing or wrong in words. */
export function MessageCard({ traced, sinceUs, selected, onSelect }: MessageCardProps) {
  const { t } = useTranslation('http');
  const { message, direction } = traced;
  const Arrow = direction === 'to-server' ? ArrowRight : ArrowLeft;
  return (
    <li className={s.card} data-direction={direction} data-selected={selected}>
      <h3 className={s.head}>
        <button type="button" className={s.select} aria-pressed={selected} onClick={onSelect}>
          <Arrow aria-hidden />
          {t(`role.${message.role}`, { number: message.index + 1 })}
        </button>
        <span className={s.place}>
          {t('octets', { from: message.from, to: Math.max(message.from, message.to - 1) })}
        </span>
        <span className={s.time}>{formatMs(sinceUs)} ms</span>
        <span className={s.state} data-state={message.state}>
          {t(`state.${message.state}`)}
        </span>
      </h3>
      <StartLine message={message} />
      <Fields fields={message.fields} caption={t('fields')} />
      <BodyPart message={message} />
      <Fields fields={message.trailers} caption={t('trailers')} />
      <Waiting message={message} />
      <Problems problems={message.problems} />
    </li>
  );
}

function Fields({ fields, caption }: { readonly fields: readonly HttpField[]; readonly caption: string }) {
  if (fields.length === 0) return null;
  return (
    <table className={s.fields} aria-label={caption}>
      <tbody>
        {fields.map((field) => (
          <tr key={field.from}>
            <th scope="row">{payloadText(latin1(field.name), false, MAX_BODY_CHARS)}</th>
            <td>{payloadText(latin1(field.value), false, MAX_BODY_CHARS)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BodyPart({ message }: { readonly message: HttpMessage }) {
  const { t } = useTranslation('http');
  const { framing, bodyBytes, chunks, body } = message;
  if (framing === null) return null;
  const told = t(`framing.${framing.kind}`, {
    count: framing.kind === 'length' ? framing.bytes : bodyBytes,
    chunks,
  });
  return (
    <div className={s.body}>
      <p className={s.framing}>
        <b>{t('body')}</b> {told}
      </p>
      {body.length > 0 ? (
        <pre className={s.text}>{payloadText(body, bodyBytes > body.length, MAX_BODY_CHARS)}</pre>
      ) : null}
    </div>
  );
}

function Waiting({ message }: { readonly message: HttpMessage }) {
  const { t } = useTranslation('http');
  const wanted = wanting(message);
  if (!wanted) return null;
  return (
    <p className={s.waiting} aria-live="polite">
      {t(`wanting.${wanted.what}`, { count: wanted.what === 'body' ? wanted.bytes : 0 })}
    </p>
  );
}
