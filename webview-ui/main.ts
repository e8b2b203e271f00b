import { registerControls } from './controls.ts';
import { DashboardPage } from './dashboard-page.ts';
import { Host } from './host.ts';

registerControls();
new DashboardPage(document.getElementById('dashboard')!, new Host()).start();
