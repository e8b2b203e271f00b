export interface PageFiles {
  readonly script: string;
  readonly style: string;
  /** Where the files may come from, as `webview.cspSource` says. */
  readonly source: string;
  /** Random, new for each page. */
  readonly nonce: string;
}

/** The page's frame: its script fills it. Nothing but its own two files may be loaded; the controls' library asks for the nonce where it makes a style. */
export function pageHtml({ script, style, source, nonce }: PageFiles): string {
  const policy = `default-src 'none'; style-src ${source} 'nonce-${nonce}'; script-src 'nonce-${nonce}'; font-src ${source}; img-src ${source}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parallel Workflow Dashboard</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<main id="dashboard"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
