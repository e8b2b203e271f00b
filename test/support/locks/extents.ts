/** What tests claim, and which files each covers, told by hand. */
export const EXTENTS: readonly { readonly path: string; readonly glob: string; readonly covers: readonly string[] }[] = [
  { path: '/lab/a.json', glob: '', covers: ['a'] },
  { path: '/lab/b.json', glob: '', covers: ['b'] },
  { path: '/lab/d/x.csv', glob: '', covers: ['x'] },
  { path: '/lab/d/y.json', glob: '', covers: ['y'] },
  { path: '/lab/d/e/z.csv', glob: '', covers: ['z'] },
  { path: '/lab/d', glob: '**', covers: ['x', 'y', 'z', 'new csv', 'new json'] },
  { path: '/lab/d', glob: '*.csv', covers: ['x', 'new csv'] },
  { path: '/lab/d', glob: '**/*.csv', covers: ['x', 'z', 'new csv'] },
  { path: '/lab/d', glob: '*.json', covers: ['y', 'new json'] },
  { path: '/lab/d/e', glob: '**', covers: ['z'] },
  { path: '/lab', glob: '*.json', covers: ['a', 'b'] },
  { path: '/lab', glob: '?.json', covers: ['a', 'b'] },
  { path: '/lab', glob: '{a,c}.json', covers: ['a'] },
];
