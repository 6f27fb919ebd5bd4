### What is wrong with what was given, and what lies behind a fault: parts of sentences.

## What the system will not do, as “... cannot be read: { it is a folder }”.
cause-not-found = it is not there
cause-permission = there is no right to it
cause-exists = it is there already
cause-is-folder = it is a folder
cause-no-folder = a part of its path is not a folder
cause-full = there is no room on the disk
cause-too-large = it would be too large
cause-read-only = the disk can only be read
cause-no-text = it is not text in UTF-8
encoding-utf-16 = it is written in UTF-16, not in UTF-8. Save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8 OLD > NEW
encoding-gb18030 = it is written in GB18030 (GBK), not in UTF-8. Save it as UTF-8, or convert it: iconv -f GB18030 -t UTF-8 OLD > NEW
encoding-unknown = it is not text in UTF-8. Save it as UTF-8 in the program it comes from
cause-ends-early = it ends too early
cause-nobody-reads = nobody reads it any more
cause-system = the system says “{ $said }”

## What happened to the desk's file. SQLite's own words stay for whoever mends it.
cause-busy = another program keeps it locked; try again in a moment
cause-only-read = it can only be read
cause-gone = it is not in its place any more
cause-damaged = it is damaged: { $why }
cause-malformed = its structure is broken (SQLite: { $said })
cause-no-database = its beginning is not that of a desk's file (SQLite: { $said })
cause-disk = the disk would not read or write it (SQLite: { $said })
cause-column = a value in it is not of the kind that has to be there (SQLite: { $said })
cause-schema = a table or a column it has to have is missing (SQLite: { $said })
cause-disagrees = parts of it do not agree (SQLite: { $said })
cause-sqlite = SQLite says “{ $said }”
cause-value = a value in it is none of those it can be ({ $what } “{ $text }”)
cause-loose-link = a link in { $table } leads nowhere
cause-other-log = the log beside it (-wal) is of another file
cause-other-schema = { $name } is not as this program made it

## The input of “aftercare check”. Keys, codes and values stay as they are in JSON.
check-unwritable = The results cannot be written: { $why }.
check-line = line { $line }: { $reason }
check-not-json = not JSON: { $detail } (column { $column })
check-cut-off = the input cannot be read any further: { $why }
check-not-a-case = not an object with the facts of one case; write it as { "{" }"as_of": "YYYY-MM-DD", ...{ "}" }
check-no-such-fact = key "{ $key }": there is no such fact; allowed: { $allowed }
check-twice = key "{ $key }": given twice; leave one of the two out
check-not-allowed = key "{ $key }": { $value } is not allowed; allowed: { $allowed }
check-other-kind = key "{ $key }": this kind of value is not allowed; allowed: { $allowed }
check-no-day = key "as_of": missing; give the day of the decision as YYYY-MM-DD
check-too-many-repairs = key "repairs": too many; allowed: up to { $most }
check-allowed-day = a day that exists as YYYY-MM-DD
check-allowed-days = a list of up to four such days
check-allowed-words = words
check-allowed-word-list = a list of words
check-allowed-repairs = a list of earlier repairs
check-allowed-repair = an object with what is known of one repair
check-comma = { ", " }
check-or = { " or " }
check-and = { ", " }
check-of = { $what }: { $said }
check-head = { $day }  ({ $version })

## A file of terms or of working days: what stands behind “PATH, line 7: ...”.
file-toml = this is not TOML as it has to be (TOML: { $said })
file-missing-key = { $key } is missing
file-unknown-key = there is nothing called { $key } here; allowed: { $allowed }
file-unknown-value = “{ $value }” is not allowed; allowed: { $allowed }
file-needs-number = a whole number is needed here, such as 7
file-needs-text = text in quotes is needed here, such as "7"
file-needs-yes-no = true or false is needed here
file-needs-list = a list is needed here, such as ["2027-01-01"]
file-needs-pair = the first and the last day are needed here, as ["2027-01-01", "2027-01-03"]
file-needs-table = a section with keys of its own is needed here
file-no-day = “{ $day }” is no day that exists; write YYYY-MM-DD
file-days = { $key }: { $number } is not between { $least } and { $most } days
file-no-clause = the words of clause { $clause } are missing
file-clause-words = clause { $clause } needs words in both languages (en and zh)
file-unknown-clause = there is no clause { $clause }
file-too-early = from: { $from } is before { $today }, the day these terms are brought in; terms cannot take effect earlier than that
file-no-year = “{ $year }” is no year from 1900 to 9999
file-weekends-alone = { $year } has working_weekends but no holidays; give the holidays of the year as well
file-no-weekend-day = { $day } is no Saturday or Sunday of { $year }
file-no-span = { $first } to { $last } are no first and last day in { $year }
