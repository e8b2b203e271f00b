echo "about to fail" >&2
sleep 0.7
exit 3
