# Keeps the second file open for writing until the first one exists; gives up after a minute.
exec 3>>"$2"
echo "first line" >&3
echo "waiting for $1"
tries=0
while [ ! -e "$1" ]; do
  tries=$((tries + 1))
  [ $tries -gt 1200 ] && exit 1
  sleep 0.05
done
echo "the gate is open"
