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
cause-ends-early = it ends too early
cause-nobody-reads = nobody reads it any more
cause-system = the system says “{ $said }”

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
