import type { TimeSpan } from '../src/core/model/machine/machine-point.ts';
import type { Format, PageCommand, ToPage } from '../src/views/dashboard/protocol.ts';
import type { PartName, Shown } from '../src/views/dashboard/shown.ts';
import { TimeAxis } from './axis/time-axis.ts';
import { button } from './controls.ts';
import { element, setText } from './element.ts';
import { exportPicture } from './export/export-picture.ts';
import { exportText } from './export/export-text.ts';
import type { Host } from './host.ts';
import { readPageState, type PageState } from './page-state.ts';
import { pointsFor } from './plots/series-data.ts';
import { AdviceList } from './sections/advice-list.ts';
import { DecisionList } from './sections/decision-list.ts';
import { History } from './sections/history.ts';
import { QueueTile } from './sections/queue-tile.ts';
import { RoleTable } from './sections/role-table.ts';
import { ScriptTable } from './sections/script-table.ts';
import type { Section } from './sections/section.ts';
import { ShadowTile } from './sections/shadow-tile.ts';
import { StrategyTile } from './sections/strategy-tile.ts';
import { Tiles } from './sections/tiles.ts';
import { readTheme } from './theme.ts';

/** A zoom is asked for in full when it has come to rest. */
const ZOOM_REST_MS = 200;

/** The whole page: it keeps what the host sent and hands each section its parts. */
export class DashboardPage {
  private readonly host: Host;
  private readonly axis: TimeAxis;
  private readonly history: History;
  private readonly sections: readonly Section[];
  private readonly voice = element('div', { class: 'visually-hidden', 'aria-live': 'polite', role: 'status' });
  private readonly trouble = element('div', { class: 'trouble', role: 'alert', hidden: true });
  private readonly troubleText = element('span');
  private state: PageState;
  private shown: Partial<Shown> = {};
  private revision: number | undefined;
  private zoomTimer: number | undefined;
  private toldZoom: TimeSpan | undefined;

  constructor(parent: HTMLElement, host: Host) {
    this.host = host;
    this.state = readPageState(host.state);
    this.axis = new TimeAxis(this.state.span, Date.now(), this.state.zoom);
    this.toldZoom = this.state.zoom;
    const say = (text: string): void => setText(this.voice, text);
    const order = (command: PageCommand): void => host.send({ type: 'command', command });
    const queue = new QueueTile(order);
    const strategy = new StrategyTile({ say, pin: (pinned) => host.send({ type: 'pin', strategy: pinned }) });
    const shadow = new ShadowTile();
    const tiles = new Tiles(strategy.element, shadow.element, queue.element);
    this.history = new History(this.axis, { say, order, open: ({ task, run }) => host.send({ type: 'openLog', task, run }), choose: (span) => this.axis.setSpan(span) });
    const scripts = new ScriptTable(this.state.sort, (sort) => this.keep({ sort }));
    const advice = new AdviceList((type, id) => host.send({ type, id }));
    const [decisions, roles] = [new DecisionList(), new RoleTable()];
    this.sections = [tiles, strategy, shadow, queue, this.history, scripts, advice, decisions, roles];
    this.trouble.append(this.troubleText, button('Show Engine Log', () => order('showLog')));
    parent.append(element('h1', { class: 'visually-hidden' }, 'Parallel Workflow Dashboard'), this.voice, this.trouble, tiles.element, this.history.element, advice.element, scripts.element, roles.element, decisions.element, tiles.cost);
    this.axis.onDidChange((what) => {
      if (what === 'window') this.windowChanged();
    });
    window.addEventListener('scroll', () => this.keep({ scroll: window.scrollY }), { passive: true });
  }

  start(): void {
    this.host.onMessage((message) => this.receive(message));
    this.askAll();
  }

  private askAll(): void {
    this.host.send({ type: 'ready', look: this.axis.look });
  }

  private receive(message: ToPage): void {
    if (message.type === 'render') {
      this.host.send({ type: 'save', format: message.format, data: this.render(message.format) });
      return;
    }
    const { revision, isWhole, parts } = message;
    if (!isWhole && revision !== (this.revision ?? NaN) + 1) {
      // Something was missed: all of it is asked for again.
      this.revision = undefined;
      this.askAll();
      return;
    }
    const isFirst = this.revision === undefined;
    this.revision = revision;
    this.shown = { ...this.shown, ...parts };
    if (parts.machine !== undefined) this.axis.setNow(parts.machine.at);
    const came = Object.keys(parts) as PartName[];
    for (const section of this.sections) if (section.parts.some((part) => came.includes(part))) section.update(this.shown);
    this.tellTrouble();
    if (isFirst && this.state.scroll > 0) requestAnimationFrame(() => window.scrollTo(0, this.state.scroll));
  }

  private windowChanged(): void {
    const { span, zoom } = this.axis.look;
    const isNewSpan = span !== this.state.span;
    if (isNewSpan || zoom !== this.state.zoom) this.keep({ span, zoom });
    clearTimeout(this.zoomTimer);
    if (isNewSpan) this.tellLook();
    // The latest while moves by itself; only what a person does is told.
    else if (zoom !== this.toldZoom) this.zoomTimer = window.setTimeout(() => this.tellLook(), ZOOM_REST_MS);
  }

  private tellLook(): void {
    this.toldZoom = this.axis.look.zoom;
    this.host.send({ type: 'look', look: this.axis.look });
  }

  private tellTrouble(): void {
    const { trouble = '' } = this.shown;
    this.trouble.hidden = trouble === '';
    setText(this.troubleText, trouble === '' ? '' : `Some figures could not be read and are tried again: ${trouble}`);
  }

  private render(format: Format): string {
    if (format === 'png') {
      const plots = this.history.cards.flatMap(({ title, canvas }) => (canvas === undefined ? [] : [{ title, canvas }]));
      return exportPicture([...plots, { title: 'Runs', canvas: this.history.timeline.canvas }], readTheme());
    }
    const { window: visible } = this.axis;
    const { history, tail, detail } = this.shown;
    const points = pointsFor(visible, history, tail, detail).filter(({ at, lasts }) => at + lasts >= visible.from && at <= visible.to);
    return exportText(format, { window: visible, points, runs: this.history.visibleRuns(), shown: this.shown });
  }

  private keep(change: Partial<PageState>): void {
    this.state = { ...this.state, ...change };
    this.host.state = this.state;
  }
}
