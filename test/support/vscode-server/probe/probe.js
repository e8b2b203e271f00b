// Tells the page, through its console, that the extension host is up and which process it is.
exports.activate = () => console.log(`extension host ready: ${process.pid}`);
