import { useTranslation } from 'react-i18next';
import { useBreadcrumb } from '../page/breadcrumb.ts';
import { BenchPage } from '../playground/BenchPage.tsx';
import { RelayList } from './RelayList.tsx';

/** The porthole in front of the learner's own server: relays on the left, what they carry on the right. */
export function RelayPage() {
  const { t } = useTranslation('relay');
  useBreadcrumb([{ label: t('title') }]);
  return <BenchPage id="relay" sideSize="40%" resizeLabel={t('resize')} side={() => <RelayList />} />;
}
