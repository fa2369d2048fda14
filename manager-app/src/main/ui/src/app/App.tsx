import { QueryClientProvider } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { lazy, memo, Suspense, useDeferredValue, useEffect } from 'react';
import { Redirect, Route, Router, Switch, useLocation } from 'wouter';
import { useSearch } from 'wouter/use-browser-location';
import { base } from '../api/base';
import { onSessionLost } from '../api/client';
import { tray } from '../api/jobs';
import { queries } from '../api/queries';
import { useSession } from '../api/session';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { Link } from '../parts/Link';
import { Notices } from '../parts/Notices';
import { Tips } from '../parts/Tips';
import { Keys } from '../screens/Keys';
import { Namespaces } from '../screens/Namespaces';
import { SignIn } from '../screens/SignIn';
import { ShownAddress } from './address';
import { Shell } from './Shell';

const KeyEditor = lazy(() => import('../screens/KeyEditor'));
const Search = lazy(() => import('../screens/Search'));
const Jobs = lazy(() => import('../screens/Jobs'));
const JobDetail = lazy(() => import('../screens/JobDetail'));
const Audit = lazy(() => import('../screens/Audit'));
const Import = lazy(() => import('../screens/Import'));
const DurableClasses = lazy(() => import('../screens/DurableClasses'));
const DurableDetail = lazy(() => import('../screens/DurableDetail'));
const DurableObjects = lazy(() => import('../screens/DurableObjects'));
const Export = lazy(() => import('../screens/Export'));
const Statistics = lazy(() => import('../screens/Statistics'));
const ApiKeys = lazy(() => import('../screens/ApiKeys'));
const Settings = lazy(() => import('../screens/Settings'));
const Alerts = lazy(() => import('../screens/Alerts'));
const AlertRules = lazy(() => import('../screens/AlertRules'));
const Backups = lazy(() => import('../screens/Backups'));
const DatabaseDetail = lazy(() => import('../screens/DatabaseDetail'));
const Databases = lazy(() => import('../screens/Databases'));
const Crons = lazy(() => import('../screens/Crons'));
const Deleted = lazy(() => import('../screens/Deleted'));
const Metrics = lazy(() => import('../screens/Metrics'));
const Migrate = lazy(() => import('../screens/Migrate'));
const NamespaceSettings = lazy(() => import('../screens/NamespaceSettings'));
const Notifications = lazy(() => import('../screens/Notifications'));
const Objects = lazy(() => import('../screens/Objects'));
const QueueDetail = lazy(() => import('../screens/QueueDetail'));
const Queues = lazy(() => import('../screens/Queues'));
const Roles = lazy(() => import('../screens/Roles'));
const ScheduleDetail = lazy(() => import('../screens/ScheduleDetail'));
const Schedules = lazy(() => import('../screens/Schedules'));
const TemplateEditor = lazy(() => import('../screens/TemplateEditor'));
const Templates = lazy(() => import('../screens/Templates'));
const Thresholds = lazy(() => import('../screens/Thresholds'));
const VectorIndexDetail = lazy(() => import('../screens/VectorIndexDetail'));
const VectorIndexes = lazy(() => import('../screens/VectorIndexes'));
const WebhookDetail = lazy(() => import('../screens/WebhookDetail'));
const Webhooks = lazy(() => import('../screens/Webhooks'));

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Router base={base}>
        <Gate />
      </Router>
      <Notices />
      <Tips />
    </QueryClientProvider>
  );
}

function Gate() {
  const session = useSession();
  useEffect(
    () =>
      onSessionLost(() => {
        tray.clear();
        queries.setQueryData(['session'], null);
      }),
    [],
  );
  if (session.isPending) return <div className="splash" aria-busy="true" />;
  if (session.isError) return <Failed page failure={session.error} retry={() => void session.refetch()} />;
  if (session.data === null) return <SignIn />;
  return (
    <Shell session={session.data}>
      <Suspense fallback={<SkeletonRows />}>
        <Screens />
      </Suspense>
    </Shell>
  );
}

/**
 * The screen of the address. A new one is drawn in slices while the one before still stands, so that opening it holds up
 * nothing; until then the filters that the old one reads are its own.
 */
function Screens() {
  const [path] = useLocation();
  const search = useSearch();
  const shown = useDeferredValue(path);
  const of = useDeferredValue(`${location.pathname}?${search}`);
  return (
    <ShownAddress value={of}>
      <Shown path={shown} />
    </ShownAddress>
  );
}

const Shown = memo(function Shown({ path }: { path: string }) {
  return (
    <Switch location={path}>
      <Route path="/"><Redirect to="/namespaces" replace /></Route>
      <Route path="/sign-in"><Redirect to="/namespaces" replace /></Route>
      <Route path="/namespaces"><Namespaces /></Route>
      <Route path="/namespaces/:ns/key">{({ ns }) => <KeyEditor key={ns} ns={ns} />}</Route>
      <Route path="/namespaces/:ns/import">{({ ns }) => <Import key={ns} ns={ns} />}</Route>
      <Route path="/namespaces/:ns/export">{({ ns }) => <Export key={ns} ns={ns} />}</Route>
      <Route path="/namespaces/:ns/statistics">{({ ns }) => <Statistics key={ns} ns={ns} />}</Route>
      <Route path="/namespaces/:ns/backups">{({ ns }) => <Backups key={ns} ns={ns} />}</Route>
      <Route path="/namespaces/:ns/objects">{({ ns }) => <Objects key={ns} ns={ns} />}</Route>
      <Route path="/namespaces/:ns/migrate">{({ ns }) => <Migrate key={ns} ns={ns} />}</Route>
      <Route path="/namespaces/:ns/deleted">{({ ns }) => <Deleted key={ns} ns={ns} />}</Route>
      <Route path="/namespaces/:ns/settings">{({ ns }) => <NamespaceSettings key={ns} ns={ns} />}</Route>
      <Route path="/namespaces/:ns">{({ ns }) => <Keys key={ns} ns={ns} />}</Route>
      <Route path="/search"><Search /></Route>
      <Route path="/databases"><Databases /></Route>
      <Route path="/databases/:id">{({ id }) => <DatabaseDetail key={id} id={id} />}</Route>
      <Route path="/queues"><Queues /></Route>
      <Route path="/queues/:id">{({ id }) => <QueueDetail key={id} id={id} />}</Route>
      <Route path="/vectors"><VectorIndexes /></Route>
      <Route path="/vectors/:name">{({ name }) => <VectorIndexDetail key={name} name={name} />}</Route>
      <Route path="/durable"><DurableClasses /></Route>
      <Route path="/durable/:type">{({ type }) => <DurableObjects key={type} type={type} />}</Route>
      <Route path="/durable/:type/:id">{({ type, id }) => <DurableDetail key={`${type} ${id}`} type={type} id={id} />}</Route>
      <Route path="/jobs"><Jobs /></Route>
      <Route path="/jobs/:id">{({ id }) => <JobDetail key={id} id={id} />}</Route>
      <Route path="/schedules"><Schedules /></Route>
      <Route path="/schedules/:id">{({ id }) => <ScheduleDetail key={id} id={id} />}</Route>
      <Route path="/crons"><Crons /></Route>
      <Route path="/alerts"><Alerts /></Route>
      <Route path="/alerts/rules"><AlertRules /></Route>
      <Route path="/alerts/thresholds"><Thresholds /></Route>
      <Route path="/notifications"><Notifications /></Route>
      <Route path="/overview"><Metrics /></Route>
      <Route path="/webhooks"><Webhooks /></Route>
      <Route path="/webhooks/:id">{({ id }) => <WebhookDetail key={id} id={id} />}</Route>
      <Route path="/templates"><Templates /></Route>
      <Route path="/templates/:id">{({ id }) => <TemplateEditor key={id} id={id} />}</Route>
      <Route path="/audit"><Audit /></Route>
      <Route path="/settings"><Settings /></Route>
      <Route path="/settings/roles"><Roles /></Route>
      <Route path="/settings/api-keys"><ApiKeys /></Route>
      <Route>
        <Empty page icon={SearchX} title="No such page" actions={<Link className="button" href="/namespaces">Go to the namespaces</Link>}>
          Nothing has this address.
        </Empty>
      </Route>
    </Switch>
  );
});
