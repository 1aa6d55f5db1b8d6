# Runs PostgreSQL for as long as anyone holds the lease, a named pipe, open for writing.
# Standard input is the pipe's reading end; the arguments are the socket folder and the command line of postgres.
# Started in a session of its own, so that Ctrl-C in a terminal reaches the server alone.
trap '' HUP INT TERM
sockets=$1
shift
exec 3<&0 </dev/null

"$@" 3<&- &
postgres=$!

{
  # A server that joins writes a line and waits to see it here: from then on it is sure to be counted.
  while read -r line; do echo "$line" >>"$sockets/joined"; done
  kill -INT "$postgres"
} <&3 3<&- &
reader=$!

# Descriptor 3 stays open here until the end: while the pipe has a reader, something of this keeper still runs.
wait "$postgres"
status=$?
kill -KILL "$reader" 2>/dev/null
rm -rf "$sockets"
exit "$status"
