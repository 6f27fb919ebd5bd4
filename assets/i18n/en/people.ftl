### Who works here: the commands for people and keys, and why somebody may not start.

cli-about-staff = Who works at this desk: people, roles, keys, badges
cli-about-add = Enter a person; with a key, print the line for authorized_keys
cli-about-list = Everybody who is entered
cli-about-role = Give a person another role
cli-about-disable = Let nobody work under this name any more; a running session ends
cli-about-enable = Let the person work again
cli-about-key = Enter a further SSH key of a person and print the line for authorized_keys
cli-about-badge = Enter what a person's badge says when it is scanned
cli-about-pin = Set a person's PIN
cli-about-export = Every case as one line, for a spreadsheet or a script
cli-after-staff =
    One account owns the desk's file, and each person logs in to it with a key of their own. The line that “staff add” prints goes into ~/.ssh/authorized_keys of that account; the key then says who it is. With Dropbear add “--server dropbear”; tinysshd knows no options in that file, so that a key would open a shell: it is not supported.
cli-after-export =
    Times are those of the service centre, money is in yuan, the names of columns and codes are the same in every language. CSV is for a spreadsheet: it begins with a byte order mark, and numbers of cases, phones, units and parcels, and whatever a spreadsheet would take for a number, a day or a formula, stand as ="text", so that they stay as they are. With --plain CSV is for a program: no byte order mark, and only a cell that begins with = + - @ has an apostrophe in front. XLSX has days, moments and amounts as such, the rest as text. Control characters are shown as their pictures.

cli-arg-staff-db = The desk's file
cli-arg-staff-zone = The time zone of the service centre; stands in the printed line where it is given
cli-arg-staff-terms = The folder of further versions of the terms; stands in the printed line where it is given
cli-arg-add-name = The name: lower-case letters a to z, digits, “-”, “_”, “.”, a letter first
cli-arg-add-role = operator, technician, supervisor or viewer
cli-arg-add-key = A file with the person's public SSH key; - reads standard input
cli-arg-add-server = The SSH server that reads the printed line: openssh, or dropbear on small hosts
cli-arg-add-badge = What the person's badge says when it is scanned
cli-arg-add-pin = Ask for a PIN, twice; where there is no terminal, read it from standard input
cli-arg-role-name = Who
cli-arg-role-role = operator, technician, supervisor or viewer
cli-arg-disable-name = Who
cli-arg-enable-name = Who
cli-arg-key-name = Who
cli-arg-key-file = A file with the public key; - reads standard input
cli-arg-key-server = The SSH server that reads the printed line: openssh, or dropbear on small hosts
cli-arg-badge-name = Who
cli-arg-badge-code = What the badge says
cli-arg-pin-name = Who
cli-arg-export-db = The desk's file
cli-arg-export-format = csv, jsonl or xlsx
cli-arg-export-plain = CSV for a program: no byte order mark, cells as they are
cli-arg-export-output = Write to this new file, readable by its owner alone, instead of standard output
cli-arg-export-open = Open cases only

## Starting. Each is one line: what is the matter, and what to do.
start-needs-staff = People are entered at this desk, so the start has to say who works: add --staff NAME (“aftercare staff list” shows the names).
start-unknown = Nobody called “{ $name }” is entered at this desk. Ask whoever looks after it: aftercare staff list, aftercare staff add.
start-disabled = “{ $name }” may not work at this desk any more. Ask your supervisor.
start-no-command = With --staff only the desk itself is started here. Leave --staff out to use “{ $what }”.
start-no-badges = Nobody can sit down at this bench yet: it takes a badge and a PIN. Enter them: aftercare staff badge NAME CODE, aftercare staff pin NAME.
ssh-bench = At a bench nothing but the desk can be asked for.

## What is asked for over SSH.
ssh-nothing = No command was given. Over SSH there are: { $list }. Without any command, “ssh -t” opens the desk.
ssh-too-long = The command is too long: “{ $what }”. Over SSH there are: { $list }.
ssh-character = The command has characters that do not stand in commands here: “{ $what }”. Over SSH there are: { $list }.
ssh-no-command = There is no such command here: “{ $what }”. Over SSH there are: { $list }. Without any command, “ssh -t” opens the desk.
ssh-no-argument = The command does not take this: “{ $what }”. Over SSH there are: { $list }.
ssh-role = Your role ({ $role }) may not use “{ $what }”. Ask a supervisor.

## People.
staff-name-empty = A name is needed.
staff-name-too-long = “{ $name }” is too long: a name has at most { $most } characters.
staff-name-character = “{ $name }” cannot be a name: { $char } does not stand in one. A name has lower-case letters a to z, digits, “-”, “_” and “.”, a letter first, as in “li” or “wang.xm”.
staff-name-taken = “{ $name }” is entered already, and a name is never given twice. Change the role with “aftercare staff role”, let a disabled person work again with “aftercare staff enable”, or take another name.
staff-no-such = Nobody called “{ $name }” is entered. “aftercare staff list” shows the names.
staff-last-supervisor = “{ $name }” is the last supervisor; without one nobody could grant an exception any more. Enter another supervisor first: aftercare staff add NAME --role supervisor
staff-key-of = This key is { $other }'s. A key says who somebody is, so everybody needs one of their own: ssh-keygen -t ed25519
staff-badge-of = This badge is { $other }'s. Everybody needs one of their own.
staff-badge-length = A badge has { $least } to { $most } characters.
staff-badge-means = At the desk this is a command or the number of a case. Take another code for the badge.
staff-badge-character = { $char } does not stand in the code of a badge. Scan it, or type letters, digits and signs without blanks.
staff-changed-meanwhile = Somebody else changed this at the same moment. Look at “aftercare staff list” and try again.
staff-file = The desk's file would not take it: { $why }
staff-unread = The desk's file cannot be read: { $why }
staff-unwritten = The output cannot be written: { $why }
staff-line-unmade = The line for authorized_keys cannot be made: { $why }
staff-unchanged = { $name } stands so already; nothing was changed.
staff-added = { $name } is entered as { $role }.
staff-role-set = { $name } is { $role } now.
staff-disabled = { $name } may not work any more; a running session ends at its next action. Take the person's line out of authorized_keys too.
staff-enabled = { $name } may work again.
staff-key-set = The key is entered for { $name }.
staff-badge-set = The badge is entered for { $name }.
staff-pin-set = The PIN of { $name } is set.
staff-put-line = Put the printed line into ~/.ssh/authorized_keys of this account.
staff-no-supervisor = No supervisor is entered yet: aftercare staff add NAME --role supervisor
staff-none = Nobody is entered: whoever owns the file works as a supervisor, and needs no --staff.
staff-list-name = Name
staff-list-role = Role
staff-list-state = State
staff-list-badge = Badge
staff-list-pin = PIN
staff-list-keys = SSH keys
staff-list-yes = yes
staff-list-no = -

## Keys.
key-unreadable = { $path } cannot be read: { $why }
key-nothing = There is no key in it. Give the public key, the file that ends in .pub.
key-too-large = This is too large for a public key. Give the file that ends in .pub.
key-private = This is a private key, which nobody else may ever have. Give the public one, the file that ends in .pub; make a new pair if this one was seen by others (ssh-keygen -t ed25519).
key-other-form = This key is in another form. Change it with: ssh-keygen -i -f FILE
key-several = There are several keys in it. Give one; further ones are entered with “aftercare staff key”.
key-options = There are options in front of the key. Give the key alone, as it stands in the file that ends in .pub; this program writes the options itself.
key-certificate = This is a certificate. Give the public key itself.
key-encoding = This is no public key: { $why }.
key-damaged = This is no public key, or it is damaged. Copy it again, whole and on one line: ssh-ed25519 AAAA...
key-unknown = Keys of the kind “{ $kind }” are not known here. Make one with: ssh-keygen -t ed25519
key-weak = This key is too weak ({ $kind }). Make a new one with: ssh-keygen -t ed25519
key-path = The path { $path } cannot stand in authorized_keys: it has a quotation mark, a backslash, “!”, a control character or bytes that are no text. Move it to a plain path.

## PINs.
pin-ask = PIN (4 to 12 digits): 
pin-again = The same again: 
pin-differs = The two are not the same. Nothing was set.
pin-easy = Anybody would guess this PIN: its digits are all the same or follow one another. Take another one.
pin-wrong = A PIN has 4 to 12 digits and nothing else.
pin-unreadable = The PIN could not be read: { $why }
pin-and-key = Key and PIN cannot both come from standard input. Give the key as a file, or set the PIN afterwards: aftercare staff pin NAME

## Export.
export-terminal = A workbook is no text for a terminal: name a file with --output, or send it on with > FILE.
export-too-many = a sheet has room for { $most } cases; export the open ones alone with --open, or as CSV
export-failed = The cases could not be written: { $why }
