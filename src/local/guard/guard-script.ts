/**
 * Shell program that runs another one and ends it, by TERM and ten seconds later by KILL, when nobody has
 * held it for a while, or at once when it gets TERM itself. Arguments: the named pipe by whose writing end
 * it is held, seconds without a holder, then the program with its arguments. It ends with the program and
 * with its status.
 *
 * The system closes the pipe of a holder that was killed: `cat` waits for that, and opening the pipe waits
 * for the next holder. Every wait in the background looks once a second whether the program still runs, so
 * that nothing of the guard outlives it for long. Until the number of the program is known, TERM is only noted: a command
 * in the background of the trap would take the place of that number. TERM is sent twice, a second apart: the first one is
 * lost where it comes between the start of the program's process and of the program in it.
 */
export const GUARD_SCRIPT = `
hold=$1
grace=$2
shift 2
asked=

end() {
  kill -TERM $program
  sleep 1
  kill -TERM $program || return 0
  for second in 2 3 4 5 6 7 8 9 10; do
    sleep 1
    kill -0 $program || return 0
  done
  kill -KILL $program
}

count_down() {
  second=0
  while [ $second -lt $grace ]; do
    sleep 1
    kill -0 $program || return 0
    second=$((second + 1))
  done
  end
}

watch() {
  while count_down & countdown=$!; do
    { kill $countdown; cat >/dev/null; } <"$hold" || break
  done
}

trap 'asked=yes' TERM INT HUP
"$@" </dev/null &
program=$!
trap 'end 2>/dev/null &' TERM INT HUP
[ -z "$asked" ] || end 2>/dev/null &
(watch; end) 2>/dev/null &
watcher=$!
while :; do
  wait $program
  status=$?
  kill -0 $program 2>/dev/null || break
done
kill -KILL $watcher 2>/dev/null
exit $status
`;
