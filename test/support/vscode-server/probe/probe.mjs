// Tells the page, through its console, that the extension host is up and which process it is.
export function activate() {
  console.log(`extension host ready: ${process.pid}`);
}
