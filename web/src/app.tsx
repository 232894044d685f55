import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { overviewQuery, queryClient, useMeta, useSession } from './api/queries.ts';
import { root } from './api/root.ts';
import { Loaded } from './kit/loaded.tsx';
import { Shell } from './layout/shell.tsx';
import { Overview } from './pages/overview/overview.tsx';
import { theme } from './theme.ts';

/** The overview comes with the first load, every other page when it is first opened. */
const Operations = lazy(async () => ({
  default: (await import('./pages/operations/operations.tsx')).Operations,
}));
const Operation = lazy(async () => ({
  default: (await import('./pages/operation/operation.tsx')).Operation,
}));
const Incidents = lazy(async () => ({
  default: (await import('./pages/incidents/incidents.tsx')).Incidents,
}));
const Incident = lazy(async () => ({ default: (await import('./pages/incidents/incident.tsx')).Incident }));
const Documents = lazy(async () => ({
  default: (await import('./pages/documents/documents.tsx')).Documents,
}));
const Reports = lazy(async () => ({ default: (await import('./pages/reports/reports.tsx')).Reports }));
const Channels = lazy(async () => ({ default: (await import('./pages/channels/channels.tsx')).Channels }));
const Settings = lazy(async () => ({ default: (await import('./pages/settings/settings.tsx')).Settings }));
const SetUp = lazy(async () => ({ default: (await import('./pages/set-up/set-up.tsx')).SetUp }));
const SignIn = lazy(async () => ({ default: (await import('./pages/sign-in/sign-in.tsx')).SignIn }));
const Setup = lazy(async () => ({ default: (await import('./pages/setup/setup.tsx')).Setup }));
const NotFound = lazy(async () => ({ default: (await import('./pages/not-found.tsx')).NotFound }));

// Asked for together with who is here, because nearly always somebody is.
void queryClient.prefetchQuery(overviewQuery);

export function App() {
  return (
    // Whatever Mantine would write into a style element stands in the page's own files.
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
      withStaticClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <Router base={root}>
          <Suspense fallback={null}>
            <Gate />
          </Suspense>
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** First run, sign-in, or the page itself. */
function Gate() {
  const meta = useMeta();
  const session = useSession();
  return (
    <Loaded query={meta}>
      {(known) => (
        <Loaded query={session}>
          {(who) => {
            if (who === null) return <SignIn meta={known} />;
            return known.setup ? <Setup /> : <Pages />;
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

function Pages() {
  return (
    <Shell>
      <Suspense fallback={null}>
        <Switch>
          <Route path="/" component={Overview} />
          <Route path="/operations" component={Operations} />
          <Route path="/operations/:id">{({ id }) => <Operation key={id} id={id} />}</Route>
          <Route path="/set-up" component={SetUp} />
          <Route path="/incidents" component={Incidents} />
          <Route path="/incidents/:id">{({ id }) => <Incident key={id} id={id} />}</Route>
          <Route path="/documents" component={Documents} />
          <Route path="/reports" component={Reports} />
          <Route path="/channels/:name?">{({ name }) => <Channels name={name} />}</Route>
          <Route path="/settings/:tab?">{({ tab }) => <Settings tab={tab} />}</Route>
          <Route path="/sign-in">
            <Redirect to="/" />
          </Route>
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Shell>
  );
}
