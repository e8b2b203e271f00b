// Count the ways to place queens on a board so that none attacks another. `count` is made to be queued
// as a function task: its arguments come as JSON, and what it returns is written as JSON.

// Published counts for boards of 1 to 15, to check the result.
const KNOWN = [1, 0, 0, 2, 10, 4, 40, 92, 352, 724, 2680, 14200, 73712, 365596, 2279184];

/** Solutions that continue a partial board; columns and both diagonals are sets of bits. */
function solutions(all, columns, left, right) {
  if (columns === all) return 1;
  let found = 0;
  for (let free = all & ~(columns | left | right); free !== 0; free &= free - 1) {
    const queen = free & -free;
    found += solutions(all, columns | queen, (left | queen) << 1, (right | queen) >> 1);
  }
  return found;
}

export function count({ size = 15 } = {}) {
  if (!Number.isInteger(size) || size < 1 || size > KNOWN.length) {
    throw new RangeError(`Expected \`size\` to be an integer from 1 to ${KNOWN.length}, got \`${size}\``);
  }
  const all = (1 << size) - 1;
  const byFirstColumn = [];
  for (let column = 0; column < size; column++) {
    const queen = 1 << column;
    byFirstColumn.push(solutions(all, queen, queen << 1, queen >> 1));
    console.log(`first queen in column ${column + 1}: ${byFirstColumn[column]} solutions`);
  }
  const total = byFirstColumn.reduce((sum, part) => sum + part, 0);
  if (total !== KNOWN[size - 1]) {
    throw new Error(`A board of ${size} has ${KNOWN[size - 1]} solutions, counted ${total}: \`solutions\` is wrong`);
  }
  const mirrored = byFirstColumn.every((part, column) => part === byFirstColumn[size - 1 - column]);
  if (!mirrored) throw new Error(`The counts must be the same from both sides, got ${byFirstColumn.join(', ')}`);
  return { size, total, byFirstColumn };
}
