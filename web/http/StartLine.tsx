import { useTranslation } from 'react-i18next';
import type { HttpMessage } from '#packets/http/http-message.ts';
import { payloadText } from '../workbench/payload-text.ts';
import { latin1 } from './latin1.ts';
import s from './StartLine.module.css';

/** Characters of a part that are shown. */
const MAX_PART_CHARS = 200;

/** The first line of a message, each part with its name; as it stands where it has no parts. */
export function StartLine({ message }: { readonly message: HttpMessage }) {
  const { t } = useTranslation('http');
  const line = message.request ?? message.status;
  if (!line) return null;
  const parts = partsOf(message);
  return (
    <dl className={s.line}>
      {parts.map(([name, text]) => (
        <div key={name} className={s.part}>
          <dt>{t(`part.${name}`)}</dt>
          <dd>{payloadText(latin1(text), false, MAX_PART_CHARS)}</dd>
        </div>
      ))}
    </dl>
  );
}

type PartName = 'method' | 'target' | 'version' | 'status' | 'reason' | 'line';

function partsOf({ request, status }: HttpMessage): readonly (readonly [PartName, string])[] {
  if (request?.version)
    return [
      ['method', request.method],
      ['target', request.target],
      ['version', request.version],
    ];
  if (status?.status)
    return [
      ['version', status.version],
      ['status', String(status.status)],
      ['reason', status.reason],
    ];
  return [['line', (request ?? status)?.text ?? '']];
}
