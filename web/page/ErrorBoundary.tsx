import { CircleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { EmptyState } from '../design/EmptyState.tsx';

/** Props of {@link ErrorBoundary}. */
export interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** When it changes, what failed is tried again: the address of the page. */
  readonly resetKey: string;
}

interface ErrorBoundaryState {
  readonly error: unknown;
  readonly resetKey: string;
}

/** Keeps a failure in one page from taking the rest along, and says what to do. React has no hook for it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error };
  }

  static getDerivedStateFromProps(
    props: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Failed error={this.state.error} />;
  }
}

function Failed({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('page');
  return (
    <div role="alert">
      <EmptyState icon={<CircleAlert aria-hidden />} title={t('failed.title')}>
        <p>{isMissingFile(error) ? t('failed.chunk') : t('failed.body')}</p>
        <p>
          <Button onClick={() => window.location.reload()}>{t('failed.reload')}</Button>
        </p>
      </EmptyState>
    </div>
  );
}

/** Browsers word a failed `import()` differently and give it no code; Vite adds its own for a stylesheet. */
function isMissingFile(error: unknown): boolean {
  return error instanceof Error && /module script|dynamically imported|preload/i.test(error.message);
}
