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
cli-about-backup = A copy of the desk in one file, made while others work
cli-about-restore = Put a backup in the place of the desk's file, while nobody works
cli-after-restore = The old file is kept beside it. No case number that was given before is given again, and what was erased stays erased.
cli-about-doctor = Look whether everything about the desk's file is as it should be; changes nothing
cli-after-doctor = Exit status: 0 all is well, 1 something is to be done, 2 the file is damaged.
cli-about-demo = A desk of invented cases to look around in
cli-about-help = This help, or that of a command

cli-arg-aftercare-db = The desk's file
cli-arg-aftercare-language = The language of the screens: en or zh
cli-arg-aftercare-ambiguous = How wide the terminal draws … · │ “ and Greek or Cyrillic letters: narrow, wide, or auto, which asks it (or AFTERCARE_AMBIGUOUS; auto)
cli-arg-aftercare-background = What the terminal writes on: light, dark, or auto, which asks it (or AFTERCARE_BACKGROUND; auto)
cli-arg-aftercare-zone = The time zone of the service centre, where a day begins and ends (or AFTERCARE_ZONE; Asia/Shanghai)
cli-arg-aftercare-staff = The name of whoever works here; the login name where none is given
cli-arg-aftercare-bench = A shared bench: whoever scans a badge and types the PIN works
cli-arg-aftercare-idle = A bench locks when nobody has touched it for so many minutes (5)
cli-arg-aftercare-terms = The folder of further versions of the terms
cli-arg-aftercare-today = Work as if today were this day (for practice)
cli-arg-check-file = A file of JSON objects; - or nothing reads standard input
cli-arg-check-pretty = Print for a person, clause by clause
cli-arg-check-terms = A folder of further versions of the terms, each in force from its own date
cli-arg-backup-db = The desk's file
cli-arg-restore-db = The desk's file
cli-arg-doctor-db = The desk's file
cli-arg-backup-file = The new file; “backups” beside the desk's file where none is named
cli-arg-restore-file = The backup
cli-arg-restore-yes = Do not ask
cli-arg-restore-given = The highest case number that stands on a parcel, where nothing else tells any more
cli-arg-demo-db = Keep the desk in this file; it must not exist yet
cli-arg-demo-today = The day it is in the demo
cli-arg-demo-cases = How many cases; each story comes once at least
cli-arg-demo-seed = The same number gives the same desk
cli-arg-demo-pictures = Draw the main screens into this folder (for the README)
cli-arg-help-command = The command
cli-arg-help = This help
cli-arg-version = The version

cli-wrong-argument = There is no option { $what }.
cli-wrong-command = There is no command { $what }.
cli-wrong-value = { $what } does not take “{ $value }”.
cli-wrong-value-takes = { $what } does not take “{ $value }”, but { $takes }.
cli-wrong-value-missing = { $what } needs a value.
cli-wrong-value-missing-takes = { $what } needs a value: { $takes }.
cli-wrong-text = What was given is not text (UTF-8).
cli-takes-cases = a whole number
cli-takes-format = csv or jsonl
cli-takes-given = a case number, such as RMA26-00051
cli-takes-idle = minutes from 1 to 480
cli-takes-language = en or zh
cli-takes-ambiguous = narrow, wide or auto
cli-takes-background = light, dark or auto
cli-takes-role = operator, technician, supervisor or viewer
cli-takes-seed = a whole number
cli-takes-today = a day that exists as YYYY-MM-DD
cli-takes-zone = the name of a time zone, such as Asia/Shanghai
cli-wrong-missing = What is missing: { $what }.
cli-wrong-together = { $what } and { $other } do not go together.
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
cli-open-is-folder = { $path } is a folder. Name a file.
cli-open-not-a-desk = { $path } is not a desk's file, but something else. Name another file.
cli-open-newer = { $path } was written by a newer version of this program (its version { $have }, this program knows { $know }). Start the newer version.
cli-open-damaged = { $path } is damaged and cannot be read as a desk: { $why }. Keep the file as it is.
cli-open-missing = There is no file { $path }.
cli-open-lost = { $path } is missing or empty, and yet case numbers were given here before: the desk's file was lost. To begin a new desk all the same, name another file with --db FILE.
cli-open-restoring = A backup is being put in the place of { $path } just now. Try again in a moment.
cli-open-backup =
    The newest backup that is whole is { $path } (newest change { $newest }). Put it back with:
    { $command }
cli-open-no-backup = There is no backup in the folder “backups” beside it that is whole. If there is one elsewhere: aftercare restore FILE
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

## Backup, restore, doctor.
backup-made = { $path } is made and checked: { $size }, { $cases ->
    [one] 1 case
   *[other] { $cases } cases
}, newest change { $newest }.
backup-exists = { $path } exists already, and no backup is written over another file. Name a new one.
backup-damaged = No backup was made: { $path } is damaged: { $why }. Earlier backups were left alone.
restore-backup = The backup { $path } is whole: { $size }, { $cases ->
    [one] 1 case
   *[other] { $cases } cases
}, { $changes ->
    [one] 1 change
   *[other] { $changes } changes
}, the newest of { $newest }. This comes back.
restore-before-none = There is no file { $path } now.
restore-before-unreadable = What is in { $path } now can no longer be read. Whatever was recorded after the backup is not in the desk afterwards.
restore-before-same = Everything in { $path } is in the backup as well.
restore-before = In { $path }, with a newest change of { $newest }, there are { $changes ->
    [one] 1 change
   *[other] { $changes } changes
} that are not in the backup, { $cases ->
    [0] none of them a whole case
    [one] with them 1 whole case
   *[other] with them { $cases } whole cases
}. They go from the desk and stay in the old file.
restore-given = The next case number will be { $next }; by what is stored here, the last was { $last }.
restore-given-first = The next case number will be { $next }; by what is stored here, none of that year was given.
restore-ask = Put the backup in its place? (yes/no)
restore-needs-yes = There is no terminal to ask in. Say --yes to put the backup back. Nothing was changed.
restore-same = This is the desk's file itself, not a backup of it.
restore-working = { $who } is working at the desk. Ask them to leave first, then try again.
restore-working-somebody = Somebody or something has the desk's file open. End that first, then try again.
restore-done = { $path } is the backup now.
restore-kept = The old file is { $path }.
restore-next-number = The next case number is { $number }.
restore-numbers-unsure = Nothing is left that tells which case numbers were given after the backup. Look at the parcels: where a higher number stands on one, restore again with --given NUMBER.
restore-erased = { $count ->
    [one] 1 value that had been erased was erased again.
   *[other] { $count } values that had been erased were erased again.
}
doctor-good = { $path } is in good health.
doctor-to-do = { $path }: something is to be done.
doctor-damaged = { $path } is damaged.
doctor-sign-good = [ok]
doctor-sign-note = [note]
doctor-sign-to-do = [to do]
doctor-sign-damaged = [damaged]
doctor-opens = It opens: { $size }, { $cases ->
    [one] 1 case
   *[other] { $cases } cases
}, { $changes ->
    [one] 1 change
   *[other] { $changes } changes
}, the newest of { $newest }.
doctor-whole = Every page, index and link is whole.
doctor-not-whole = Not every page, index and link is whole: { $why }
doctor-schema = Tables and the guards of the list of changes are all there.
doctor-schema-strange = Somebody has altered the file; not as they have to be: { $names }. Put a backup back.
doctor-older = Its schema is { $have }; opening the desk upgrades it to { $latest }, with a backup first.
doctor-replayed = { $records ->
    [one] 1 record gives
   *[other] { $records } records give
} what their changes say.
doctor-broken = { $broken ->
    [one] 1 record
   *[other] { $broken } records
} cannot be read from the changes.
doctor-lines = Every line of the board and of the search is what the changes give.
doctor-lines-differ = { $differing ->
    [one] 1 line
   *[other] { $differing } lines
} of the board { $differing ->
    [one] is
   *[other] are
} not what the changes give, and { $unfound ->
    [one] 1 case is
   *[other] { $unfound } cases are
} not found by the search. Unless somebody edited the file by hand nothing is lost; a line is made anew when its case changes. If it comes again, report it.
doctor-versions = The terms every case was opened under are stored.
doctor-versions-unknown = Of { $cases ->
    [one] 1 case
   *[other] { $cases } cases
} the terms they were opened under are not stored; they are judged by those of their day. Put the file of that version into the folder “terms”.
doctor-counters = No counter is below a number that was given.
doctor-counters-low = Counters are below numbers that were given: { $numbers }. Open the desk once; it raises them.
doctor-journal = Numbers and erasures are kept beside the file.
doctor-journal-missing = { $missing ->
    [one] 1 number or erasure is
   *[other] { $missing } numbers or erasures are
} not kept beside the file (.kept). Open the desk once; the next daily backup notes the rest.
doctor-journal-torn = { $unreadable ->
    [one] 1 line
   *[other] { $unreadable } lines
} beside the file (.kept) cannot be read, as after a power cut. The others are.
doctor-journal-unreadable = What is kept beside the file (.kept) cannot be read: { $why }. Case numbers cannot be given. Give the owner of the desk the right to read and write it.
doctor-permissions = Nobody else may look into the desk's files.
doctor-unwritable = Nothing can be saved while the owner of these may not write them: { $paths }. Use chmod u+w on them.
doctor-permissions-open = Others may look into these, or own them: { $paths }. Use chmod go= (and chown) on them.
doctor-backup = The newest backup opens and is whole: { $path }, newest change { $newest }.
doctor-backup-old = The newest backup that is whole is { $days ->
    [one] 1 day
   *[other] { $days } days
} old: { $path }. Make one: aftercare backup
doctor-no-backup = There is no backup. Make one: aftercare backup
doctor-backups-bad = { $bad ->
    [one] There is 1 backup, and it is not
   *[other] There are { $bad } backups, and none is
} whole. Look at the disk, and make one elsewhere: aftercare backup FILE
doctor-room = { $free } are free on the disk; the file has { $file }.
doctor-room-little = Only { $free } are free on the disk; the file has { $file }. Make room.
doctor-cut-off = Putting a backup back was cut off. Opening the desk does the rest.
doctor-years = The working days of { $this } and { $next } are known.
doctor-year-missing = The working days of { $year } are not known. Add calendar/{ $year }.toml beside the file as soon as they are announced.
doctor-terms = Every file of terms and working days beside the desk can be used.
doctor-files-between = { "; " }
doctor-terms-refused = The desk goes on without these files: { $files }
