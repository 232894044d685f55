import { openNow } from '../views/open-now.ts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type Result, verdicts } from '../../model/result.ts';
import type { CycleStatistics } from '../../model/cycle.ts';
import type { HandlerContext } from '../context.ts';
import { told } from '../live/operation-rows.ts';
import { slowFinder, stateNow } from '../../incidents/latency/slow-now.ts';
import type { Workers } from '../api/workers.ts';
import { queueOf } from '../views/queue.ts';
import { workersView, workerStates } from '../views/workers.ts';
import { nodeMetricHelp, nodeMetrics } from './node-metrics.ts';

/** Every metric with its help; the reference page lists them. Labels are names of the configuration, all bounded. */
export const metricHelp = {
  apipatrol_build_info: 'Version of the program; always 1.',
  ...nodeMetricHelp,
  apipatrol_operations: 'Documented operations by their state now.',
  apipatrol_cycles_total: 'Cycles that have closed since the first scrape.',
  apipatrol_cycles_missed_total: 'Due cycles that were left out because the one before was still running.',
  apipatrol_cycle_duration_seconds: 'How long the last cycle took.',
  apipatrol_cycle_lateness_seconds: 'How much later than due the last cycle started.',
  apipatrol_cycle_closed_timestamp_seconds: 'When the last cycle closed.',
  apipatrol_cycle_next_timestamp_seconds: 'When a service is patrolled next.',
  apipatrol_results_total: 'Results since the first scrape, by verdict.',
  apipatrol_response_seconds: 'Durations of whole calls that were answered.',
  apipatrol_incidents_open: 'Open incidents that people have been told of or will be.',
  apipatrol_messages_waiting: 'Messages that wait to be sent.',
  apipatrol_channel_up: 'A channel takes messages: 1, or does not: 0.',
  apipatrol_credential_up: 'A credential has what it signs with: 1, or has not: 0.',
  apipatrol_slo_budget_left_ratio: 'Share of the error budget of an objective that is left.',
  apipatrol_workers: 'Workers that have joined, by location and state.',
  apipatrol_batches_waiting: 'Batches of a location that no worker has in hand yet.',
  apipatrol_batch_wait_seconds: 'How long the first batch of a location has waited for a worker.',
  apipatrol_document_problems: 'Problems of documents and of the plan by severity.',
} as const;

/** Default metrics that `promtool check metrics` refuses: gauges called counters. Their sums stand in others. */
const misnamed = ['handles', 'requests', 'resources'].map((what) => `nodejs_active_${what}_total`);

type Name = keyof typeof metricHelp;

/** What Prometheus scrapes. Counters count what this process has seen. */
export class Metrics {
  readonly #contextNow: () => HandlerContext;
  readonly #registry = new Registry();
  readonly #cycles: Counter;
  readonly #missed: Counter;
  readonly #results: Counter;
  readonly #response: Histogram;

  /**
   * @param contextNow What is to be counted, as it is now.
   * @param isWhole It is for everything: then it also tells how the process is.
   */
  constructor(contextNow: () => HandlerContext, isWhole: boolean) {
    this.#contextNow = contextNow;
    if (isWhole) collectDefaultMetrics({ register: this.#registry });
    for (const name of misnamed) this.#registry.removeSingleMetric(name);
    this.#cycles = this.#counter('apipatrol_cycles_total', ['outcome']);
    this.#missed = this.#counter('apipatrol_cycles_missed_total', []);
    this.#results = this.#counter('apipatrol_results_total', ['service', 'verdict']);
    this.#response = new Histogram({
      name: 'apipatrol_response_seconds' satisfies Name,
      help: metricHelp.apipatrol_response_seconds,
      labelNames: ['service'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 15],
      registers: [this.#registry],
    });
    this.#gauge('apipatrol_build_info', ['version'], (gauge) =>
      gauge.set({ version: this.#context.version }, 1),
    );
    nodeMetrics(this.#registry, () => this.#context);
    this.#operations();
    this.#lastCycle();
    this.#incidents();
    this.#channels();
    if (isWhole) this.#locations();
    this.#plan();
  }

  get #context(): HandlerContext {
    return this.#contextNow();
  }

  result(service: string, result: Result): void {
    this.#results.inc({ service, verdict: result.verdict });
    if (result.status !== undefined) this.#response.observe({ service }, result.phases.totalMs / 1000);
  }

  cycle({ outcome, missed }: CycleStatistics): void {
    this.#cycles.inc({ outcome });
    this.#missed.inc(missed);
  }

  async scrape(): Promise<{ readonly text: string; readonly contentType: string }> {
    return { text: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  #operations(): void {
    this.#gauge('apipatrol_operations', ['service', 'state'], async (gauge) => {
      const { board, patrol } = this.#context;
      const slow = slowFinder(told(await patrol.store.openIncidents()));
      for (const [service, { checks, skipped }] of board.services) {
        for (const state of [...verdicts, 'waiting']) gauge.set({ service, state }, 0);
        gauge.set({ service, state: 'skipped' }, skipped.length);
        for (const check of checks) {
          const last = board.lastResult(check.id);
          gauge.inc({ service, state: stateNow(last, slow(check, last)) });
        }
      }
    });
  }

  #lastCycle(): void {
    const ofLast = (name: Name, value: (last: CycleStatistics) => number): void =>
      this.#gauge(name, [], async (gauge) => {
        const lastCycle = await this.#context.lastCycle();
        if (lastCycle !== undefined) gauge.set(value(lastCycle) / 1000);
      });
    ofLast('apipatrol_cycle_duration_seconds', ({ durationMs }) => durationMs);
    ofLast('apipatrol_cycle_lateness_seconds', ({ latenessMs }) => latenessMs);
    ofLast('apipatrol_cycle_closed_timestamp_seconds', ({ startedAt, durationMs }) => startedAt + durationMs);
    this.#gauge('apipatrol_cycle_next_timestamp_seconds', ['service'], (gauge) => {
      for (const { service, at } of this.#context.patrol.nextCycles()) gauge.set({ service }, at / 1000);
    });
    this.#gauge('apipatrol_slo_budget_left_ratio', ['objective', 'kind'], async (gauge) => {
      for (const { objective, kind, left } of (await this.#context.lastCycle())?.budgets ?? [])
        gauge.set({ objective, kind }, left);
    });
  }

  #incidents(): void {
    this.#gauge('apipatrol_incidents_open', ['severity', 'level'], async (gauge) => {
      for (const severity of ['critical', 'major', 'minor']) gauge.set({ severity, level: 'operation' }, 0);
      for (const { severity, cause } of told(await openNow(this.#context.patrol.store)))
        gauge.inc({ severity, level: cause.level });
    });
  }

  #channels(): void {
    this.#gauge('apipatrol_messages_waiting', ['channel'], async (gauge) => {
      const { patrol } = this.#context;
      const queued = await patrol.store.gallery.queued();
      for (const channel of Object.keys(patrol.sender.health()))
        gauge.set({ channel }, queueOf(channel, queued).waiting);
    });
    this.#gauge('apipatrol_channel_up', ['channel'], (gauge) => {
      for (const [channel, { state }] of Object.entries(this.#context.patrol.sender.health()))
        gauge.set({ channel }, state === 'broken' ? 0 : 1);
    });
    this.#gauge('apipatrol_credential_up', ['credential'], (gauge) => {
      for (const { credential, state } of this.#context.patrol.tokens.status())
        gauge.set({ credential }, state === 'failing' || state === 'stopped' ? 0 : 1);
    });
  }

  #locations(): void {
    const seen = async (): Promise<Workers> => {
      const { patrol, clock } = this.#context;
      const { settings } = patrol.config;
      if (settings.locations === undefined) return { items: [], locations: [] };
      return workersView(patrol.store.work, settings, clock.now());
    };
    this.#gauge('apipatrol_workers', ['location', 'state'], async (gauge) => {
      const { locations, items } = await seen();
      for (const { name: location } of locations)
        for (const state of workerStates) gauge.set({ location, state }, 0);
      for (const { location, state } of items) gauge.inc({ location, state });
    });
    this.#gauge('apipatrol_batches_waiting', ['location'], async (gauge) => {
      for (const { name: location, waiting } of (await seen()).locations) gauge.set({ location }, waiting);
    });
    this.#gauge('apipatrol_batch_wait_seconds', ['location'], async (gauge) => {
      for (const { name: location, lagMs } of (await seen()).locations) gauge.set({ location }, lagMs / 1000);
    });
  }

  #plan(): void {
    this.#gauge('apipatrol_document_problems', ['severity'], async (gauge) => {
      const { board, problems } = this.#context;
      for (const severity of ['error', 'warning', 'info']) gauge.set({ severity }, 0);
      for (const service of board.services.keys())
        for (const { level: severity } of await problems(service)) gauge.inc({ severity });
    });
  }

  #counter(name: Name, labelNames: string[]): Counter {
    return new Counter({ name, help: metricHelp[name], labelNames, registers: [this.#registry] });
  }

  /** Filled in when it is asked for; what is gone by then is gone from it. */
  #gauge(name: Name, labelNames: string[], fill: (gauge: Gauge) => void | Promise<void>): void {
    const registers = [this.#registry];
    const gauge: Gauge = new Gauge({
      name,
      help: metricHelp[name],
      labelNames,
      registers,
      async collect() {
        gauge.reset();
        // Without labels it would be 0 after that; what is not known has no value.
        if (labelNames.length === 0) gauge.remove();
        await fill(gauge);
      },
    });
  }
}
