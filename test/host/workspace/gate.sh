# Says that it has begun, and goes on when the file exists whose name it is given; gives up after a minute.
echo "waiting for $1"
tries=0
while [ ! -e "$1" ]; do
  tries=$((tries + 1))
  [ $tries -gt 1200 ] && exit 1
  sleep 0.05
done
echo "the gate is open"
