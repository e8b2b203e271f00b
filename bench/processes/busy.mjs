// Keeps a core busy for SECONDS of its own CPU time; appends when it began and when it was done to a file.
import { appendFileSync } from 'node:fs';

const [seconds, file] = process.argv.slice(2);
appendFileSync(file, `${process.pid} begin ${Date.now()}\n`);
const used = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
while (used() < Number(seconds));
appendFileSync(file, `${process.pid} end ${Date.now()}\n`);
