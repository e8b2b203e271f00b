// Stands in for VS Code's native watchdog, which needs a compiler to install: an extension host must not outlive its server.
export function start(parent) {
  setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch {
      process.exit(87);
    }
  }, 1000).unref();
}
