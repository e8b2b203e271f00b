# journalled.sh JOURNAL KEY TURNS EXIT [fork|GATE]: a line at the start, work, a line at the end, each appended by one write.
# The order of the lines is the order in which things happened, however the clocks run. Builtins only: a task costs one fork.
read -r up rest < /proc/uptime
echo "start $2 $$ $up" >> "$1"
echo "output of $2"
work() {
  i=0
  while [ "$i" -lt "$1" ]; do i=$((i + 1)); done
}
case ${5-} in
  '') work "$3" ;;
  fork) work "$3" & wait "$!" ;;
  *) read -r rest < "$5" ;;
esac
read -r up rest < /proc/uptime
echo "end $2 $$ $up" >> "$1"
exit "$4"
