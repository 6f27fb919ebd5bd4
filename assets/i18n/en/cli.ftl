### The command line: help, and why something did not work.

cli-usage = Usage:
cli-commands = Commands
cli-options = Options
cli-arguments = Arguments

cli-about-aftercare =
    The after-sales desk in a terminal: one case from the call to the parcel back.
    Without a command the desk is opened.
cli-after-aftercare =
    The desk is one file: the one --db names, else the one the environment variable AFTERCARE_DB names, else desk.db in the data folder. Further versions of the terms (terms/*.toml) and working days (calendar/*.toml) are read from the folder of that file.
cli-about-check = Decide cases by the terms: JSON objects in, one JSON object a line out
cli-about-demo = A desk of invented cases to look around in
cli-about-help = This help, or that of a command

cli-arg-aftercare-db = The desk's file
cli-arg-aftercare-language = The language of the screens: en or zh
cli-arg-aftercare-zone = The time zone of the service centre, where a day begins and ends (or AFTERCARE_ZONE; Asia/Shanghai)
cli-arg-aftercare-staff = The name of whoever works here; the login name where none is given
cli-arg-aftercare-terms = The folder of further versions of the terms
cli-arg-aftercare-today = Work as if today were this day (for practice)
cli-arg-check-file = A file of JSON objects; - or nothing reads standard input
cli-arg-check-pretty = Print for a person, clause by clause
cli-arg-check-terms = A folder of further versions of the terms, each in force from its own date
cli-arg-demo-db = Keep the desk in this file; it must not exist yet
cli-arg-demo-today = The day it is in the demo
cli-arg-demo-cases = How many cases
cli-arg-demo-seed = The same number gives the same desk
cli-arg-demo-pictures = Draw the main screens into this folder (for the README)
cli-arg-help-command = The command
cli-arg-help = This help
cli-arg-version = The version

cli-wrong-argument = There is no option { $what }.
cli-wrong-command = There is no command { $what }.
cli-wrong-value = { $what } does not take “{ $value }”.
cli-wrong-value-missing = { $what } needs a value.
cli-wrong-missing = What is missing: { $what }.
cli-wrong-twice = { $what } can be given once only.
cli-see-help = “aftercare help” tells what there is.

cli-no-terminal =
    The desk needs a terminal to show its screens, and here is none.
    Start it in a terminal; over SSH with “ssh -t HOST aftercare”.
    Without a terminal there are “aftercare check”, which decides cases by the terms, and “aftercare demo --db FILE”, which makes a desk of invented cases in a file.
cli-terminal-refused = The terminal cannot be used: { $why }.

cli-unchanged = Nothing was changed.
cli-open-no-place = There is no place for the desk's file: name one with --db FILE.
cli-open-folder-missing = The folder { $path } is not there and cannot be made.
cli-open-no-permission = You may not read or write { $path }. Ask whoever owns it, or name another file with --db FILE.
cli-open-read-only = { $path } can only be read; the desk has to write to it.
cli-open-is-folder = { $path } is a folder. Name a file with --db FILE.
cli-open-not-a-desk = { $path } is not a desk's file, but something else. Name another file with --db FILE.
cli-open-newer = { $path } was written by a newer version of this program (its version { $have }, this program knows { $know }). Start the newer version.
cli-open-damaged = { $path } is damaged and cannot be read as a desk ({ $why }). Keep the file as it is, and open the latest backup with --db FILE.
cli-open-busy = { $path } is locked by another program. Try again in a moment.
cli-open-full = There is no room on the disk of { $path }.
cli-open-other = { $path } could not be opened: { $why }.
cli-store-thread = The desk could not start its work on the file: { $why }.

cli-panicked =
    The desk had to close because of a fault in the program ({ $place }).
    Every field that was left is saved; what was half typed is there at the next start.

refused-files = Files the desk goes on without
refused-fault = { $path }, line { $line }: { $reason }
refused-unreadable = { $path } cannot be read: { $reason }
refused-any-key = Any key opens the desk.

## The demo.
cli-demo-no-terminal = There is no terminal to show the screens in. Keep the desk in a file instead: aftercare demo --db FILE
cli-demo-no-folder = No folder for the demo desk could be made: { $why }
cli-demo-built = A desk of { $cases } invented cases is in { $path }. Open it in a terminal with: aftercare --db { $path }
cli-demo-exists = { $path } exists already. The demo is built in a new file only; nothing was changed.
cli-demo-failed = The demo could not be written to { $path }: { $why }
