# Writes a report as a runner of GUI tests does: gui-tests.sh RUNS, where the file RUNS counts the runs.
echo run >> "$1"
clicks='<failure message="no such button">line 1
line 2</failure>'
[ "$(wc -l < "$1")" -gt 1 ] && clicks=''
mkdir -p "$PARALLEL_WORKFLOW_ARTIFACTS/shots"
echo picture > "$PARALLEL_WORKFLOW_ARTIFACTS/shots/seen.png"
echo picture > "$PARALLEL_WORKFLOW_ARTIFACTS/clicks.png"
printf '%s' "$PARALLEL_WORKFLOW_TESTS" > "$1.tests"
cat > "$PARALLEL_WORKFLOW_JUNIT" <<REPORT
<testsuites><testsuite name="window">
<testcase classname="window" name="opens" time="0.5" file="gui-tests.sh" line="2"/>
<testcase classname="window" name="clicks" time="0.1">$clicks<system-out>clicked
[[ATTACHMENT|shots/seen.png]]</system-out></testcase>
<testcase classname="window" name="drags"><skipped message="no mouse"/></testcase>
</testsuite></testsuites>
REPORT
[ -z "$clicks" ]
