import { Mic, Paperclip, SendHorizontal, Square, Video } from 'lucide-react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../design/Button.tsx';
import { FileIconButton } from '../design/FileIconButton.tsx';
import { IconButton } from '../design/IconButton.tsx';
import s from './Composer.module.css';
import type { MediaProblem } from './call.ts';
import { MAX_VOICE_MS } from './limits.ts';
import { type Recorder, recordVoice } from './media.ts';
import type { Seat } from './seat.ts';
import { LOBBY } from './speakers/speaker.ts';

/** Where somebody writes, attaches, records and calls. What the protocol has no word for says so. */
export function Composer({ seat }: { readonly seat: Seat }) {
  const { t } = useTranslation('chat');
  const isOn = useStore(seat.store, (state) => state.status === 'on');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isOn) return;
    seat.say(text);
    setText('');
  };
  return (
    <form className={s.form} onSubmit={submit}>
      <div className={s.row}>
        <TextField seat={seat} text={text} onText={setText} />
        <Button type="submit" disabled={!isOn || text.trim() === ''} aria-label={t('send')}>
          <SendHorizontal aria-hidden />
        </Button>
      </div>
      <Tools seat={seat} isOn={isOn} tell={setProblem} />
      {problem ? (
        <p className={s.problem} role="alert">
          {problem}
        </p>
      ) : null}
    </form>
  );
}

interface TextFieldProps {
  readonly seat: Seat;
  readonly text: string;
  readonly onText: (text: string) => void;
}

function TextField({ seat, text, onText }: TextFieldProps) {
  const { t } = useTranslation('chat');
  const status = useStore(seat.store, (state) => state.status);
  const conversation = useStore(seat.store, (state) => state.conversation);
  const id = useId();
  return (
    <>
      <label htmlFor={id} className={s.label}>
        {conversation === LOBBY ? t('sayToRoom') : t('say', { to: conversation })}
      </label>
      <input
        id={id}
        className={s.input}
        value={text}
        // What is being written while the connection heals is not lost.
        disabled={status !== 'on' && status !== 'healing'}
        maxLength={4_000}
        autoComplete="off"
        onChange={(event) => {
          onText(event.target.value);
          seat.typed();
        }}
      />
    </>
  );
}

interface ToolsProps {
  readonly seat: Seat;
  readonly isOn: boolean;
  /** Is told what went wrong; nothing when it went well. */
  readonly tell: (problem: string) => void;
}

function Tools({ seat, isOn, tell }: ToolsProps) {
  const { t } = useTranslation('chat');
  const takesFiles = isOn && Boolean(seat.speaker?.slot);
  const share = async (name: string, mime: string, body: Blob): Promise<void> => {
    const reason = await seat.share(name, mime, body);
    tell(reason === null ? '' : t('failed', { reason }));
  };
  return (
    <div className={s.tools}>
      <FileButton disabled={!takesFiles} share={share} />
      <VoiceButton disabled={!takesFiles} share={share} fail={(which) => tell(t(`media.${which}`))} />
      <CallButton seat={seat} />
      {isOn && !takesFiles ? <span className={s.hint}>{t('notHere')}</span> : null}
    </div>
  );
}

type Share = (name: string, mime: string, body: Blob) => Promise<void>;

function FileButton({ disabled, share }: { readonly disabled: boolean; readonly share: Share }) {
  const { t } = useTranslation('chat');
  // What the browser has no type for is octets.
  const shareFile = (file: File): void =>
    void share(file.name, file.type === '' ? 'application/octet-stream' : file.type, file);
  return <FileIconButton label={t('attach')} icon={<Paperclip aria-hidden />} disabled={disabled} onFile={shareFile} />;
}

interface VoiceButtonProps {
  readonly disabled: boolean;
  readonly share: Share;
  readonly fail: (problem: MediaProblem) => void;
}

function VoiceButton({ disabled, share, fail }: VoiceButtonProps) {
  const { t } = useTranslation('chat');
  const [recorder, setRecorder] = useState<Recorder | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const finish = async (running: Recorder): Promise<void> => {
    clearTimeout(timer.current);
    setRecorder(null);
    const recorded = await running.stop();
    if (recorded) await share(`voice.${recorded.mime.split('/')[1] ?? 'bin'}`, recorded.mime, recorded.blob);
  };
  const start = async (): Promise<void> => {
    const running = await recordVoice();
    if (typeof running === 'string') {
      fail(running);
      return;
    }
    setRecorder(running);
    timer.current = setTimeout(() => void finish(running), MAX_VOICE_MS);
  };
  return (
    <IconButton
      size="sm"
      label={t(recorder ? 'recording' : 'record')}
      icon={recorder ? <Square aria-hidden className={s.recording} /> : <Mic aria-hidden />}
      pressed={recorder !== null}
      disabled={disabled && !recorder}
      onClick={() => void (recorder ? finish(recorder) : start())}
    />
  );
}

function CallButton({ seat }: { readonly seat: Seat }) {
  const { t } = useTranslation('chat');
  const status = useStore(seat.store, (state) => state.status);
  const conversation = useStore(seat.store, (state) => state.conversation);
  const phase = useStore(seat.call.store, (state) => state.phase);
  const isRoom = conversation.startsWith('#');
  const isIdle = phase === 'idle' || phase === 'ended';
  return (
    <IconButton
      size="sm"
      label={isRoom ? t('chooseUser') : t('callUser', { user: conversation })}
      icon={<Video aria-hidden />}
      disabled={status !== 'on' || isRoom || !isIdle || !seat.speaker?.call}
      onClick={() => void seat.call.start(conversation)}
    />
  );
}
