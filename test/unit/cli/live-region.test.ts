import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LiveRegion } from '../../../src/cli/terminal/live-region.ts';
import { FakeOutput } from '../../support/fake-world.ts';
import { VirtualScreen } from '../../support/virtual-screen.ts';

class ScreenOutput extends FakeOutput {
  readonly screen: VirtualScreen;

  constructor(columns: number) {
    super();
    this.columns = columns;
    this.screen = new VirtualScreen(columns);
  }

  override write(text: string): void {
    this.screen.write(text);
  }

  resize(columns: number): void {
    this.columns = columns;
    this.screen.resize(columns);
  }
}

void test('the region is redrawn in place, and what stays scrolls away above it', () => {
  const output = new ScreenOutput(20);
  const region = new LiveRegion(output);
  output.write('$ run\n');
  region.draw([], ['a 0:01', 'b 0:01', 'bar']);
  region.draw(['a ended'], ['b 0:02', 'bar']);
  assert.equal(output.screen.text, '$ run\na ended\nb 0:02\nbar');
  assert.equal(output.screen.isCursorShown, false);
  region.close();
  assert.equal(output.screen.text, '$ run\na ended');
  assert.equal(output.screen.isCursorShown, true);
});

void test('a terminal made narrower leaves nothing of the old lines behind', () => {
  const output = new ScreenOutput(20);
  const region = new LiveRegion(output);
  region.draw(['first'], ['123456789 123456789', 'short']);
  output.resize(8);
  assert.equal(output.screen.text, 'first\n12345678\n9 123456\n789\nshort');
  region.draw([], ['1234…', 'short']);
  assert.equal(output.screen.text, 'first\n1234…\nshort');
  output.resize(40);
  region.draw([], ['1234', 'x']);
  assert.equal(output.screen.text, 'first\n1234\nx');
});

void test('colours take no room', () => {
  const output = new ScreenOutput(10);
  const region = new LiveRegion(output);
  region.draw(['top'], ['\u001b[31m12345\u001b[39m\u001b[2m6789\u001b[22m']);
  region.draw([], ['x']);
  assert.equal(output.screen.text, 'top\nx');
});

void test('closing what was never drawn writes nothing', () => {
  const output = new FakeOutput();
  new LiveRegion(output).close();
  assert.equal(output.text, '');
});
